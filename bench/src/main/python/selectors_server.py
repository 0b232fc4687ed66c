"""What the peers in Python share: a TCP server as the selectors module's documentation shows it."""
import selectors
import socket
import sys


def serve(port, session):
    """Serves 127.0.0.1 until it is killed.

    session() is called for each client and returns what answers it: a function from the bytes
    received to the bytes to send. It waits where a client takes no replies.
    """
    selector = selectors.DefaultSelector()

    def accept(listener):
        client, _ = listener.accept()
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        answer = session()
        selector.register(client, selectors.EVENT_READ, lambda: receive(client, answer))

    def receive(client, answer):
        try:
            received = client.recv(65536)
            if received:
                client.sendall(answer(received))
                return
        except OSError:
            pass
        selector.unregister(client)
        client.close()

    with socket.create_server(("127.0.0.1", port), backlog=4096) as server:
        server.setblocking(False)
        selector.register(server, selectors.EVENT_READ, lambda: accept(server))
        print("ready: listening on", server.getsockname(), file=sys.stderr, flush=True)
        while True:
            for key, _ in selector.select():
                key.data()
