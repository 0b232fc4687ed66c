/* Closed-loop TCP load: every connection sends a line, waits for the same line to come back, sends the next.

       load <host> <port> <connections> <warm-up-ms> <measure-ms> <message-bytes> <server-pid> [<idle-connections>]

   One thread, epoll(7). Every reply is compared with what was sent. Prints one JSON line with the round trips after the
   warm-up, their latencies, and the processor time that generator and server took meanwhile. Whatever goes wrong ends it
   with one error line and status 1.

   Idle connections are opened first, and each does one round trip, so that the server has accepted it for certain. Then
   it prints "idle: <n> connections" and goes on once a line is typed. They must stay silent and open. */
#include "measure.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define EVENTS 512
#define PER_SOURCE 10000 /* connections per source address: far below the range of ephemeral ports */

struct connection {
    int fd;
    long received; /* bytes of the reply so far */
    uint64_t sent_at, round_trips;
    char *message;
};

static struct sockaddr_in server;
static long size;

static void connect_to_server(struct connection *connection, long number) {
    connection->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connection->fd < 0) {
        fail("socket %ld: %s", number, strerror(errno));
    }
    int on = 1;
    setsockopt(connection->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (ntohl(server.sin_addr.s_addr) >> 24 == IN_LOOPBACKNET) {
        /* Every address in 127.0.0.0/8 is this host, so there are ephemeral ports for any number of connections. */
        struct sockaddr_in source = {.sin_family = AF_INET};
        source.sin_addr.s_addr = htonl(INADDR_LOOPBACK + (uint32_t)(number / PER_SOURCE));
        setsockopt(connection->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
        if (bind(connection->fd, (struct sockaddr *)&source, sizeof source) != 0) {
            fail("bind connection %ld: %s", number, strerror(errno));
        }
    }
    struct timeval timeout = {.tv_sec = STALL_US / 1000000};
    setsockopt(connection->fd, SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof timeout);
    setsockopt(connection->fd, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
    if (connect(connection->fd, (struct sockaddr *)&server, sizeof server) != 0) {
        fail("connect %ld: %s", number, strerror(errno == EINPROGRESS ? ETIMEDOUT : errno));
    }
    connection->message = malloc((size_t)size);
    if (!connection->message) {
        fail("out of memory");
    }
    memset(connection->message, 'x', (size_t)size);
    connection->message[size - 1] = '\n';
}

/* The first bytes of a message are the connection's number and its count of round trips. */
static void send_message(struct connection *connection, long number, uint64_t now) {
    stamp(connection->message, (uint64_t)number << 40 | connection->round_trips);
    connection->sent_at = now;
    connection->received = 0;
    ssize_t count = send(connection->fd, connection->message, (size_t)size, MSG_NOSIGNAL);
    if (count != size) {
        fail("connection %ld: send after %llu round trips: %s", number, (unsigned long long)connection->round_trips,
             count < 0 ? strerror(errno) : "the server takes no more");
    }
}

/* Takes what has come. Returns whether the reply is whole. */
static int receive(struct connection *connection, long number, int flags) {
    static char reply[MAX_MESSAGE + 1];
    ssize_t count = recv(connection->fd, reply, sizeof reply, flags);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) {
        if (flags & MSG_DONTWAIT) {
            return 0;
        }
        errno = ETIMEDOUT;
    }
    unsigned long long done = connection->round_trips;
    if (count < 0) {
        fail("connection %ld: receive after %llu round trips: %s", number, done, strerror(errno));
    }
    if (count == 0) {
        fail("connection %ld: closed by the server after %llu round trips", number, done);
    }
    if (count > size - connection->received
        || memcmp(reply, connection->message + connection->received, (size_t)count) != 0) {
        fail("connection %ld: the reply after %llu round trips is not what was sent", number, done);
    }
    connection->received += count;
    return connection->received == size;
}

/* Edge-triggered: one look at each connection per event instead of two, so that the server is the first at its limit. */
static void watch(int epoll, int fd, long number) {
    struct epoll_event event = {.events = EPOLLIN | EPOLLET, .data.u64 = (uint64_t)number};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) != 0) {
        fail("epoll_ctl: %s", strerror(errno));
    }
}

