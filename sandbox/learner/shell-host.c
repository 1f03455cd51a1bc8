/* shell-host: opens the learner's terminal, runs a login shell on it, and hands its master side to the holder.
 *   shell-host [--once] --channel-fd N
 * It runs as the learner, so it may be killed at any time: `supervise` starts it again with a new terminal and shell.
 * The channel (a SOCK_SEQPACKET pair; the other end is the holder's, see holder.c):
 *   to the holder: one byte 'M' with the master as SCM_RIGHTS.
 *   from it:       'S' send the present master (a new holder asks), 'R' that master is of no use: make a new one, 'N' with
 *                  a channel: a further terminal, which gets a process of its own.
 * A further terminal (--once) ends with its shell, or when its channel closes.
 * A shell that ends is followed by a new one on a new terminal; one that lives less than a second, three times
 * running, by one that reads no start-up files: a broken ~/.profile must not cost the learner their terminal. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum { SHORT_LIFE_MS = 1000, SHORT_LIVES = 3 };
static int channel, master = -1;
static pid_t shell;

static void die(const char *what) { perror(what), exit(71); }
static long now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}
static void send_master(void) {
    char byte = 'M';
    union { char bytes[CMSG_SPACE(sizeof(int))]; struct cmsghdr align; } control = {{0}};
    struct iovec data = {&byte, 1};
    struct msghdr message = {.msg_iov = &data, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = CMSG_LEN(sizeof(int))};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET, header->cmsg_type = SCM_RIGHTS, header->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(header), &master, sizeof(int));
    while (sendmsg(channel, &message, MSG_NOSIGNAL) < 0)
        if (errno != EINTR) die("channel");
}
static void run_shell(int slave, bool plain) {
    static char *const env[] = {
        "HOME=/root", "USER=root", "LOGNAME=root", "SHELL=/bin/bash", "TERM=xterm-256color", "COLORTERM=truecolor",
        "LANG=C.UTF-8", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", NULL};
    sigset_t none;
    for (int s = 1; s < 32; s++) signal(s, SIG_DFL);
    sigemptyset(&none), sigprocmask(SIG_SETMASK, &none, NULL), umask(022);
    if (setsid() < 0 || ioctl(slave, TIOCSCTTY, 0) < 0) die("controlling terminal");
    dup2(slave, 0), dup2(slave, 1), dup2(slave, 2);
    for (int fd = 3; fd < 64; fd++) close(fd);
    if (chdir("/root") < 0 && chdir("/") < 0) die("chdir");
    if (plain) execle("/bin/bash", "bash", "--norc", (char *)NULL, env);
    else execle("/bin/bash", "-bash", (char *)NULL, env);
    die("/bin/bash");
}
static void open_terminal(bool plain) {
    struct winsize size = {24, 80, 0, 0};
    struct termios modes;
    int unlock = 0;
    if (master >= 0) close(master);
    if ((master = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)) < 0) die("pty");
    if (ioctl(master, TIOCSPTLCK, &unlock) < 0) die("pty");
    int slave = ioctl(master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (slave < 0) die("pty peer");
    if (tcgetattr(slave, &modes) == 0) modes.c_iflag |= IUTF8, tcsetattr(slave, TCSANOW, &modes);
    ioctl(master, TIOCSWINSZ, &size);
    send_master(); /* before the shell starts: the holder sets the true size first, the prompt then fits */
    if ((shell = fork()) < 0) die("fork");
    if (shell == 0) run_shell(slave, plain);
    close(slave);
}

static ssize_t receive(char *byte, int *fd) { /* the next message, and the descriptor that came with it or -1 */
    union { char bytes[CMSG_SPACE(sizeof(int))]; struct cmsghdr align; } control;
    struct iovec data = {byte, 1};
    struct msghdr message = {.msg_iov = &data, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
    ssize_t got = recvmsg(channel, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    struct cmsghdr *header = got > 0 ? CMSG_FIRSTHDR(&message) : NULL;
    *fd = -1;
    if (header && header->cmsg_type == SCM_RIGHTS) memcpy(fd, CMSG_DATA(header), sizeof *fd);
    return got;
}

int main(int argc, char **argv) {
    int short_lives = 0;
    sigset_t child;
    bool once = argc == 4 && !strcmp(argv[1], "--once");
    if (argc != 3 + once || strcmp(argv[1 + once], "--channel-fd"))
        return fprintf(stderr, "usage: shell-host [--once] --channel-fd N\n"), 64;
    channel = atoi(argv[2 + once]);
    sigemptyset(&child), sigaddset(&child, SIGCHLD), sigprocmask(SIG_BLOCK, &child, NULL);
    struct pollfd wait[2] = {{signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK), POLLIN, 0}, {channel, POLLIN, 0}};
    if (wait[0].fd < 0 || fcntl(channel, F_SETFD, FD_CLOEXEC) < 0) die("signalfd");
    for (;;) {
        long started = now_ms();
        open_terminal(short_lives >= SHORT_LIVES);
        for (bool alive = true; alive;) {
            struct signalfd_siginfo info;
            char byte = 0;
            int further;
            ssize_t got;
            if (poll(wait, 2, -1) < 0 && errno != EINTR) die("poll");
            while (read(wait[0].fd, &info, sizeof info) > 0) continue;
            for (pid_t pid; (pid = waitpid(-1, NULL, WNOHANG)) > 0;) alive = alive && pid != shell;
            while ((got = receive(&byte, &further)) == 1) {
                if (byte == 'S' && alive) send_master();
                if (byte == 'R') kill(shell, SIGHUP), alive = false;
                if (byte == 'N' && further >= 0 && !once && fork() == 0) {
                    char number[12];
                    snprintf(number, sizeof number, "%d", further), fcntl(further, F_SETFD, 0);
                    execl(argv[0], "shell-host", "--once", "--channel-fd", number, (char *)NULL);
                    _exit(127);
                }
                if (further >= 0) close(further);
            }
            if (once && got == 0) kill(shell, SIGHUP), alive = false;
        }
        if (once) return 0;
        short_lives = now_ms() - started < SHORT_LIFE_MS ? short_lives + 1 : 0;
        if (short_lives) poll(NULL, 0, short_lives > SHORT_LIVES ? SHORT_LIFE_MS : 100);
    }
}
