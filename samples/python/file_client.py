"""Sends a file's bytes and closes: file_client.py HOST PORT FILE
With --receive in front: stores what the server sends until it closes instead."""
import socket
import sys

args = sys.argv[1:]
receives = "--receive" in args
if receives:
    args.remove("--receive")
host, port, name = args[0], int(args[1]), args[2]

with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as s:
    s.connect((host, port))
    if receives:
        with open(name, "wb") as file:
            while True:
                data = s.recv(1024)
                if not data:
                    break
                file.write(data)
        print("Received:", name, flush=True)
    else:
        with open(name, "rb") as file:
            s.sendall(file.read())
        print("Sent:", name, flush=True)
