/* entry: the container's first program. It opens the sockets the server talks to, starts the learner's world in
 * namespaces of its own, and becomes the relay side.
 *
 * The container's root runs this file only, for some 10 ms, holding CAP_SETUID and CAP_SETGID and nothing else.
 * With B = SANDBOX_UID_BASE:
 *   0. SANDBOX_HUB_CA, if it is given, becomes /hub/ca/slipway.crt: where no folder of the host's is mounted at /hub.
 *   1. /relay/{engine,shell,registry,files,hub-registry}.sock are made: owner root, group SANDBOX_SOCKET_GID, mode 0660,
 *      by effective group and umask, for there is no CAP_CHOWN and no CAP_DAC_OVERRIDE.
 *   2. A child becomes B with those two capabilities, unshares user, mount, network, process, host name and IPC
 *      namespaces, and gets the map 0 -> B, 1..65536 -> B+1..B+65536. No setuid file, no /etc/subuid.
 *   3. In them world.sh starts as process 1, which nothing inside can kill. It keeps fd 3: its end of the channel over
 *      which the learner's terminal goes to the holder.
 *   4. What is left becomes B+65537, group B, without capabilities, and runs relay.services under `supervise`, until
 *      the world ends. Its fds: 3 to 7 the sockets in this order, listening, 8 the channel's other end.
 * /run/pid holds the world's process number, for `box`. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define LIB "/usr/local/lib/slipway/"
#define PATH_ENV "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
enum { SUB_IDS = 65536, CAP_SETGID = 6, CAP_SETUID = 7, CAPABILITY_VERSION_3 = 0x20080522 };
enum { MOST_UID = 2147483647 }; /* `docker exec -u` takes no more */

static void die(const char *what) {
    fprintf(stderr, "entry: %s: %s\n", what, strerror(errno));
    exit(71);
}
static unsigned long number(const char *name, const char *otherwise, unsigned long least, unsigned long most) {
    const char *text = getenv(name) ? getenv(name) : otherwise;
    char *rest;
    unsigned long value = text ? strtoul(text, &rest, 10) : 0;
    if (!text || *text < '0' || *text > '9' || *rest || value < least || value > most) {
        fprintf(stderr, "entry: %s must be a number from %lu to %lu\n", name, least, most);
        exit(64);
    }
    return value;
}

static int listener(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    strcpy(address.sun_path, path);
    if (fd < 0 || (unlink(path) < 0 && errno != ENOENT)) die(path);
    if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0 || listen(fd, 128) < 0) die(path);
    return fd;
}

static void write_hub_ca(const char *ca) {
    if (!ca) return;
    if (mkdir("/hub/ca", 0755) < 0 && errno != EEXIST) die("/hub/ca");
    int fd = open("/hub/ca/slipway.crt", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (fd < 0 || write(fd, ca, strlen(ca)) != (ssize_t)strlen(ca) || close(fd) < 0) die("/hub/ca/slipway.crt");
}

static void keep_only(int *fds, int count) { /* they become 3, 4, …; everything above is closed */
    for (int i = 0; i < count; i++)
        if ((fds[i] = fcntl(fds[i], F_DUPFD, 64)) < 0) die("fcntl");
    for (int i = 0; i < count; i++)
        if (dup2(fds[i], 3 + i) < 0) die("dup2");
    if (syscall(SYS_close_range, 3 + count, ~0U, 0) == 0) return;
    for (int fd = 3 + count; fd < 256; fd++) close(fd); /* a kernel before 5.9 */
}

static void write_map(pid_t pid, const char *file, unsigned long base) {
    char path[64], map[96];
    snprintf(path, sizeof path, "/proc/%d/%s", pid, file);
    int length = snprintf(map, sizeof map, "0 %lu 1\n1 %lu %d\n", base, base + 1, SUB_IDS);
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0 || write(fd, map, (size_t)length) != length) die(path);
    close(fd);
}
static void become_learner(unsigned long base) { /* keeps the two capabilities the id maps ask for */
    uint32_t header[2] = {CAPABILITY_VERSION_3, 0}, two = 1U << CAP_SETUID | 1U << CAP_SETGID;
    uint32_t data[2][3] = {{two, two, 0}, {0, 0, 0}}; /* effective, permitted, inheritable; see capset(2) */
    gid_t gid = (gid_t)base;
    uid_t uid = (uid_t)base;
    if (prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) < 0 || setgroups(0, NULL) < 0) die("setgroups");
    if (setresgid(gid, gid, gid) < 0 || setresuid(uid, uid, uid) < 0) die("setuid");
    if (syscall(SYS_capset, &header, data) < 0) die("capset");
    if (prctl(PR_SET_DUMPABLE, 1, 0, 0, 0) < 0) die("dumpable"); /* else /proc/PID/uid_map belongs to root */
}

