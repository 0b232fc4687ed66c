#!/usr/bin/env python3
"""A peer of the echo suite: the selectors module as its documentation shows it, bytes back as they come."""
import selectors
import socket
import sys


def accept(listener):
    client, _ = listener.accept()
    client.setblocking(False)
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    selector.register(client, selectors.EVENT_READ, echo)


def echo(client):
    try:
        received = client.recv(65536)
        if received:
            # One message per client is on its way: it always fits the send buffer.
            client.send(received)
            return
    except BlockingIOError:
        return
    except OSError:
        pass
    selector.unregister(client)
    client.close()


selector = selectors.DefaultSelector()
with socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=4096) as server:
    server.setblocking(False)
    selector.register(server, selectors.EVENT_READ, accept)
    print("ready: listening on", server.getsockname(), file=sys.stderr, flush=True)
    while True:
        for key, _ in selector.select():
            key.data(key.fileobj)
