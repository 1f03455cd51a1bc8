/* supervise: keeps every service of a list running, and reaps what others leave behind.
 *   supervise [--until-exit PID] FILE
 * FILE holds a shell command a line; `#` starts a comment line. Each is run by `sh -c "exec LINE"` in a session of its
 * own and started again when it ends: at once after a second or more of life, else after 250 ms.
 * Without --until-exit it is the world's process 1: no signal from inside reaches it, and it never ends.
 * With it, it is the container's process 1: it ends when process PID does, and at SIGTERM. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 16, RETRY_MS = 250, HEALTHY_MS = 1000 };
static struct { char *command; pid_t pid; long started, due; } services[MOST];
static int count;
static sigset_t waited, before;

static long now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}
static void start(int i) {
    services[i].started = now_ms();
    if ((services[i].pid = fork()) != 0) {
        if (services[i].pid < 0) services[i].pid = 0, services[i].due = now_ms() + RETRY_MS;
        return;
    }
    sigprocmask(SIG_SETMASK, &before, NULL), setsid();
    execl("/bin/sh", "sh", "-c", services[i].command, (char *)NULL);
    _exit(127);
}
static void ended(pid_t pid) {
    for (int i = 0; i < count; i++) {
        if (services[i].pid != pid) continue;
        services[i].pid = 0;
        services[i].due = now_ms() - services[i].started >= HEALTHY_MS ? 0 : now_ms() + RETRY_MS;
    }
}
static void read_list(const char *path) {
    FILE *file = fopen(path, "re");
    char line[4096];
    if (!file) perror(path), exit(66);
    while (fgets(line, sizeof line, file) && count < MOST) {
        line[strcspn(line, "\n")] = 0;
        if (!*line || *line == '#') continue;
        if (asprintf(&services[count++].command, "exec %s", line) < 0) exit(71);
    }
    fclose(file);
}

int main(int argc, char **argv) {
    pid_t until = argc == 4 && !strcmp(argv[1], "--until-exit") ? atoi(argv[2]) : 0;
    if (argc != 2 && !until) return fprintf(stderr, "usage: supervise [--until-exit PID] FILE\n"), 64;
    sigemptyset(&waited), sigaddset(&waited, SIGCHLD);
    if (until) sigaddset(&waited, SIGTERM), sigaddset(&waited, SIGINT);
    sigprocmask(SIG_BLOCK, &waited, &before);
    read_list(argv[argc - 1]);
    for (int died = 0;;) {
        long now = now_ms(), next = 3600000;
        for (int i = 0; i < count; i++) {
            if (!services[i].pid && services[i].due <= now) start(i);
            if (!services[i].pid && services[i].due - now < next) next = services[i].due - now > 0 ? services[i].due - now : 1;
        }
        for (pid_t pid; (pid = waitpid(-1, NULL, WNOHANG)) > 0; died = 1) {
            if (pid == until) return 0;
            ended(pid);
        }
        if (died) { died = 0; continue; }
        struct timespec t = {next / 1000, next % 1000 * 1000000};
        int signal = sigtimedwait(&waited, NULL, &t);
        if (until && (signal == SIGTERM || signal == SIGINT)) return 0;
    }
}
