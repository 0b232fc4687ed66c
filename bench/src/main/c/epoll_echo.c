/* The yardstick of the echo suite: one thread, epoll(7) level-triggered, bytes back as they come, no framing.

       epoll_echo <port>

   What cannot be sent at once is waited for, which stops everybody: with one message per client on its way the send
   buffer never fills. */
#define _GNU_SOURCE /* accept4(2) */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define EVENTS 512
#define BACKLOG 4096

static void die(const char *what) {
    fprintf(stderr, "error: %s: %s\n", what, strerror(errno));
    exit(1);
}

static void accept_client(int listener, int epoll) {
    int client = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
    if (client < 0) {
        return; /* it has gone again, or there are no descriptors left: the next event tries again */
    }
    int on = 1;
    setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = client};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, client, &event) != 0) {
        close(client);
    }
}

static int send_all(int client, const char *bytes, ssize_t count) {
    while (count > 0) {
        ssize_t sent = send(client, bytes, (size_t)count, MSG_NOSIGNAL);
        if (sent < 0 && errno == EAGAIN) {
            struct pollfd writable = {.fd = client, .events = POLLOUT};
            poll(&writable, 1, -1);
        } else if (sent < 0) {
            return -1;
        } else {
            bytes += sent;
            count -= sent;
        }
    }
    return 0;
}

static void echo(int client) {
    static char buffer[65536];
    ssize_t count = recv(client, buffer, sizeof buffer, 0);
    if (count < 0 && errno == EAGAIN) {
        return;
    }
    if (count <= 0 || send_all(client, buffer, count) != 0) {
        close(client); /* epoll forgets it by itself */
    }
}

int main(int count, char **arguments) {
    struct sockaddr_in address = {.sin_family = AF_INET};
    address.sin_port = htons((uint16_t)(count > 1 ? atoi(arguments[1]) : 0));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);

    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), epoll = epoll_create1(0);
    socklen_t length = sizeof address;
    struct epoll_event event = {.events = EPOLLIN, .data.fd = listener};
    if (listener < 0 || epoll < 0 || bind(listener, (struct sockaddr *)&address, length) != 0
        || listen(listener, BACKLOG) != 0 || getsockname(listener, (struct sockaddr *)&address, &length) != 0
        || epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event) != 0) {
        die("listen");
    }
    fprintf(stderr, "ready: listening on ('127.0.0.1', %d)\n", ntohs(address.sin_port));

    struct epoll_event events[EVENTS];
    for (;;) {
        int ready = epoll_wait(epoll, events, EVENTS, -1);
        for (int i = 0; i < ready; i++) {
            if (events[i].data.fd == listener) {
                accept_client(listener, epoll);
            } else {
                echo(events[i].data.fd);
            }
        }
    }
}
