#!/usr/bin/env python3
"""A peer of the transfer suite: a file's bytes until the end of the stream, through one buffer of 1 MiB.

file_transfer.py 0 receive FILE     writes what one client sends into FILE, in place
file_transfer.py PORT send FILE     sends FILE to a receiver on this host
"""
import os
import socket
import sys


def receive(port, name):
    with socket.create_server(("127.0.0.1", port)) as server:
        print("ready: listening on", server.getsockname(), file=sys.stderr, flush=True)
        client, _ = server.accept()
        # Not "wb", which would cut an existing file off first.
        with client, open(os.open(name, os.O_WRONLY | os.O_CREAT, 0o644), "wb", buffering=0) as file:
            while count := client.recv_into(buffer):
                at = 0
                while at < count:
                    at += file.write(buffer[at:count])


def send(port, name):
    with socket.create_connection(("127.0.0.1", port)) as server, open(name, "rb", buffering=0) as file:
        while count := file.readinto(buffer):
            server.sendall(buffer[:count])


buffer = memoryview(bytearray(1 << 20))
{"receive": receive, "send": send}[sys.argv[2]](int(sys.argv[1]), sys.argv[3])
