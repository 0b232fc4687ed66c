/* Closed-loop UDP load: every socket sends a datagram of lower-case letters, waits for it in upper case, sends the next.

       udp_load <host> <port> <sockets> <warm-up-ms> <measure-ms> <message-bytes> <server-pid>

   One thread, epoll(7). A datagram without a reply after 100 ms counts as lost and is sent again; its number in the first
   bytes tells a late reply from the awaited one. Prints the same JSON line as load.c. */
#include "measure.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define EVENTS 512
#define RESEND_US 100000

struct client {
    int fd;
    uint64_t sent_at, round_trips;
    char *message, *expected;
};

static long size;

static void open_client(struct client *client, const struct sockaddr_in *server, int epoll, long number) {
    client->fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (client->fd < 0 || connect(client->fd, (const struct sockaddr *)server, sizeof *server) != 0) {
        fail("socket %ld: %s", number, strerror(errno));
    }
    client->message = malloc((size_t)size);
    client->expected = malloc((size_t)size);
    if (!client->message || !client->expected) {
        fail("out of memory");
    }
    memset(client->message, 'x', (size_t)size);
    memset(client->expected, 'X', (size_t)size);
    struct epoll_event event = {.events = EPOLLIN | EPOLLET, .data.u64 = (uint64_t)number};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, client->fd, &event) != 0) {
        fail("epoll_ctl: %s", strerror(errno));
    }
}

static void send_message(struct client *client, long number, uint64_t now) {
    stamp(client->message, (uint64_t)number << 40 | client->round_trips);
    for (int i = 0; i < 16; i++) {
        client->expected[i] = (char)toupper((unsigned char)client->message[i]);
    }
    client->sent_at = now;
    if (send(client->fd, client->message, (size_t)size, 0) != size) {
        fail("socket %ld: send after %llu round trips: %s", number, (unsigned long long)client->round_trips, strerror(errno));
    }
}

/* Takes one datagram. Returns 1 for the awaited reply, -1 for a late one of an earlier message, 0 where there is none. */
static int receive(struct client *client, long number) {
    static char reply[MAX_MESSAGE + 1];
    unsigned long long done = client->round_trips;
    ssize_t count = recv(client->fd, reply, sizeof reply, MSG_DONTWAIT);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) {
        return 0;
    }
    if (count < 0) {
        fail("socket %ld: receive after %llu round trips: %s", number, done, strerror(errno));
    }
    if (count != size || memcmp(reply + 16, client->expected + 16, (size_t)size - 16) != 0) {
        fail("socket %ld: the reply after %llu round trips is not what was sent, in upper case", number, done);
    }
    return memcmp(reply, client->expected, 16) == 0 ? 1 : -1;
}

/* How many had no round trip at all since `before`. */
static long count_starved(const struct client *clients, const uint64_t *before, long count) {
    long starved = 0;
    for (long i = 0; i < count; i++) {
        starved += clients[i].round_trips == before[i];
    }
    return starved;
}

static void run(struct client *clients, long sockets, int epoll, struct window *window, long warm_up_ms, long measure_ms) {
    static struct histogram histogram;
    uint64_t now = now_us(), heard = now, warm = now + (uint64_t)warm_up_ms * 1000, checked = now;
    uint64_t *before = calloc((size_t)sockets, sizeof *before);
    if (!before) {
        fail("out of memory");
    }
    for (long i = 0; i < sockets; i++) {
        send_message(&clients[i], i, now);
    }
    long lost = 0;
    long starved = 0;
    struct epoll_event events[EVENTS];
    while (window->state != CLOSED) {
        int ready = epoll_wait(epoll, events, EVENTS, 20);
        now = now_us();
        if (window->state == WARM_UP && now >= warm) {
            for (long i = 0; i < sockets; i++) {
                before[i] = clients[i].round_trips;
            }
            open_window(window, now, measure_ms);
        } else if (window->state == OPEN && now >= window->end) {
            close_window(window, now);
            starved = count_starved(clients, before, sockets);
        }
        if (now - heard > STALL_US) {
            fail("no reply on any socket for %d s", STALL_US / 1000000);
        }
        for (int event = 0; event < ready; event++) {
            long i = (long)events[event].data.u64;
            int awaited = receive(&clients[i], i);
            while (awaited < 0) { /* edge-triggered: what is queued behind a late reply raises no event of its own */
                awaited = receive(&clients[i], i);
            }
            if (!awaited) {
                continue;
            }
            heard = now = now_us();
            clients[i].round_trips++;
            if (window->state == OPEN) {
                record(&histogram, now - clients[i].sent_at);
            }
            send_message(&clients[i], i, now);
        }
        if (now - checked >= RESEND_US / 5) {
            checked = now;
            for (long i = 0; i < sockets; i++) {
                if (now - clients[i].sent_at >= RESEND_US) {
                    lost += window->state == OPEN;
                    send_message(&clients[i], i, now);
                }
            }
        }
    }
    print_result(window, &histogram, starved, lost);
}

int main(int count, char **arguments) {
    if (count != 8) {
        fputs("usage: udp_load host port sockets warm-up-ms measure-ms message-bytes server-pid\n", stderr);
        return 2;
    }
    struct sockaddr_in server = {.sin_family = AF_INET};
    if (inet_pton(AF_INET, arguments[1], &server.sin_addr) != 1) {
        fprintf(stderr, "error: '%s' is not an IPv4 address\n", arguments[1]);
        return 2;
    }
    server.sin_port = htons((uint16_t)number("port", arguments[2], 1, 65535));
    long sockets = number("sockets", arguments[3], 1, 20000);
    long warm_up_ms = number("warm-up-ms", arguments[4], 0, 3600000);
    long measure_ms = number("measure-ms", arguments[5], 1, 3600000);
    size = number("message-bytes", arguments[6], 17, MAX_MESSAGE);
    struct window window = {.server = (pid_t)number("server-pid", arguments[7], 1, INT32_MAX)};

    raise_file_limit(sockets + 16);
    struct client *clients = calloc((size_t)sockets, sizeof *clients);
    int epoll = epoll_create1(0);
    if (!clients || epoll < 0) {
        fail("%s", strerror(errno));
    }
    for (long i = 0; i < sockets; i++) {
        open_client(&clients[i], &server, epoll, i);
    }
    run(clients, sockets, epoll, &window, warm_up_ms, measure_ms);
    return 0;
}
