"""The client that keeps its connection open and sends what is typed: echo_client.py [HOST [PORT]]"""
import socket
import sys

host = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1"
port = int(sys.argv[2]) if len(sys.argv) > 2 else 5005
with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as s:
    s.connect((host, port))
    for line in sys.stdin:
        message = line.rstrip("\n")
        s.sendall(message.encode())
        print("Sent:", message, flush=True)
        print("Received:", s.recv(1024).decode(), flush=True)
