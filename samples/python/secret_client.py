"""Sends its words as one message: secret_client.py HOST PORT WORD..."""
import socket
import sys

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((sys.argv[1], int(sys.argv[2])))
message = " ".join(sys.argv[3:])
client.send(message.encode("utf-8"))
print("Sent:", message, flush=True)
print("Received:", client.recv(1024).decode("utf-8"), flush=True)
client.close()
