/* Sends numbered datagrams to a port of the loopback, so many a second, for somebody who records them.

       udp_flood <port> <count> <bytes> <per-second> <quiet-ms>

   At the end it stays quiet for a while: who records has the time to see the last ones, tcpdump for one up to a second
   later. Prints one JSON line: how many it has sent, and in how many seconds. */
#include "program.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

enum { MAX_BYTES = 1400, BURST = 16 };

static void wait_us(uint64_t us) {
    struct timespec time = {.tv_sec = (time_t)(us / 1000000), .tv_nsec = (long)(us % 1000000 * 1000)};
    while (nanosleep(&time, &time) != 0) {
    }
}

int main(int count, char **arguments) {
    if (count != 6) {
        fputs("usage: udp_flood port count bytes per-second quiet-ms\n", stderr);
        return 2;
    }
    uint32_t datagrams = (uint32_t)strtoul(arguments[2], NULL, 10);
    size_t bytes = strtoul(arguments[3], NULL, 10);
    uint64_t per_second = strtoul(arguments[4], NULL, 10);
    if (bytes < sizeof(uint32_t) || bytes > MAX_BYTES || per_second == 0) {
        fail("from 4 to %d bytes, at least 1 a second", MAX_BYTES);
    }
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(arguments[1]))};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int descriptor = socket(AF_INET, SOCK_DGRAM, 0);
    if (descriptor < 0 || connect(descriptor, (struct sockaddr *)&address, sizeof address) != 0) {
        fail("socket: %s", strerror(errno));
    }
    char datagram[MAX_BYTES] = {0};
    uint64_t start = now_us();
    for (uint32_t i = 0; i < datagrams; i++) {
        /* In small bursts, each at its time: to wait for each datagram would be too coarse. */
        if (i % BURST == 0) {
            uint64_t due = start + i * 1000000ULL / per_second;
            uint64_t now = now_us();
            if (due > now) {
                wait_us(due - now);
            }
        }
        memcpy(datagram, &i, sizeof i);
        if (send(descriptor, datagram, bytes, 0) < 0) {
            fail("send: %s", strerror(errno));
        }
    }
    double seconds = (double)(now_us() - start) / 1e6;
    wait_us(strtoul(arguments[5], NULL, 10) * 1000);
    printf("{\"sent\": %u, \"seconds\": %.6f}\n", datagrams, seconds);
    return 0;
}
