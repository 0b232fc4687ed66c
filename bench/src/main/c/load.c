/* Closed-loop TCP load: every connection sends a message, waits for the same message to come back, sends the next.

       load [-f line|fixed|variable] [-w <window>]
            <host> <port> <connections> <warm-up-ms> <measure-ms> <message-bytes> <server-pid> [<idle-connections>]

   One thread, epoll(7). Every byte that comes back is compared with what was sent. Prints one JSON line with the round
   trips after the warm-up, their latencies, and the processor time that generator and server took meanwhile. Whatever
   goes wrong ends it with one error line and status 1.

   A message is a line, or one of the frames of LABS.md section 5, in network order: version (1 byte), order (4), size (4),
   then the text, which in a fixed frame is padded to 20 bytes with '-'. A connection has <window> messages on their way,
   1 if it is not said, and sends as many as have come back.

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

#define VERSION 1
#define HEADER 9
#define FIXED_TEXT 20
#define STAMP 16

struct connection {
    int fd;
    long received; /* bytes of the oldest reply that is awaited */
    uint64_t sent, round_trips;
    char *messages; /* a ring of `window` messages: number n stands in place n % window */
    uint64_t *sent_at; /* the same of their times */
};

static struct sockaddr_in server;
static enum { LINE, FIXED, VARIABLE } format = LINE;
static long size, window = 1;

/* Writes `value` in network order. */
static void put_number(char *to, uint32_t value) {
    value = htonl(value);
    memcpy(to, &value, sizeof value);
}

/* Writes what all messages have in common. */
static void prepare(char *message) {
    if (format == LINE) {
        memset(message, 'x', (size_t)size);
        message[size - 1] = '\n';
        return;
    }
    memset(message, format == FIXED ? '-' : 'x', (size_t)size);
    message[0] = VERSION;
    put_number(message + 5, format == FIXED ? STAMP : (uint32_t)(size - HEADER));
}

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
    connection->messages = malloc((size_t)(window * size));
    connection->sent_at = malloc((size_t)window * sizeof *connection->sent_at);
    if (!connection->messages || !connection->sent_at) {
        fail("out of memory");
    }
    for (long i = 0; i < window; i++) {
        prepare(connection->messages + i * size);
    }
}

static long least(long one, long other) {
    return one < other ? one : other;
}

/* A quarter, so that the server works on the first messages while the next are being sent. With all in one send the two
   would take turns, and a single connection would measure how long it takes to wake them up. */
static long portion_of_window(void) {
    return window < 4 ? 1 : window / 4;
}

/* Sends bytes of the ring. */
static void send_bytes(struct connection *connection, long number, long from, long length) {
    ssize_t count = send(connection->fd, connection->messages + from, (size_t)length, MSG_NOSIGNAL);
    if (count != length) {
        fail("connection %ld: send after %llu round trips: %s", number, (unsigned long long)connection->round_trips,
             count < 0 ? strerror(errno) : "the server takes no more");
    }
}

/* Sends the next `count` messages, which the ring has room for. The text's first bytes are the connection's number and
   the message's. */
static void send_messages(struct connection *connection, long number, uint64_t now, long count) {
    long first = (long)(connection->sent % (uint64_t)window);
    for (long i = 0; i < count; i++, connection->sent++) {
        long place = (long)(connection->sent % (uint64_t)window);
        char *text = connection->messages + place * size;
        if (format != LINE) {
            put_number(text + 1, (uint32_t)connection->sent);
            text += HEADER;
        }
        stamp(text, (uint64_t)number << 40 | connection->sent);
        connection->sent_at[place] = now;
    }
    for (long sent = 0; sent < count; ) {
        long place = (first + sent) % window;
        long portion = least(count - sent, least(portion_of_window(), window - place));
        send_bytes(connection, number, place * size, portion * size);
        sent += portion;
    }
}

