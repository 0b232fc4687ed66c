"""An echo server that changes one letter."""
import socket
import sys

with socket.create_server(("127.0.0.1", 0)) as server:
    print("ready: listening on", server.getsockname(), file=sys.stderr, flush=True)
    client, _ = server.accept()
    while True:
        client.sendall(client.recv(65536).replace(b"x", b"y", 1))
