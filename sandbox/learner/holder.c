/* holder: keeps the output of the learner's terminal, so that whoever shows it may die and come back.
 *   holder --listen-fd N --channel-fd N [--ring BYTES=4194304] [--cols N=80 --rows N=24] [--grace MS=0]
 *
 * It runs on the side of the sandbox that the learner cannot reach. It opens nothing: clients come in over an inherited
 * listening socket, terminals over an inherited channel. It starts nothing but itself: the first client of one of the
 * sandbox's further terminals makes it start a holder of that terminal's own, with --number N and, as --listen-fd, a
 * SOCK_SEQPACKET over which it hands such clients on.
 * Every byte that the learner's terminals print has an absolute number, from 0. The last BYTES of them are in the ring.
 *
 * PROTOCOL (Unix stream socket, little-endian). A frame is: u32 length of payload, u8 type, payload.
 *  client -> holder
 *   1 HELLO   u8 version=2, u8 role (0 owner, 1 watcher), u64 from (2^64-1: live). First, once, within 5 s. Version 3 has
 *             one more: u8 terminal, 0 (the one of version 2) to 7. Nothing else before WELCOME.
 *   2 INPUT   1..1048576 bytes; owners only.
 *   3 RESIZE  u16 cols, u16 rows; owners only. A 0 in either: ignored. Above 2000: 2000.
 *   4 CLOSE   u8 0; owners of terminals from 1 on: hangs up what runs on it.
 *  holder -> client
 *   129 WELCOME u64 oldest, u64 next, u64 start, u16 cols, u16 rows, u64 id. Bytes missed = start - from. `id` is
 *               this holder's start in ns: byte numbers kept from another id mean nothing (from > next: start = next).
 *   130 OUTPUT  u64 offset, 1..32768 bytes.  131 RESIZED u64 at, u16 cols, u16 rows (the size holds from byte `at` on).
 *   132 GAP     u64 missed (watchers; the next OUTPUT is at the oldest byte).
 *   133 ENDED  nothing; the last: the shell of a terminal from 1 on has ended, and so does its holder.
 *   134 TAKEN   u64 total INPUT bytes of this client written to the terminal or flushed; sent at every 256 KiB.
 *  A malformed, oversized or forbidden frame closes that client only; so does the end of its input (half-close).
 *  Terminal 0 has no end: when a shell ends, another comes, and the byte numbers go on. Its holder ends at SIGTERM, and
 *  with it the others do.
 *
 * CHANNEL (SOCK_SEQPACKET pair; the other end is shell-host, which is the learner's and may send anything)
 *   to us:   one message with one master side of a pty as SCM_RIGHTS; what the bytes are does not matter.
 *   from us: 'S' send me the present master (at our start), 'R' the master is of no use, make a new one, 'N' with the other
 *            end of the channel of a terminal from 1 on: run a shell for that one too. When either end of such a
 *            channel closes, that terminal has ended.
 *  A descriptor is taken only if it is a pty's master (device 5:2, TIOCGPTN) whose slave opens (TIOCGPTPEER). The present
 *  master sent again is dropped. A new one: what is still in the old one is read first (128 KiB at most), the old one is
 *  closed, which hangs up what ran on it, a line that says so goes into the ring, and the size is set on the new one. At most
 *  one in 50 ms is taken, and none while owners hold the terminal back: the line never overruns an owner's place.
 *  O_NONBLOCK belongs to the open file, which the learner shares and may change at any moment: it is set again before
 *  each read and write, and an interval timer interrupts one that sleeps all the same; that master is then dropped ('R').
 *
 * DECISIONS
 *  Slow readers: while owners are attached the terminal is not read when the slowest is > 128 KiB behind: the program
 *   stops in write(2), and of an endless one little is left to read after a Ctrl-C. Watchers never count. No owner:
 *   always read; or (--grace) for MS from the start and after the last owner left still held back at ring/2 past what
 *   was sent to it: a server back within MS loses nothing.
 *  Heavy output: a read of < 1 KiB (an echo) is sent on at once. After 4 KiB the terminal gets 20 us to print more, for it
 *   holds only some KiB and each waking of a reader costs more than reading them; 64 KiB at most are sent on together.
 *   Owners are sent to first; a watcher < 256 KiB behind waits while output is heavy, 1 ms longer at most.
 *  Input the terminal does not take waits in 1 MiB per owner; one owner's queue goes out whole before the next one's. A
 *   full queue stops reading that socket: nothing is lost, but its Ctrl-C waits too; clients with bigger pastes keep
 *   < 1 MiB un-TAKEN and throw away their own rest at Ctrl-C. A leaving owner's queue is dropped, and so are all queues
 *   when a new terminal replaces one: what was typed for the old shell is not run by the new one.
 *  Ctrl-C: under ISIG without NOFLSH, an INTR, QUIT or SUSP byte that comes while input is unread first throws away all
 *   queues and the kernel's unread input (as the kernel would on reaching that byte), so it acts at once. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/time.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum { CAP = 64, READ = 65536, QMAX = 1 << 20, FRAME = 32768, TURN = 262144, BEHIND = 131072, WATCHER_BEHIND = 262144 };
enum { ECHO_MOST = 1024, HEAVY = 4096, NAP_NS = 20000 };
enum { HELLO_MS = 5000, CHANNEL_MS = 50, ASLEEP_MS = 100, LAST_WORDS = 131072, TELL = 262144, VERSION = 2, NUMBERED = 3 };
enum { TERMINALS = 8, END_MS = 2000, LISTENER = CAP, MASTER, CHANNEL, FURTHER };
enum { HELLO = 1, INPUT, RESIZE, CLOSE, WELCOME = 129, OUTPUT, RESIZED, GAP, ENDED, TAKEN, W_WELCOME = 1, W_RESIZED = 2 };
/* Leaves the other screen, mouse modes and attributes that a killed program left behind; moves no cursor. */
static const char NEW_SHELL[] = "\x1b[?1047l\x1b[?1000;1002;1003;1006;2004l\x1b[!p\x1b[m\r\n\x1b[2m[the shell ended; here is a new one]\x1b[m\r\n";