static void open_idle(struct connection *connections, long from, long to, int epoll) {
    for (long i = from; i < to; i++) {
        connect_to_server(&connections[i], i);
        send_message(&connections[i], i, 0);
        while (!receive(&connections[i], i, 0)) {
        }
        watch(epoll, connections[i].fd, i);
    }
    fprintf(stderr, "idle: %ld connections\n", to - from);
    if (getchar() == EOF) {
        fail("nobody says when to go on");
    }
}

/* How many had no round trip at all since `before`. */
static long count_starved(const struct connection *connections, const uint64_t *before, long count) {
    long starved = 0;
    for (long i = 0; i < count; i++) {
        starved += connections[i].round_trips == before[i];
    }
    return starved;
}

static void run(struct connection *connections, long busy, int epoll, struct window *window, long warm_up_ms, long measure_ms) {
    static struct histogram histogram;
    uint64_t now = now_us(), heard = now, warm = now + (uint64_t)warm_up_ms * 1000;
    for (long i = 0; i < busy; i++) {
        send_message(&connections[i], i, now);
    }
    uint64_t *before = calloc((size_t)busy, sizeof *before);
    if (!before) {
        fail("out of memory");
    }
    long starved = 0;
    struct epoll_event events[EVENTS];
    /* The last replies are waited for, because closing with unread bytes would reset the connections: tcp(7). */
    for (long waiting = busy; waiting > 0 && (window->state != CLOSED || now < window->end + STALL_US); ) {
        int ready = epoll_wait(epoll, events, EVENTS, 100);
        now = now_us();
        if (window->state == WARM_UP && now >= warm) {
            for (long i = 0; i < busy; i++) {
                before[i] = connections[i].round_trips;
            }
            open_window(window, now, measure_ms);
        } else if (window->state == OPEN && now >= window->end) {
            close_window(window, now);
            starved = count_starved(connections, before, busy);
        }
        if (ready <= 0 && window->state != CLOSED && now - heard > STALL_US) {
            fail("no reply on any connection for %d s", STALL_US / 1000000);
        }
        for (int event = 0; event < ready; event++) {
            long i = (long)events[event].data.u64;
            struct connection *connection = &connections[i];
            if (!receive(connection, i, MSG_DONTWAIT)) {
                continue;
            }
            heard = now = now_us();
            connection->round_trips++;
            if (window->state == OPEN) {
                record(&histogram, now - connection->sent_at);
            }
            if (window->state == CLOSED) {
                waiting--;
            } else {
                send_message(connection, i, now);
            }
        }
    }
    print_result(window, &histogram, starved, 0);
}

int main(int count, char **arguments) {
    if (count != 8 && count != 9) {
        fputs("usage: load host port connections warm-up-ms measure-ms message-bytes server-pid [idle-connections]\n", stderr);
        return 2;
    }
    server.sin_family = AF_INET;
    if (inet_pton(AF_INET, arguments[1], &server.sin_addr) != 1) {
        fprintf(stderr, "error: '%s' is not an IPv4 address\n", arguments[1]);
        return 2;
    }
    server.sin_port = htons((uint16_t)number("port", arguments[2], 1, 65535));
    long busy = number("connections", arguments[3], 1, 100000);
    long warm_up_ms = number("warm-up-ms", arguments[4], 0, 3600000);
    long measure_ms = number("measure-ms", arguments[5], 1, 3600000);
    size = number("message-bytes", arguments[6], 17, MAX_MESSAGE);
    struct window window = {.server = (pid_t)number("server-pid", arguments[7], 1, INT32_MAX)};
    long idle = count == 9 ? number("idle-connections", arguments[8], 0, 200000) : 0;

    raise_file_limit(busy + idle + 16);
    struct connection *connections = calloc((size_t)(busy + idle), sizeof *connections);
    int epoll = epoll_create1(0);
    if (!connections || epoll < 0) {
        fail("%s", strerror(errno));
    }
    if (idle > 0) {
        open_idle(connections, busy, busy + idle, epoll);
    }
    for (long i = 0; i < busy; i++) {
        connect_to_server(&connections[i], i);
        watch(epoll, connections[i].fd, i);
    }
    run(connections, busy, epoll, &window, warm_up_ms, measure_ms);
    return 0;
}