static void run_world(int channel) {
    const char *nonce = getenv("SANDBOX_NONCE");
    char nonce_env[128];
    snprintf(nonce_env, sizeof nonce_env, "SANDBOX_NONCE=%s", nonce ? nonce : "");
    if (mount(NULL, "/", NULL, MS_REC | MS_SLAVE, NULL) < 0) die("mount propagation");
    if (mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) < 0) die("mount /proc");
    if (setsid() < 0) die("setsid");
    keep_only(&channel, 1);
    char *env[] = {PATH_ENV, "HOME=/root", "LANG=C.UTF-8", nonce_env, NULL};
    execle(LIB "world.sh", "world.sh", (char *)NULL, env);
    die(LIB "world.sh");
}
static void start_world(unsigned long base, int channel, int report) {
    int unshared[2], status;
    char byte = 0;
    become_learner(base);
    pid_t self = getpid(), mapper, world;
    if (pipe2(unshared, O_CLOEXEC) < 0 || (mapper = fork()) < 0) die("fork");
    if (mapper == 0) { /* stays outside: a map is written from the parent namespace */
        if (read(unshared[0], &byte, 1) != 1) _exit(1);
        write_map(self, "gid_map", base), write_map(self, "uid_map", base);
        _exit(0);
    }
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWPID | CLONE_NEWUTS | CLONE_NEWIPC) < 0) die("unshare");
    if (write(unshared[1], &byte, 1) != 1 || waitpid(mapper, &status, 0) < 0 || status) die("id map");
    if (setresgid(0, 0, 0) < 0 || setresuid(0, 0, 0) < 0 || setgroups(0, NULL) < 0) die("root inside");
    if ((world = fork()) < 0) die("fork");
    if (world == 0) run_world(channel);
    if (write(report, &world, sizeof world) != sizeof world) die("report");
    _exit(0);
}

int main(void) {
    unsigned long base = number("SANDBOX_UID_BASE", NULL, 65536, MOST_UID - SUB_IDS - 1);
    unsigned long socket_gid = number("SANDBOX_SOCKET_GID", "0", 0, 4294967294UL);
    int fds[6], channel[2], report[2], status;
    pid_t starter, world = 0;

    umask(0117);
    if (setegid((gid_t)socket_gid) < 0) die("setegid");
    fds[0] = listener("/relay/engine.sock"), fds[1] = listener("/relay/shell.sock"), fds[2] = listener("/relay/registry.sock");
    fds[3] = listener("/relay/files.sock"), fds[4] = listener("/relay/hub-registry.sock");
    if (setegid(0) < 0) die("setegid");
    umask(022);
    write_hub_ca(getenv("SANDBOX_HUB_CA"));

    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, channel) < 0 || pipe2(report, O_CLOEXEC) < 0) die("channel");
    if ((starter = fork()) < 0) die("fork");
    if (starter == 0) start_world(base, channel[1], report[1]);
    close(report[1]), fds[5] = channel[0];
    ssize_t got = read(report[0], &world, sizeof world);
    if (waitpid(starter, &status, 0) < 0 || status || got != sizeof world) {
        fprintf(stderr, "entry: the learner's world did not start\n");
        return 71;
    }
    char pid[16];
    FILE *file = fopen("/run/pid", "we");
    snprintf(pid, sizeof pid, "%d", world);
    if (!file || fprintf(file, "%s\n", pid) < 0 || fclose(file) != 0) die("/run/pid");

    gid_t gid = (gid_t)base;
    uid_t uid = (uid_t)(base + SUB_IDS + 1);
    if (setgroups(0, NULL) < 0 || setresgid(gid, gid, gid) < 0 || setresuid(uid, uid, uid) < 0) die("setuid");
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) die("no new privileges");
    if (chdir("/") < 0) die("/");
    keep_only(fds, 6);
    char *env[] = {PATH_ENV, NULL};
    execle(LIB "supervise", "supervise", "--until-exit", pid, LIB "relay.services", (char *)NULL, env);
    die(LIB "supervise");
}
