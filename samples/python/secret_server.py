"""A message with SECRET in it is answered with its digits: secret_server.py [PORT]"""
import socket
import sys

port = int(sys.argv[1]) if len(sys.argv) > 1 else 5005
server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("127.0.0.1", port))
server.listen(1)
print("ready: listening on {}".format(server.getsockname()), file=sys.stderr, flush=True)
while True:
    connection, address = server.accept()
    message = connection.recv(1024).decode("utf-8")
    print("Received:", message, flush=True)
    if "SECRET" in message:
        digits = [c for c in message if c in "0123456789"]
        words = ["Digits:"] + (["".join(digits)] if digits else []) + ["Count:", str(len(digits))]
        reply = " ".join(words)
    else:
        reply = "Secret code not found."
    print("Sent:", reply, flush=True)
    connection.send(reply.encode("utf-8"))
    connection.close()
