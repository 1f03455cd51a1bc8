/* on-demand: listens for a service that starts with its first connection, and passes connections on to it.
 *   on-demand SOCKET TARGET PROGRAM ARGS...
 * SOCKET is where it listens, TARGET where PROGRAM will. A PROGRAM that ended is started again by the next connection, and
 * none outlives this process. A connection waits up to 5 s for it, then ends. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TRIES = 1000, RETRY_US = 5000 };
static pid_t service;

static void noticed(int signal) { (void)signal; } /* interrupts accept */
static void reap(void) {
    for (pid_t pid; (pid = waitpid(-1, NULL, WNOHANG)) > 0;)
        if (pid == service) service = 0;
}
static struct sockaddr_un address(const char *path) {
    struct sockaddr_un result = {.sun_family = AF_UNIX};
    snprintf(result.sun_path, sizeof result.sun_path, "%s", path);
    return result;
}

/* Moves what one side has to say; answers whether it may say more. */
static int pass_on(int from, int to) {
    char bytes[65536];
    ssize_t got = read(from, bytes, sizeof bytes);
    for (ssize_t sent = 0, went; sent < got; sent += went)
        if ((went = write(to, bytes + sent, (size_t)(got - sent))) <= 0) _exit(1);
    if (got > 0) return 1;
    shutdown(to, SHUT_WR);
    return 0;
}
static void connect_through(int client, const char *target) {
    struct sockaddr_un at = address(target);
    int server = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    for (int tries = 0; connect(server, (struct sockaddr *)&at, sizeof at) < 0; usleep(RETRY_US))
        if (++tries > TRIES) _exit(1);
    struct pollfd ends[2] = {{client, POLLIN, 0}, {server, POLLIN, 0}};
    while (ends[0].fd >= 0 || ends[1].fd >= 0) {
        if (poll(ends, 2, -1) < 0) _exit(1);
        if (ends[0].revents && !pass_on(client, server)) ends[0].fd = -1;
        if (ends[1].revents && !pass_on(server, client)) ends[1].fd = -1;
    }
    _exit(0);
}
static void start(char **program) {
    if (service || (service = fork())) return;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    execvp(program[0], program);
    perror(program[0]), _exit(127);
}

int main(int argc, char **argv) {
    if (argc < 4) return fprintf(stderr, "usage: on-demand SOCKET TARGET PROGRAM ARGS...\n"), 64;
    struct sockaddr_un at = address(argv[1]);
    struct sigaction child = {.sa_handler = noticed};
    int listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sigaction(SIGCHLD, &child, NULL), signal(SIGPIPE, SIG_IGN);
    unlink(argv[1]), umask(0111); /* the relay is another id */
    if (listening < 0 || bind(listening, (struct sockaddr *)&at, sizeof at) < 0 || listen(listening, 64) < 0)
        return perror(argv[1]), 71;
    umask(022);
    for (;;) {
        int client = accept4(listening, NULL, NULL, SOCK_CLOEXEC);
        reap();
        if (client < 0) {
            if (errno != EINTR && errno != ECONNABORTED) usleep(100000);
            continue;
        }
        start(argv + 3);
        if (fork() == 0) connect_through(client, argv[2]);
        close(client);
    }
}