typedef struct {
    int fd; bool hello, owner, blocked, mute, told_end; /* blocked: wait for EPOLLOUT; mute: peer reads no more */
    uint32_t events, inn, need;            /* epoll interest; frame being read: bytes in in[], payload to come */
    uint32_t outn, outp, body, spillp;     /* frame being sent: out[outp..outn], then body bytes of output */
    uint8_t in[16], out[48], *spill;       /* spill: the body's rest, saved before the ring overwrote it */
    uint64_t pos, qh, qt, taken, told, size_at; int64_t since;
    uint8_t want, *q;                      /* q: 1 MiB ring of input not yet written, mapped while in use */
} Client;

static Client clients[CAP];
static uint8_t *ring, rbuf[READ];
static size_t ring_size;
static uint64_t next_byte, id, ghost_pos;  /* ghost: where the last owner was when it left */
static int64_t ghost_until = -1, grace, accept_pause, channel_pause, ended_at;
static int ep, lfd, channel, master = -1, slave = -1, pty_number, count, queued, turn;
static int mine, further[TERMINALS]; /* which terminal is ours; the others' holders, -1: not running */
static char **arguments;
static uint32_t master_events;
static bool had_master, lost; /* lost: the present master is of no use */
static volatile sig_atomic_t stop;
static struct winsize ws;

static void die(const char *what) { perror(what); exit(71); }
static size_t least(size_t a, size_t b) { return a < b ? a : b; }
static uint64_t oldest(void) { return next_byte > ring_size ? next_byte - ring_size : 0; }
static int64_t clock_ns(clockid_t k) { struct timespec t; clock_gettime(k, &t); return t.tv_sec * 1000000000LL + t.tv_nsec; }
static int64_t now_ms(void) { return clock_ns(CLOCK_MONOTONIC) / 1000000; }
static uint64_t get(const uint8_t *p, int n) { uint64_t v = 0; while (n--) v = v << 8 | p[n]; return v; }
static void put(Client *c, uint64_t v, int n) { for (; n--; v >>= 8) c->out[c->outn++] = (uint8_t)v; }
static void head(Client *c, uint32_t len, int type) { c->outn = c->outp = 0, put(c, len, 4), put(c, (uint64_t)type, 1); }
static void watch(int fd, uint32_t events, uint32_t tag, int op) {
    struct epoll_event e = {.events = events, .data = {.u32 = tag}};
    if (epoll_ctl(ep, op, fd, &e) < 0) perror("epoll_ctl");
}

