"""An echo server that changes one byte: the one in place argv[1]."""
import socket
import sys

wrong = int(sys.argv[1])
with socket.create_server(("127.0.0.1", 0)) as server:
    print("ready: listening on", server.getsockname(), file=sys.stderr, flush=True)
    client, _ = server.accept()
    echoed = 0
    while received := bytearray(client.recv(65536)):
        if echoed <= wrong < echoed + len(received):
            received[wrong - echoed] ^= 1
        echoed += len(received)
        client.sendall(received)
