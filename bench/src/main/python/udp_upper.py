#!/usr/bin/env python3
"""A peer of the udp suite: the lab sheet's server, without its printing."""
import socket
import sys

with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
    server.bind(("127.0.0.1", int(sys.argv[1])))
    print("ready: listening on", server.getsockname(), file=sys.stderr, flush=True)
    while True:
        message, client = server.recvfrom(65535)
        server.sendto(message.upper(), client)