static void unqueue(Client *c) { /* empty this owner's input queue */
    if (!c->q || munmap(c->q, QMAX) < 0) return;
    c->taken += c->qt - c->qh, c->q = NULL, c->qh = c->qt = 0, queued--;
}
static void drop(Client *c) {
    if (c->fd < 0) return;
    close(c->fd), unqueue(c), free(c->spill), c->fd = -1, count--;
    if (!c->owner) return;
    for (int i = 0; i < CAP; i++) if (clients[i].fd >= 0 && clients[i].owner) return;
    ghost_pos = c->pos, ghost_until = now_ms() + grace;
}
static bool may_read(void) {
    uint64_t slowest = UINT64_MAX;
    for (int i = 0; i < CAP; i++)
        if (clients[i].fd >= 0 && clients[i].owner && clients[i].pos < slowest) slowest = clients[i].pos;
    if (slowest == UINT64_MAX && (!grace || now_ms() >= ghost_until)) return true;
    if (slowest == UINT64_MAX) return next_byte - ghost_pos <= ring_size / 2;
    return next_byte - slowest <= least(BEHIND, ring_size / 2);
}

static void spill(size_t max) { /* `max` bytes of the ring are about to be overwritten */
    for (Client *c = clients; c < clients + CAP; c++) {
        if (c->fd < 0 || !c->body || c->spill || c->pos + ring_size >= next_byte + max) continue;
        if (!(c->spill = malloc(c->body))) { drop(c); continue; }
        size_t from = c->pos % ring_size, k = least(c->body, ring_size - from);
        memcpy(c->spill, ring + from, k), memcpy(c->spill + k, ring, c->body - k), c->spillp = 0;
    }
}
static void judge(ssize_t n) { /* EAGAIN is well; EINTR is a call that slept, anything else a terminal hung up */
    if (n == 0 || (n < 0 && errno != EAGAIN)) lost = true;
}
static ssize_t fill(void) { /* one read from the terminal into the ring */
    size_t at = next_byte % ring_size, max = least(least(ring_size - at, READ), ring_size / 4);
    spill(max), fcntl(master, F_SETFL, O_RDWR | O_NONBLOCK);
    ssize_t n = read(master, ring + at, max);
    judge(n);
    next_byte += n > 0 ? (uint64_t)n : 0;
    return n;
}
static bool take(void) { /* what the terminal prints, up to 64 KiB; true: it printed much */
    size_t got = 0;
    for (bool napped = false; got < READ && !lost && may_read();) {
        ssize_t n = fill();
        if (n > 0) got += (size_t)n, napped = false;
        if (got < HEAVY && n < ECHO_MOST) break;
        if (n > 0) continue;
        if (napped) break;
        nanosleep(&(struct timespec){0, NAP_NS}, NULL), napped = true;
    }
    return got >= HEAVY;
}
static void say(const char *text, size_t n) { /* into the ring, as if the terminal had printed it */
    for (spill(n); n--; next_byte++) ring[next_byte % ring_size] = (uint8_t)*text++;
}
static bool next_frame(Client *c) {
    uint64_t old = oldest();
    if (c->want & W_WELCOME) {
        c->want = 0, c->pos = c->pos > next_byte ? next_byte : c->pos < old ? old : c->pos;
        head(c, 36, WELCOME), put(c, old, 8), put(c, next_byte, 8), put(c, c->pos, 8);
        put(c, ws.ws_col, 2), put(c, ws.ws_row, 2), put(c, id, 8);
    } else if (c->want & W_RESIZED) {
        c->want ^= W_RESIZED, head(c, 12, RESIZED), put(c, c->size_at, 8), put(c, ws.ws_col, 2), put(c, ws.ws_row, 2);
    } else if (c->taken - c->told >= TELL) {
        head(c, 8, TAKEN), put(c, c->told = c->taken, 8);
    } else if (c->pos < old) {
        head(c, 8, GAP), put(c, old - c->pos, 8), c->pos = old;
    } else if (c->pos < next_byte) {
        c->body = (uint32_t)least(next_byte - c->pos, FRAME);
        head(c, c->body + 8, OUTPUT), put(c, c->pos, 8);
    } else if (ended_at && !c->told_end) {
        c->told_end = true, head(c, 0, ENDED);
    } else return false;
    return true;
}
static void pump(Client *c) { /* send what this client has not got, until its socket is full or its turn is over */
    for (size_t sent = 0; c->hello && !c->mute;) {
        if (c->outp == c->outn && !c->body && !next_frame(c)) return;
        struct iovec v[3];
        size_t k = 0, at = c->pos % ring_size, a = least(c->body, ring_size - at);
        if (c->outp < c->outn) v[k++] = (struct iovec){c->out + c->outp, c->outn - c->outp};
        if (c->body && c->spill) v[k++] = (struct iovec){c->spill + c->spillp, c->body};
        else if (c->body) {
            v[k++] = (struct iovec){ring + at, a};
            if (c->body > a) v[k++] = (struct iovec){ring, c->body - a};
        }
#ifdef SHORT /* test build: cut every send short at random */
        for (size_t i = 0; i < k; i++) if (rand() % 2 || i == 2) v[i].iov_len = 1 + (size_t)rand() % v[i].iov_len, k = i + 1;
#endif
        struct msghdr m = {.msg_iov = v, .msg_iovlen = k};
        ssize_t n = sendmsg(c->fd, &m, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) { /* EPIPE: its last input may be unread; the read side will close it */
            *(errno == EAGAIN || errno == ENOBUFS || errno == ENOMEM ? &c->blocked : &c->mute) = true;
            return;
        }
        size_t h = least((size_t)n, c->outn - c->outp), b = (size_t)n - h;
        c->outp += (uint32_t)h, c->body -= (uint32_t)b, c->spillp += (uint32_t)b, c->pos += b;
        if (!c->body && c->spill) free(c->spill), c->spill = NULL;
        if ((sent += (size_t)n) >= TURN) { c->blocked = true; return; } /* EPOLLOUT fires at once: others go first */
    }
}