/* Takes what has come. Returns how many replies are whole by that. */
static long receive(struct connection *connection, long number, int flags) {
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
    long whole = 0;
    for (const char *from = reply; count > 0; ) {
        const char *awaited = connection->messages + (long)(connection->round_trips % (uint64_t)window) * size;
        long part = least(count, size - connection->received);
        if (connection->round_trips == connection->sent
            || memcmp(from, awaited + connection->received, (size_t)part) != 0) {
            fail("connection %ld: the reply after %llu round trips is not what was sent", number,
                 (unsigned long long)connection->round_trips);
        }
        from += part;
        count -= part;
        connection->received += part;
        if (connection->received == size) {
            connection->received = 0;
            connection->round_trips++;
            whole++;
        }
    }
    return whole;
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
        send_messages(&connections[i], i, 0, 1);
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

static void run(struct connection *connections, long busy, int epoll, struct window *measured, long warm_up_ms, long measure_ms) {
    static struct histogram histogram;
    uint64_t now = now_us(), heard = now, warm = now + (uint64_t)warm_up_ms * 1000;
    for (long i = 0; i < busy; i++) {
        send_messages(&connections[i], i, now, window);
    }
    uint64_t *before = calloc((size_t)busy, sizeof *before);
    if (!before) {
        fail("out of memory");
    }
    long starved = 0;
    struct epoll_event events[EVENTS];
    /* The last replies are waited for, because closing with unread bytes would reset the connections: tcp(7). */
    for (long waiting = busy; waiting > 0 && (measured->state != CLOSED || now < measured->end + STALL_US); ) {
        int ready = epoll_wait(epoll, events, EVENTS, 100);
        now = now_us();
        if (measured->state == WARM_UP && now >= warm) {
            for (long i = 0; i < busy; i++) {
                before[i] = connections[i].round_trips;
            }
            open_window(measured, now, measure_ms);
        } else if (measured->state == OPEN && now >= measured->end) {
            close_window(measured, now);
            starved = count_starved(connections, before, busy);
        }
        if (ready <= 0 && measured->state != CLOSED && now - heard > STALL_US) {
            fail("no reply on any connection for %d s", STALL_US / 1000000);
        }
        for (int event = 0; event < ready; event++) {
            long i = (long)events[event].data.u64;
            struct connection *connection = &connections[i];
            long whole = receive(connection, i, MSG_DONTWAIT);
            if (whole == 0) {
                continue;
            }
            heard = now = now_us();
            for (long back = whole; back > 0 && measured->state == OPEN; back--) {
                record(&histogram, now - connection->sent_at[(connection->round_trips - (uint64_t)back) % (uint64_t)window]);
            }
            if (measured->state != CLOSED) {
                send_messages(connection, i, now, whole);
            } else if (connection->round_trips == connection->sent) {
                waiting--;
            }
        }
    }
    print_result(measured, &histogram, starved, 0);
}

__attribute__((noreturn)) static void usage(void) {
    fputs("usage: load [-f line|fixed|variable] [-w window]"
          " host port connections warm-up-ms measure-ms message-bytes server-pid [idle-connections]\n", stderr);
    exit(2);
}

static void read_options(int count, char **arguments) {
    for (int option; (option = getopt(count, arguments, "+f:w:")) != -1; ) {
        if (option == 'w') {
            window = number("window", optarg, 1, 1000);
        } else if (option == 'f' && strcmp(optarg, "line") == 0) {
            format = LINE;
        } else if (option == 'f' && strcmp(optarg, "fixed") == 0) {
            format = FIXED;
        } else if (option == 'f' && strcmp(optarg, "variable") == 0) {
            format = VARIABLE;
        } else {
            usage();
        }
    }
}

static void read_size(const char *text) {
    long header = format == LINE ? 1 : HEADER; /* a line's newline counts the same */
    size = format == FIXED ? number("message-bytes of a fixed frame", text, HEADER + FIXED_TEXT, HEADER + FIXED_TEXT)
                           : number("message-bytes", text, header + STAMP, MAX_MESSAGE);
    /* Whatever is on its way must come with one receive: edge-triggered, nobody says that there is more. */
    if (window * size > MAX_MESSAGE) {
        fprintf(stderr, "error: %ld messages of %ld bytes on their way are more than %d bytes\n", window, size, MAX_MESSAGE);
        exit(2);
    }
}

int main(int count, char **arguments) {
    read_options(count, arguments);
    count -= optind - 1;
    arguments += optind - 1;
    if (count != 8 && count != 9) {
        usage();
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
    read_size(arguments[6]);
    struct window measured = {.server = (pid_t)number("server-pid", arguments[7], 1, INT32_MAX)};
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
    run(connections, busy, epoll, &measured, warm_up_ms, measure_ms);
    return 0;
}
