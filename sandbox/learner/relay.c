/* relay: passes connections on, each listening place to its target.
 *   relay LISTEN TARGET [LISTEN TARGET]...
 * LISTEN: fd:N (listening already), unix:PATH, tcp:ADDRESS:PORT. TARGET: unix:PATH, tcp:ADDRESS:PORT (IPv4, no names).
 * One process and no thread for all of them: nothing in it waits, so a target that neither takes nor refuses holds up only
 * its own connection. Each place carries 64 connections; who comes then waits to be accepted. A connection whose target
 * refuses ends at once. When either side has said its last, the other is told, and 20 ms after the last byte both are over:
 * who has hung up is known as gone. What one side does not take stops the reading of the other, and waits for it; only where
 * who came is gone not longer than a second. A connection without bytes under way has no buffer. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { PLACES = 8, MOST = 64, BUFFER = 65536, LINGER_MS = 20, GONE_MS = 1000, RETRY_MS = 100 };
typedef union { struct sockaddr any; struct sockaddr_un local; struct sockaddr_in net; } Address;
typedef struct { int fd, count; Address target; long again; } Place;
/* Of one connection: [0] who came, [1] the target. bytes: what was read from that side and has not gone to the other. */
typedef struct { int fd; bool ended; char *bytes; size_t from, to; } Side;
typedef struct { Place *place; bool connecting, gone; long over; Side side[2]; } Connection; /* gone: who came */

static Place places[PLACES];
static int place_count, connection_count;
static Connection connections[PLACES * MOST];
static struct pollfd polled[PLACES + 2 * PLACES * MOST];

static void die(const char *what) { perror(what), exit(71); }
static long now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}
static Address address(const char *text) {
    Address result = {.any = {.sa_family = AF_UNSPEC}};
    char host[64], rest;
    unsigned port;
    if (!strncmp(text, "unix:", 5) && strlen(text + 5) < sizeof result.local.sun_path) {
        result.local.sun_family = AF_UNIX;
        strcpy(result.local.sun_path, text + 5);
    } else if (sscanf(text, "tcp:%63[0-9.]:%u%c", host, &port, &rest) == 2 && port - 1 < 65535 &&
               inet_pton(AF_INET, host, &result.net.sin_addr) == 1) {
        result.net.sin_family = AF_INET;
        result.net.sin_port = htons((unsigned short)port);
    } else {
        fprintf(stderr, "relay: what is %s?\n", text), exit(64);
    }
    return result;
}
static socklen_t size_of(const Address *at) { return at->any.sa_family == AF_UNIX ? sizeof at->local : sizeof at->net; }
static int open_socket(const Address *at) { return socket(at->any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0); }

static int listener(const char *text) {
    int fd, on = 1;
    if (sscanf(text, "fd:%d", &fd) == 1) {
        if (fcntl(fd, F_SETFL, O_NONBLOCK) < 0) die(text);
        return fd;
    }
    Address at = address(text);
    if ((fd = open_socket(&at)) < 0) die(text);
    if (at.any.sa_family == AF_UNIX) unlink(at.local.sun_path);
    else setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    umask(0111); /* who connects is another id */
    if (bind(fd, &at.any, size_of(&at)) < 0 || listen(fd, 128) < 0) die(text);
    umask(022);
    return fd;
}

static void at_once(int fd) { /* fails on a Unix socket, which never waits */
    int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}
static void accept_at(Place *place) {
    int client = accept4(place->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (client < 0) {
        if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) place->again = now_ms() + RETRY_MS;
        return;
    }
    int server = open_socket(&place->target);
    int taken = server < 0 ? -1 : connect(server, &place->target.any, size_of(&place->target));
    if (taken < 0 && (server < 0 || errno != EINPROGRESS)) {
        close(client);
        if (server >= 0) close(server);
        return;
    }
    at_once(client), at_once(server), place->count++;
    connections[connection_count++] =
        (Connection){.place = place, .connecting = taken < 0, .side = {{.fd = client}, {.fd = server}}};
}
static void finish(int index) { /* the last one takes its number */
    Connection *connection = &connections[index];
    connection->place->count--;
    for (int i = 0; i < 2; i++) close(connection->side[i].fd), free(connection->side[i].bytes);
    *connection = connections[--connection_count];
}