static size_t feed(Client *c, const uint8_t *p, size_t n) { /* to the pty, as much as it takes now */
    if (master < 0 || lost) return 0;
    fcntl(master, F_SETFL, O_RDWR | O_NONBLOCK);
    ssize_t w = write(master, p, n);
    judge(w);
    c->taken += w > 0 ? (uint64_t)w : 0;
    return w > 0 ? (size_t)w : 0;
}
static void drain_queues(void) {
    for (int i = 0; i < CAP && queued; ) {
        Client *c = clients + turn;
        if (c->fd < 0 || !c->q) { turn = (turn + 1) % CAP, i++; continue; }
        size_t at = c->qh % QMAX, w = feed(c, c->q + at, least(c->qt - c->qh, QMAX - at));
        if (!w) return;
        if ((c->qh += w) == c->qt) unqueue(c);
    }
}
static void input(Client *c, const uint8_t *p, size_t n) {
    struct termios t;
    int unread = 0;
    if (slave >= 0 && tcgetattr(slave, &t) == 0 && (t.c_lflag & ISIG) && !(t.c_lflag & NOFLSH))
        for (size_t i = n; i-- > 0;) {
            if (!p[i] || (p[i] != t.c_cc[VINTR] && p[i] != t.c_cc[VQUIT] && p[i] != t.c_cc[VSUSP])) continue;
            if (!queued && (ioctl(slave, FIONREAD, &unread) < 0 || !unread)) break; /* nothing in its way */
            for (int k = 0; k < CAP; k++) unqueue(clients + k);
            tcflush(slave, TCIFLUSH), c->taken += i, p += i, n -= i;
            break;
        }
    for (size_t w; !queued && n && (w = feed(c, p, n)); p += w) n -= w;
    if (!n) return;
    if (!c->q) {
        void *q = mmap(NULL, QMAX, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (q == MAP_FAILED) { drop(c); return; }
        madvise(q, QMAX, MADV_NOHUGEPAGE), c->q = q, queued++;
    }
    size_t at = c->qt % QMAX, k = least(n, QMAX - at); /* n fits: receive() asked for no more than is free */
    memcpy(c->q + at, p, k), memcpy(c->q, p + k, n - k), c->qt += n;
}

static bool frame_ok(const Client *c) { /* header complete: may this frame come now? */
    if (c->in[4] == HELLO) return !c->hello && (c->need == 10 || c->need == 11);
    if (c->in[4] == CLOSE) return c->owner && mine && c->need == 1;
    return c->owner && (c->in[4] == INPUT ? c->need >= 1 && c->need <= QMAX : c->in[4] == RESIZE && c->need == 4);
}
static void greet(Client *c, uint8_t role, uint64_t from) {
    c->hello = true, c->owner = role == 0, c->want = W_WELCOME;
    c->pos = from > next_byte ? next_byte : from < oldest() ? oldest() : from;
}
static void finish(void);
static void hand_on(Client *c, int to, const uint8_t *hello);
static bool frame_done(Client *c) {
    const uint8_t *p = c->in + 5;
    if (c->in[4] == HELLO) {
        bool numbered = get(c->in, 4) == 11;
        if (p[0] != (numbered ? NUMBERED : VERSION) || p[1] > 1 || (numbered && p[10] >= TERMINALS)) return false;
        if (numbered && p[10]) hand_on(c, p[10], p);
        else greet(c, p[1], get(p + 2, 8));
    } else if (c->in[4] == CLOSE) {
        finish();
    } else if (c->in[4] == RESIZE) {
        uint16_t x = (uint16_t)least(get(p, 2), 2000), y = (uint16_t)least(get(p + 2, 2), 2000);
        if (!x || !y || (x == ws.ws_col && y == ws.ws_row)) return true;
        ws.ws_col = x, ws.ws_row = y;
        if (master >= 0) ioctl(master, TIOCSWINSZ, &ws);
        for (int i = 0; i < CAP; i++) clients[i].want |= W_RESIZED, clients[i].size_at = next_byte;
    }
    return true;
}
static void receive(Client *c) {
    ssize_t n = recv(c->fd, rbuf, least(READ, QMAX - (c->qt - c->qh)), MSG_DONTWAIT);
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (n <= 0) { drop(c); return; }
    for (const uint8_t *p = rbuf, *e = rbuf + n; p < e && c->fd >= 0;) {
        if (c->inn < 5) {
            c->in[c->inn++] = *p++, c->need = (uint32_t)get(c->in, 4);
            if (c->inn == 5 && !frame_ok(c)) drop(c);
            continue;
        }
        size_t k = least(c->need, (size_t)(e - p));
        if (c->in[4] == INPUT) input(c, p, k);
        else memcpy(c->in + c->inn, p, k), c->inn += (uint32_t)k;
        p += k, c->need -= (uint32_t)k;
        if (c->need || c->fd < 0) continue;
        c->inn = 0;
        if (!frame_done(c)) drop(c);
    }
}

static void taken_in(void) { /* a client that was handed on */
    union { char bytes[CMSG_SPACE(sizeof(int))]; struct cmsghdr align; } control;
    uint8_t hello[10];
    int fd = -1, k = 0;
    struct iovec v = {hello, sizeof hello};
    struct msghdr m = {.msg_iov = &v, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
    ssize_t n = recvmsg(lfd, &m, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    if (n == 0) stop = 1; /* the first holder is gone, and nobody can come any more */
    if (n <= 0) return;
    struct cmsghdr *h = CMSG_FIRSTHDR(&m);
    if (h && h->cmsg_type == SCM_RIGHTS && h->cmsg_len == CMSG_LEN(sizeof fd)) memcpy(&fd, CMSG_DATA(h), sizeof fd);
    if (fd < 0) return;
    while (k < CAP && clients[k].fd >= 0) k++;
    if (k == CAP || n != sizeof hello) { close(fd); return; }
    clients[k] = (Client){.fd = fd, .events = EPOLLIN, .since = now_ms()}, count++;
    watch(fd, EPOLLIN, (uint32_t)k, EPOLL_CTL_ADD);
    greet(clients + k, hello[1], get(hello + 2, 8));
}
static void welcome_in(void) { /* accept a few; over the cap: close at once */
    for (int i = 0; i < 16; i++) {
        int k = 0, fd = accept4(lfd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0 && (errno == EINTR || errno == ECONNABORTED)) continue;
        if (fd < 0 && errno == EAGAIN) return;
        if (fd < 0) accept_pause = now_ms() + 100, watch(lfd, 0, LISTENER, EPOLL_CTL_MOD);
        if (fd < 0) return; /* EMFILE, ENFILE, ENOMEM: they wait in the backlog, we try again in 100 ms */
        while (k < CAP && clients[k].fd >= 0) k++;
        if (k == CAP) { close(fd); continue; }
        clients[k] = (Client){.fd = fd, .events = EPOLLIN, .since = now_ms()}, count++;
        watch(fd, EPOLLIN, (uint32_t)k, EPOLL_CTL_ADD);
    }
}
static bool pass(int over, const void *what, size_t n, int fd) { /* a message with a descriptor */
    union { char bytes[CMSG_SPACE(sizeof(int))]; struct cmsghdr align; } control = {{0}};
    struct iovec v = {(void *)what, n};
    struct msghdr m = {.msg_iov = &v, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = CMSG_LEN(sizeof fd)};
    struct cmsghdr *h = CMSG_FIRSTHDR(&m);
    h->cmsg_level = SOL_SOCKET, h->cmsg_type = SCM_RIGHTS, h->cmsg_len = CMSG_LEN(sizeof fd);
    memcpy(CMSG_DATA(h), &fd, sizeof fd);
    return sendmsg(over, &m, MSG_DONTWAIT | MSG_NOSIGNAL) >= 0;
}
static void guard(int ms) { /* from now on no call sleeps much longer than this; 0: may sleep */
    struct timeval t = {0, ms * 1000};
    setitimer(ITIMER_REAL, &(struct itimerval){t, t}, NULL);
}
static bool start(int to) { /* the holder of another terminal; its shell comes from the world, as ours does */
    int clients_to[2] = {-1, -1}, shell[2] = {-1, -1};
    char *argv[16], listen_fd[12], channel_fd[12], name[12];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, clients_to) < 0) return false;
    bool well = socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, shell) == 0 && pass(channel, "N", 1, shell[1]);
    pid_t pid = well ? fork() : -1;
    if (pid == 0) {
        int k = 0;
        argv[k++] = arguments[0];
        snprintf(listen_fd, sizeof listen_fd, "%d", clients_to[1]), snprintf(channel_fd, sizeof channel_fd, "%d", shell[0]);
        snprintf(name, sizeof name, "%d", to);
        for (int i = 1; arguments[i] && arguments[i + 1] && k < 9; i += 2) /* --ring, --cols, --rows, --grace as ours */
            if (!strstr(arguments[i], "fd")) argv[k++] = arguments[i], argv[k++] = arguments[i + 1];
        argv[k++] = "--listen-fd", argv[k++] = listen_fd, argv[k++] = "--channel-fd", argv[k++] = channel_fd;
        argv[k++] = "--number", argv[k++] = name, argv[k] = NULL;
        fcntl(clients_to[1], F_SETFD, 0), fcntl(shell[0], F_SETFD, 0);
        execv(arguments[0], argv);
        _exit(127);
    }
    if (shell[0] >= 0) close(shell[0]), close(shell[1]);
    close(clients_to[1]);
    if (pid < 0) return close(clients_to[0]), false;
    further[to] = clients_to[0];
    watch(clients_to[0], EPOLLIN, (uint32_t)(FURTHER + to), EPOLL_CTL_ADD);
    return true;
}
static void hand_on(Client *c, int to, const uint8_t *hello) {
    watch(c->fd, 0, 0, EPOLL_CTL_DEL); /* close(2) would not: the other one has the same open file */
    if (!mine && (further[to] >= 0 || start(to))) pass(further[to], hello, 10, c->fd);
    drop(c); /* the other one has it now, or nobody */
}
static void ended_further(int which) { /* its end has closed: nothing else ever comes */
    close(further[which]), further[which] = -1;
}
static void let_go(void) {
    watch(master, 0, MASTER, EPOLL_CTL_DEL); /* close(2) would not: the learner has the same open file */
    close(master), close(slave), master = slave = -1, lost = false;
}
static void lose(void) { /* the present terminal is of no use: ask for another */
    let_go();
    send(channel, "R", 1, MSG_DONTWAIT | MSG_NOSIGNAL);
}
static bool opens(int fd, int *peer, int *number) { /* the master side of a pty, and a slave side to go with it? */
    struct stat s;
    return fstat(fd, &s) == 0 && S_ISCHR(s.st_mode) && major(s.st_rdev) == 5 && minor(s.st_rdev) == 2
        && fcntl(fd, F_SETFL, O_RDWR | O_NONBLOCK) == 0 && ioctl(fd, TIOCGPTN, number) == 0
        && (*peer = ioctl(fd, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)) >= 0;
}
static bool same(int peer, int number) {
    struct stat a, b;
    return master >= 0 && number == pty_number && fstat(peer, &a) == 0 && fstat(slave, &b) == 0 && a.st_dev == b.st_dev;
}
static void last_words(void) {
    if (master < 0) return;
    for (size_t got = 0; got < LAST_WORDS && !lost; ) {
        ssize_t n = fill();
        if (n <= 0) break;
        got += (size_t)n;
    }
    let_go();
}
static void finish(void) { /* this terminal has ended: what it printed last still goes out */
    if (ended_at) return;
    last_words();
    if (channel >= 0) close(channel), channel = -1;
    ended_at = now_ms();
}
static bool all_told(void) {
    for (int i = 0; i < CAP; i++)
        if (clients[i].fd >= 0 && clients[i].hello && !(clients[i].told_end && clients[i].outp == clients[i].outn)) return false;
    return true;
}
static void replace(int fd, int peer, int number) {
    last_words();
    if (had_master) {
        for (int i = 0; i < CAP; i++) unqueue(clients + i);
        say(NEW_SHELL, sizeof NEW_SHELL - 1);
    }
    master = fd, slave = peer, pty_number = number, had_master = true;
    ioctl(master, TIOCSWINSZ, &ws);
    watch(master, master_events = EPOLLIN, MASTER, EPOLL_CTL_ADD);
}
static int next_fd(void) { /* the first descriptor of the next message; all others are closed */
    union { char bytes[CMSG_SPACE(8 * sizeof(int))]; struct cmsghdr align; } control;
    char byte;
    struct iovec v = {&byte, 1};
    struct msghdr m = {.msg_iov = &v, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
    int first = -1, fd;
    ssize_t n = recvmsg(channel, &m, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) return -1;
    if (n <= 0 && (n < 0 || !m.msg_controllen)) { /* the shell has ended; of the first: the world is gone, and soon the sandbox */
        if (mine) finish();
        else close(channel), channel = -1;
    }
    for (struct cmsghdr *h = n >= 0 ? CMSG_FIRSTHDR(&m) : NULL; h; h = CMSG_NXTHDR(&m, h)) {
        if (h->cmsg_level != SOL_SOCKET || h->cmsg_type != SCM_RIGHTS) continue;
        for (size_t at = 0; at + sizeof fd <= h->cmsg_len - CMSG_LEN(0); at += sizeof fd) {
            memcpy(&fd, CMSG_DATA(h) + at, sizeof fd);
            if (first < 0) first = fd;
            else close(fd);
        }
    }
    return first;
}
static void terminal_in(void) {
    int peer = -1, number = 0;
    int fd = next_fd();
    if (fd >= 0 && opens(fd, &peer, &number) && !same(peer, number)) {
        replace(fd, peer, number);
    } else {
        if (fd >= 0 && peer < 0 && master < 0) send(channel, "R", 1, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (fd >= 0) close(fd);
        if (peer >= 0) close(peer);
    }
    channel_pause = now_ms() + CHANNEL_MS;
}

static void asleep(int signal) { (void)signal; }
static void told_to_stop(int signal) { (void)signal, stop = 1; }
static int wait_ms(bool late) { /* late: something that could be sent waits */
    int64_t now = now_ms(), t = -1;
    if (late) return 1;
    if (ended_at) return 20;
    if (ghost_until > now && !may_read()) t = ghost_until - now;
    for (int i = 0; i < CAP; i++) if (clients[i].fd >= 0 && !clients[i].hello) t = 500;
    if (channel_pause && (t < 0 || t > CHANNEL_MS)) t = CHANNEL_MS;
    if (accept_pause && (t < 0 || t > 100)) t = 100;
    return (int)t;
}
static void loop(void) {
    struct epoll_event ev[CAP + 3 + TERMINALS];
    uint32_t channel_events = EPOLLIN;
    bool late = false;
    while (!stop) {
        if (lost) lose();
        if (ended_at && (all_told() || now_ms() > ended_at + END_MS)) return;
        uint32_t want = (may_read() ? EPOLLIN : 0) | (queued ? EPOLLOUT : 0);
        if (master >= 0 && want != master_events) watch(master, master_events = want, MASTER, EPOLL_CTL_MOD);
        if (channel_pause && now_ms() >= channel_pause) channel_pause = 0;
        uint32_t hear = may_read() && !channel_pause ? EPOLLIN : 0;
        if (channel >= 0 && hear != channel_events) watch(channel, channel_events = hear, CHANNEL, EPOLL_CTL_MOD);
        guard(0);
        int n = epoll_wait(ep, ev, CAP + 3 + TERMINALS, wait_ms(late));
        guard(ASLEEP_MS);
        bool readable = false;
        if (accept_pause && now_ms() >= accept_pause) accept_pause = 0, watch(lfd, EPOLLIN, LISTENER, EPOLL_CTL_MOD);
        for (int i = 0; i < n; i++) {
            uint32_t tag = ev[i].data.u32, e = ev[i].events;
            if (tag == LISTENER && mine) taken_in();
            else if (tag == LISTENER) welcome_in();
            if (tag > FURTHER) ended_further((int)tag - FURTHER);
            if (tag == MASTER && master >= 0) readable = e & (EPOLLIN | EPOLLHUP | EPOLLERR), drain_queues();
            if (tag == CHANNEL && may_read()) terminal_in();
            if (tag >= CAP || clients[tag].fd < 0) continue;
            Client *c = clients + tag;
            if (e & (EPOLLOUT | EPOLLHUP | EPOLLERR)) c->blocked = false;
            if ((e & (EPOLLHUP | EPOLLERR)) && !(c->events & EPOLLIN)) drop(c);
            else if (e & (EPOLLIN | EPOLLHUP | EPOLLERR)) receive(c);
        }
        bool heavy = readable && master >= 0 && take();
        late = false;
        for (int k = 0; k < 2 * CAP; k++) { /* owners, then watchers */
            Client *c = clients + k % CAP;
            if (c->fd >= 0 && !c->hello && now_ms() > c->since + HELLO_MS) drop(c);
            if (c->fd < 0 || c->owner != (k < CAP)) continue;
            if (heavy && !c->owner && !c->want && next_byte - c->pos < WATCHER_BEHIND) late = true;
            else if (!c->blocked) pump(c);
            uint32_t w = (c->qt - c->qh < QMAX ? EPOLLIN : 0) | (c->blocked ? EPOLLOUT : 0);
            if (w != c->events) watch(c->fd, c->events = w, (uint32_t)(c - clients), EPOLL_CTL_MOD);
        }
    }
}

int main(int argc, char **argv) {
    static const char *const names[] = {"listen-fd", "channel-fd", "ring", "cols", "rows", "grace", "number"};
    struct option opts[8] = {{0}};
    long v[7] = {-1, -1, 4 << 20, 80, 24, 0, 0};
    arguments = argv;
    for (int i = 0; i < 7; i++) opts[i] = (struct option){names[i], required_argument, NULL, i};
    for (int o; (o = getopt_long(argc, argv, "", opts, NULL)) != -1;) {
        char *rest = "";
        if (o == '?' || (v[o] = strtol(optarg, &rest, 10)) < 0 || *rest || !*optarg) exit(64);
    }
    if (v[0] < 0 || v[1] < 0 || optind < argc || v[2] < 65536 || v[3] < 1 || v[3] > 2000 || v[4] < 1 || v[4] > 2000 || v[6] >= TERMINALS)
        fprintf(stderr, "usage: holder --listen-fd N --channel-fd N [--ring BYTES (>= 65536)] [--OPTION N]...\n"), exit(64);
    lfd = (int)v[0], channel = (int)v[1], ring_size = (size_t)v[2];
    ws.ws_col = (uint16_t)v[3], ws.ws_row = (uint16_t)v[4], grace = v[5], mine = (int)v[6];
    id = (uint64_t)clock_ns(CLOCK_REALTIME), ghost_until = now_ms() + grace;
    for (int i = 0; i < CAP; i++) clients[i].fd = -1;
    for (int i = 0; i < TERMINALS; i++) further[i] = -1;
    ring = mmap(NULL, ring_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (ring == MAP_FAILED) die("ring");
    madvise(ring, ring_size, MADV_NOHUGEPAGE); /* touched only as it fills */
    signal(SIGHUP, SIG_IGN), signal(SIGINT, SIG_IGN), signal(SIGPIPE, SIG_IGN), signal(SIGCHLD, SIG_IGN);
    sigaction(SIGALRM, &(struct sigaction){.sa_handler = asleep}, NULL); /* no SA_RESTART: it interrupts */
    sigaction(SIGTERM, &(struct sigaction){.sa_handler = told_to_stop}, NULL);
    if (fcntl(lfd, F_SETFL, O_NONBLOCK) < 0 || fcntl(lfd, F_SETFD, FD_CLOEXEC) < 0) die("--listen-fd");
    if (fcntl(channel, F_SETFD, FD_CLOEXEC) < 0) die("--channel-fd");
    if ((ep = epoll_create1(EPOLL_CLOEXEC)) < 0) die("epoll");
    watch(lfd, EPOLLIN, LISTENER, EPOLL_CTL_ADD), watch(channel, EPOLLIN, CHANNEL, EPOLL_CTL_ADD);
    send(channel, "S", 1, MSG_DONTWAIT | MSG_NOSIGNAL);
    loop();
    return 0;
}
