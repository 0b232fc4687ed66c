"""The echo server with a thread for each client: threaded_server.py [PORT [ADDRESS]]"""
import socket
import sys
import threading

port = int(sys.argv[1]) if len(sys.argv) > 1 else 5005
address = sys.argv[2] if len(sys.argv) > 2 else "0.0.0.0"


def serve(conn, addr):
    name = threading.current_thread().name
    print("[{}]: Connected: {}".format(name, addr), flush=True)
    with conn:
        while True:
            data = conn.recv(1024)
            if not data:
                break
            print("[{}]: Received from {}: {}".format(name, addr, data.decode()), flush=True)
            conn.sendall(data)
    print("[{}]: Closed: {}".format(name, addr), flush=True)


with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as s:
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind((address, port))
    s.listen()
    print("ready: listening on {}".format(s.getsockname()), file=sys.stderr, flush=True)
    number = 0
    while True:
        conn, addr = s.accept()
        number += 1
        threading.Thread(target=serve, args=(conn, addr), name="thread-{}".format(number), daemon=True).start()
