/* carrier: carries connections over its standard input and output, for a server that shares no host with the engine.
 *   carrier DOOR SOCKET...
 * The server starts it by `docker exec`. It connects to the SOCKETs, by their place in the list, when the server asks for
 * it, and listens at DOOR (`-`: nowhere) for those who come the other way. It ends with its input, and after 60 s of silence.
 *
 * PROTOCOL (little-endian, both directions). A frame is: u8 type, u24 length of payload, u32 channel, payload.
 *   1 OPEN    server: u8 which SOCKET. carrier: somebody is at the door; its channels have bit 31 set. Never used again.
 *   2 OPENED  carrier only: the SOCKET has taken the connection. Data may be sent before.
 *   3 DATA    1..32768 bytes.
 *   4 END     no more data from this side.
 *   5 CLOSE   u8 why: 0 over, 1 the SOCKET refused. Whoever sends it forgets the channel; what still comes for it is dropped.
 *   6 CREDIT  u32 bytes that went on to their reader. Of each channel 256 KiB at most are under way in each direction, so
 *             that one that nobody reads holds up none of the others.
 *   7 PING, 8 PONG  channel 0.    9 HELLO  carrier only, first: u8 version.
 * The first SOCKET's channels are served before the others': that is the terminal. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { CAP = 192, DOORS = 64, WINDOW = 262144, FRAME = 32768, HEAD = 8, OUT = 131072, TELL = WINDOW / 4, VERSION = 1 };
enum { OPEN = 1, OPENED, DATA, END, CLOSE, CREDIT, PING, PONG, HELLO };
enum { SILENCE_MS = 60000, ROUNDS = 4, W_OPEN = 1, W_OPENED = 2, W_END = 4, W_CLOSE = 8, REFUSED = 1 };

typedef struct {
    int fd; bool used, door, first, eof, ended; /* eof: of the socket; ended: of the server's data */
    uint32_t id, window, owed;                  /* window: bytes that may still go to the server; owed: credit to tell */
    uint8_t want, why, *q;                      /* q: ring of bytes that the socket has not taken, while there are any */
    size_t head, tail;
} Channel;

static Channel channels[CAP];
static uint8_t in[HEAD + FRAME], out[OUT + FRAME + 128];
static size_t inn, outn, outp;
static int listening = -1, doors, turn;
static uint32_t door_id = 1U << 31;
static bool pong_due, stalled; /* stalled: a frame waits for a free channel */

static void die(const char *what) { fprintf(stderr, "carrier: %s: %s\n", what, strerror(errno)), exit(71); }
static void bad(const char *what) { fprintf(stderr, "carrier: %s\n", what), exit(65); }
static size_t least(size_t a, size_t b) { return a < b ? a : b; }
static long now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}
static uint32_t get(const uint8_t *p, int n) { uint32_t v = 0; while (n--) v = v << 8 | p[n]; return v; }
static void put(uint32_t v, int n) { for (; n--; v >>= 8) out[outn++] = (uint8_t)v; }
static void head(int type, size_t length, uint32_t id) { put((uint32_t)type, 1), put((uint32_t)length, 3), put(id, 4); }
static struct sockaddr_un address(const char *path) {
    struct sockaddr_un a = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof a.sun_path) bad("a path is too long");
    strcpy(a.sun_path, path);
    return a;
}
static void listen_at(const char *path) { /* beside it, then in its place: the carrier of an earlier connection may still be there */
    char beside[108];
    snprintf(beside, sizeof beside, "%s.%d", path, getpid());
    struct sockaddr_un a = address(beside);
    listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    umask(0111);
    if (listening < 0 || bind(listening, (struct sockaddr *)&a, sizeof a) < 0 || listen(listening, DOORS) < 0) die(beside);
    if (rename(beside, path) < 0) die(path);
}

