"""Stores what one client sends until it closes: file_server.py [PORT [FILE [ADDRESS]]]
With --send in front: gives FILE to one client instead."""
import socket
import sys

args = sys.argv[1:]
sends = "--send" in args
if sends:
    args.remove("--send")
port = int(args[0]) if len(args) > 0 else 5006
name = args[1] if len(args) > 1 else "received.bin"
address = args[2] if len(args) > 2 else "127.0.0.1"

with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as s:
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind((address, port))
    s.listen(1)
    print("ready: listening on {}".format(s.getsockname()), file=sys.stderr, flush=True)
    conn, addr = s.accept()
    print("Connected:", addr, flush=True)
    with conn:
        if sends:
            with open(name, "rb") as file:
                conn.sendall(file.read())
            print("Sent:", name, flush=True)
        else:
            with open(name, "wb") as file:
                while True:
                    data = conn.recv(1024)
                    if not data:
                        break
                    file.write(data)
            print("Received:", name, flush=True)
