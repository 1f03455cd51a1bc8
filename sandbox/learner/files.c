/* files: reads, writes and removes files of the learner's computer for the server, as the learner's root.
 *   files SOCKET
 * It serves behind a relay, one request a connection; whatever goes wrong costs that connection only. Little-endian:
 *   request  u32 length of what follows, u8 verb, u16 length of the path, path, content
 *     R  answers the first MiB of a regular file
 *     W  replaces the file by the content, 1 MiB at most, in one move; makes its folders; keeps the mode of an old one
 *     D  removes a file, or a folder with all that is in it; what is not there is removed already
 *   answer   u32 length of what follows, u8 state (O done, N nothing there, E refused), then bytes read or the reason
 * A path is absolute. A FIFO or device in place of a file is refused, not waited for. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { MOST_CONTENT = 1 << 20, MOST_PATH = 1024, HEAD = 3, SECONDS = 5 };
static char request[HEAD + MOST_PATH + MOST_CONTENT], answer[4 + 1 + MOST_CONTENT];
static int peer;

static void get(void *to, size_t length) {
    for (size_t have = 0; have < length;) {
        ssize_t got = read(peer, (char *)to + have, length - have);
        if (got <= 0) _exit(1);
        have += (size_t)got;
    }
}
static void reply(char state, size_t length) { /* the bytes are at answer + 5 */
    uint32_t follow = (uint32_t)length + 1;
    memcpy(answer, &follow, 4), answer[4] = state;
    for (size_t sent = 0; sent < 4 + follow;) {
        ssize_t went = write(peer, answer + sent, 4 + follow - sent);
        if (went <= 0) _exit(1);
        sent += (size_t)went;
    }
    _exit(0);
}
static void refuse(const char *reason) { reply('E', (size_t)snprintf(answer + 5, 200, "%s", reason)); }
static void failed(void) {
    if (errno == ENOENT || errno == ENOTDIR) reply('N', 0);
    refuse(strerror(errno));
}

static void read_file(const char *path) {
    struct stat about;
    size_t have = 0;
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &about) < 0) failed();
    if (!S_ISREG(about.st_mode)) refuse("not a regular file");
    for (ssize_t got = 1; got > 0 && have < MOST_CONTENT; have += (size_t)got)
        if ((got = read(fd, answer + 5 + have, MOST_CONTENT - have)) < 0) failed();
    reply('O', have);
}
static void make_folders(char *path) {
    for (char *slash = path + 1; (slash = strchr(slash, '/')); *slash++ = '/') {
        *slash = 0;
        if (mkdir(path, 0755) < 0 && errno != EEXIST) failed();
    }
}
static void write_file(char *path, const char *content, size_t length) {
    struct stat old;
    char beside[MOST_PATH + 16];
    mode_t mode = 0644;
    make_folders(path);
    if (stat(path, &old) == 0) {
        if (!S_ISREG(old.st_mode)) refuse("not a regular file");
        mode = old.st_mode & 0777;
    }
    snprintf(beside, sizeof beside, "%s.XXXXXX", path);
    int fd = mkostemp(beside, O_CLOEXEC);
    if (fd < 0) failed();
    errno = ENOSPC; /* what a short write means */
    int whole = write(fd, content, length) == (ssize_t)length && fchmod(fd, mode) == 0 && close(fd) == 0;
    if (whole && rename(beside, path) == 0) reply('O', 0);
    int why = errno;
    unlink(beside), errno = why;
    failed();
}
static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *place) {
    (void)about, (void)kind, (void)place;
    return remove(path);
}
static void remove_path(const char *path) {
    if (nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT) == 0) reply('O', 0);
    failed();
}

static void serve(void) {
    uint32_t length;
    uint16_t path_length;
    char path[MOST_PATH + 1];
    alarm(SECONDS);
    get(&length, 4);
    if (length < HEAD || length > sizeof request) refuse("too long");
    get(request, length);
    memcpy(&path_length, request + 1, 2);
    if (path_length > MOST_PATH || (uint32_t)(HEAD + path_length) > length) refuse("a path that is too long");
    memcpy(path, request + HEAD, path_length), path[path_length] = 0;
    if (*path != '/' || strlen(path) != path_length) refuse("not an absolute path");
    if (*request == 'R') read_file(path);
    if (*request == 'W') write_file(path, request + HEAD + path_length, length - HEAD - path_length);
    if (*request == 'D') remove_path(path);
    refuse("no such verb");
}

int main(int argc, char **argv) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (argc != 2 || strlen(argv[1]) >= sizeof address.sun_path) return fprintf(stderr, "usage: files SOCKET\n"), 64;
    strcpy(address.sun_path, argv[1]);
    int listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    signal(SIGCHLD, SIG_IGN); /* nobody waits for them */
    unlink(argv[1]), umask(0111); /* the relay is another id */
    if (listening < 0 || bind(listening, (struct sockaddr *)&address, sizeof address) < 0 || listen(listening, 16) < 0)
        return perror(argv[1]), 71;
    umask(022);
    for (;;) {
        if ((peer = accept4(listening, NULL, NULL, SOCK_CLOEXEC)) < 0) {
            if (errno != EINTR && errno != ECONNABORTED) usleep(100000);
            continue;
        }
        if (fork() == 0) serve();
        close(peer);
    }
}