static Channel *free_channel(void) {
    for (Channel *c = channels; c < channels + CAP; c++) if (!c->used) return c;
    return NULL;
}
static Channel *channel_of(uint32_t id) {
    for (Channel *c = channels; c < channels + CAP; c++) if (c->used && c->id == id) return c;
    return NULL;
}
static void forget(Channel *c) {
    if (c->fd >= 0) close(c->fd);
    free(c->q), doors -= c->door, *c = (Channel){.fd = -1};
}
static void over(Channel *c, uint8_t why) { /* tells the server, then forgets it */
    if (c->fd >= 0) close(c->fd);
    free(c->q), c->q = NULL, c->head = c->tail = 0, c->fd = -1, c->why = why, c->want |= W_CLOSE;
}
static void maybe_over(Channel *c) { if (c->eof && !(c->want & W_END) && c->ended && c->fd >= 0 && !c->q) over(c, 0); }

static void drain(Channel *c) { /* to the socket, as much as it takes now */
    while (c->head < c->tail) {
        size_t at = c->head % WINDOW;
        ssize_t n = send(c->fd, c->q + at, least(c->tail - c->head, WINDOW - at), MSG_NOSIGNAL);
        if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
        if (n < 0) { over(c, 0); return; }
        c->head += (size_t)n, c->owed += (uint32_t)n;
    }
    free(c->q), c->q = NULL, c->head = c->tail = 0;
    if (c->ended) shutdown(c->fd, SHUT_WR);
    maybe_over(c);
}
static void take(Channel *c, const uint8_t *p, size_t n) { /* of the server */
    if (c->fd < 0) return;
    if (c->ended || c->tail - c->head + n > WINDOW) bad("more data than was allowed");
    ssize_t sent = c->q ? 0 : send(c->fd, p, n, MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN && errno != EINTR) { over(c, 0); return; }
    if (sent > 0) c->owed += (uint32_t)sent, p += sent, n -= (size_t)sent;
    if (!n) return;
    if (!c->q && !(c->q = malloc(WINDOW))) { over(c, 0); return; }
    size_t at = c->tail % WINDOW, k = least(n, WINDOW - at);
    memcpy(c->q + at, p, k), memcpy(c->q, p + k, n - k), c->tail += n;
}
static void open_channel(Channel *c, uint32_t id, const char *path, bool first) {
    struct sockaddr_un a = address(path);
    *c = (Channel){.used = true, .id = id, .window = WINDOW, .first = first};
    c->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (c->fd >= 0 && connect(c->fd, (struct sockaddr *)&a, sizeof a) == 0) c->want = W_OPENED;
    else over(c, REFUSED);
}
static void answer_door(void) {
    Channel *c = doors < DOORS ? free_channel() : NULL;
    int fd = c ? accept4(listening, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK) : -1;
    if (fd < 0) return;
    *c = (Channel){.used = true, .fd = fd, .door = true, .id = door_id, .window = WINDOW, .want = W_OPEN};
    door_id = 1U << 31 | (door_id + 1), doors++;
}

static bool frame(const uint8_t *p, size_t n, char **sockets, int count) { /* false: not now */
    uint32_t id = get(p + 4, 4);
    const uint8_t *body = p + HEAD;
    Channel *c = channel_of(id);
    switch (p[0]) {
    case OPEN:
        if (n != 1 || body[0] >= count || id >> 31 || c) bad("a bad OPEN");
        if (!(c = free_channel())) return false;
        open_channel(c, id, sockets[body[0]], body[0] == 0);
        break;
    case DATA: if (c) take(c, body, n); break;
    case END:
        if (!c || c->ended || c->fd < 0) break;
        c->ended = true;
        if (!c->q) drain(c);
        break;
    case CLOSE: if (c) forget(c); break;
    case CREDIT:
        if (n != 4) bad("a bad CREDIT");
        if (c && (c->window += get(body, 4)) > WINDOW) bad("too much credit");
        break;
    case PING: pong_due = true; break;
    default: bad("an unknown frame");
    }
    return true;
}
static void parse(char **sockets, int count) {
    size_t at = 0;
    for (stalled = false; inn - at >= HEAD; ) {
        size_t n = get(in + at + 1, 3);
        if (n > FRAME) bad("a frame is too long");
        if (inn - at < HEAD + n) break;
        if ((stalled = !frame(in + at, n, sockets, count))) break;
        at += HEAD + n;
    }
    memmove(in, in + at, inn -= at);
}

