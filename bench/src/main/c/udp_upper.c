/* The yardstick of the udp suite: recvfrom(2), toupper(3), sendto(2), one socket, one thread.

       udp_upper <port> */
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

int main(int count, char **arguments) {
    static char datagram[65536];
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t length = sizeof address;
    address.sin_port = htons((uint16_t)(count > 1 ? atoi(arguments[1]) : 0));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, length) != 0
        || getsockname(fd, (struct sockaddr *)&address, &length) != 0) {
        fprintf(stderr, "error: bind: %s\n", strerror(errno));
        return 1;
    }
    fprintf(stderr, "ready: listening on ('127.0.0.1', %d)\n", ntohs(address.sin_port));
    for (;;) {
        struct sockaddr_in client;
        socklen_t client_length = sizeof client;
        ssize_t size = recvfrom(fd, datagram, sizeof datagram, 0, (struct sockaddr *)&client, &client_length);
        for (ssize_t i = 0; i < size; i++) {
            datagram[i] = (char)toupper((unsigned char)datagram[i]);
        }
        if (size >= 0) {
            sendto(fd, datagram, (size_t)size, 0, (struct sockaddr *)&client, client_length);
        }
    }
}