/* What was read from a side goes to the other; false: that one is gone. */
static bool drain(Side *side, Side *other) {
    while (side->from < side->to) {
        ssize_t went = send(other->fd, side->bytes + side->from, side->to - side->from, MSG_NOSIGNAL);
        if (went < 0) return errno == EAGAIN || errno == EINTR;
        side->from += (size_t)went;
    }
    if (side->ended) shutdown(other->fd, SHUT_WR);
    free(side->bytes), side->bytes = NULL, side->from = side->to = 0;
    return true;
}
/* Moves what a side has to say; false: the connection is over. */
static bool move(Connection *connection, Side *side, Side *other) {
    static char bytes[BUFFER]; /* an own buffer is taken only for what the other does not take at once */
    ssize_t got = recv(side->fd, bytes, sizeof bytes, 0), went = 0;
    if (got < 0) return errno == EAGAIN || errno == EINTR;
    if (got == 0) {
        side->ended = true, connection->over = now_ms() + LINGER_MS;
        shutdown(other->fd, SHUT_WR);
        return true;
    }
    if ((went = send(other->fd, bytes, (size_t)got, MSG_NOSIGNAL)) < 0) {
        if (errno != EAGAIN && errno != EINTR) return false;
        went = 0;
    }
    if (went == got) return true;
    side->from = 0, side->to = (size_t)(got - went);
    if (!(side->bytes = malloc(side->to))) die("malloc");
    memcpy(side->bytes, bytes + went, side->to);
    return true;
}
static short wanted(const Connection *connection, int side) {
    const Side *own = &connection->side[side], *other = &connection->side[!side];
    if (connection->connecting) return side == 1 ? POLLOUT : 0;
    return (short)((own->ended || own->bytes ? 0 : POLLIN) | (other->bytes ? POLLOUT : 0));
}
/* When it is over if nothing happens; 0: it is not. */
static long due(const Connection *connection) {
    bool waits = connection->side[0].bytes || connection->side[1].bytes;
    return !waits ? connection->over : connection->gone ? connection->over + GONE_MS : 0;
}
/* False: it is over. */
static bool serve(Connection *connection, const struct pollfd *at) {
    Side *side = connection->side;
    if (connection->connecting) {
        int error = 0;
        socklen_t size = sizeof error;
        if (!at[1].revents) return !(at[0].revents & (POLLERR | POLLHUP));
        getsockopt(side[1].fd, SOL_SOCKET, SO_ERROR, &error, &size);
        connection->connecting = false;
        return error == 0;
    }
    if (at[0].events == 0 && at[0].revents) {
        connection->gone = true;
        if (!connection->over) connection->over = now_ms() + LINGER_MS;
    }
    for (int i = 0; i < 2; i++)
        if (side[!i].bytes && (at[i].revents & (POLLOUT | POLLERR)) && !drain(&side[!i], &side[i])) return false;
    for (int i = 0; i < 2; i++) {
        if (side[i].ended || side[i].bytes || !(at[i].revents & (POLLIN | POLLHUP | POLLERR))) continue;
        if (!move(connection, &side[i], &side[!i])) return false;
    }
    long end = due(connection);
    if (end && now_ms() >= end) return false;
    return !(side[0].ended && side[1].ended) || side[0].bytes || side[1].bytes;
}

int main(int argc, char **argv) {
    if (argc < 3 || argc % 2 == 0 || argc / 2 > PLACES)
        return fprintf(stderr, "usage: relay LISTEN TARGET [LISTEN TARGET]...\n"), 64;
    signal(SIGPIPE, SIG_IGN);
    for (int i = 1; i < argc; i += 2)
        places[place_count++] = (Place){.fd = listener(argv[i]), .target = address(argv[i + 1])};
    for (;;) {
        long now = now_ms(), next = -1;
        for (int i = 0; i < place_count; i++) {
            bool open = places[i].count < MOST && places[i].again <= now;
            polled[i] = (struct pollfd){open ? places[i].fd : -1, POLLIN, 0};
            if (places[i].again > now && (next < 0 || places[i].again < next)) next = places[i].again;
        }
        for (int i = 0; i < connection_count; i++) {
            Connection *connection = &connections[i];
            for (int side = 0; side < 2; side++) {
                short events = wanted(connection, side);
                /* What is known already would be told again and again. */
                bool known = events == 0 && (side == 1 || connection->gone);
                polled[place_count + 2 * i + side] = (struct pollfd){known ? -1 : connection->side[side].fd, events, 0};
            }
            long end = due(connection);
            if (end && (next < 0 || end < next)) next = end;
        }
        int count = connection_count;
        int wait = next < 0 ? -1 : next > now ? (int)(next - now) : 0;
        if (poll(polled, (nfds_t)(place_count + 2 * count), wait) < 0) die("poll");
        for (int i = count - 1; i >= 0; i--)
            if (!serve(&connections[i], polled + place_count + 2 * i)) finish(i);
        for (int i = 0; i < place_count; i++)
            if (polled[i].revents && places[i].count < MOST) accept_at(&places[i]);
    }
}