static bool room(void) { return outn < OUT; }
static void tell(Channel *c) { /* what is to be said of it, and its data */
    if (c->want & W_OPEN) head(OPEN, 0, c->id);
    if (c->want & W_OPENED) head(OPENED, 0, c->id);
    c->want &= (uint8_t)~(W_OPEN | W_OPENED);
    if (c->owed >= TELL) head(CREDIT, 4, c->id), put(c->owed, 4), c->owed = 0;
    if (c->fd >= 0 && !c->eof && c->window) {
        size_t most = least(FRAME, c->window);
        ssize_t n = recv(c->fd, out + outn + HEAD, most, 0);
        if (n > 0) head(DATA, (size_t)n, c->id), outn += (size_t)n, c->window -= (uint32_t)n;
        else if (n == 0) c->eof = true, c->want |= W_END;
        else if (errno != EAGAIN && errno != EINTR) over(c, 0);
    }
    if (c->want & W_END) head(END, 0, c->id), c->want ^= W_END, maybe_over(c);
    if (c->want & W_CLOSE) head(CLOSE, 1, c->id), put(c->why, 1), forget(c);
}
static void tell_all(void) {
    if (pong_due) head(PONG, 0, 0), pong_due = false;
    for (Channel *c = channels; c < channels + CAP && room(); c++) if (c->used && c->first) tell(c);
    for (int i = 0; i < CAP && room(); i++, turn = (turn + 1) % CAP)
        if (channels[turn].used && !channels[turn].first) tell(channels + turn);
}
static void flush_out(void) {
    while (outp < outn) {
        ssize_t n = write(1, out + outp, outn - outp);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0 && errno == EAGAIN) return;
        if (n < 0) exit(0); /* the server is gone */
        outp += (size_t)n;
    }
    outn = outp = 0;
}

int main(int argc, char **argv) {
    if (argc < 2 || argc > 2 + 255) return fprintf(stderr, "usage: carrier DOOR SOCKET...\n"), 64;
    signal(SIGPIPE, SIG_IGN);
    for (int i = 0; i < CAP; i++) channels[i].fd = -1;
    if (strcmp(argv[1], "-")) listen_at(argv[1]);
    if (fcntl(0, F_SETFL, O_NONBLOCK) < 0 || fcntl(1, F_SETFL, O_WRONLY | O_NONBLOCK) < 0) die("standard input");
    head(HELLO, 1, 0), put(VERSION, 1), flush_out();
    bool more = false;
    for (long heard = now_ms();;) {
        struct pollfd wait[3 + CAP];
        int place[CAP];
        nfds_t count = 3;
        bool idle = outn == 0; /* what was told has gone: only then more is read to tell */
        wait[0] = (struct pollfd){stalled || inn == sizeof in ? -1 : 0, POLLIN, 0};
        wait[1] = (struct pollfd){1, idle ? 0 : POLLOUT, 0};
        wait[2] = (struct pollfd){doors < DOORS ? listening : -1, POLLIN, 0};
        for (int i = 0; i < CAP; i++) {
            Channel *c = channels + i;
            short events = (short)((idle && !c->eof && c->window ? POLLIN : 0) | (c->q ? POLLOUT : 0));
            place[i] = c->used && c->fd >= 0 && events ? (int)count : -1;
            if (place[i] >= 0) wait[count++] = (struct pollfd){c->fd, events, 0};
        }
        if (poll(wait, count, more ? 0 : SILENCE_MS) < 0 && errno != EINTR) die("poll");
        for (int i = 0; i < CAP; i++) if (place[i] >= 0 && wait[place[i]].revents & (POLLOUT | POLLERR)) {
            if (channels[i].q) drain(channels + i);
        }
        if (wait[0].revents) {
            ssize_t n = read(0, in + inn, sizeof in - inn);
            if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) return 0;
            if (n > 0) inn += (size_t)n, heard = now_ms();
        }
        if (inn) parse(argv + 2, argc - 2);
        if (wait[2].revents) answer_door();
        if (wait[1].revents & (POLLERR | POLLHUP)) return 0;
        for (int round = 0; round < ROUNDS; round++) {
            if (outn == 0) tell_all();
            more = outn > 0, flush_out(), more = more && outn == 0;
            if (!more) break;
        }
        more = more || (stalled && free_channel());
        if (now_ms() - heard > SILENCE_MS) return 0;
    }
}
