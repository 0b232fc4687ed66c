"""The web server with a thread for each client, the lab sheet's optional exercise: web_server_threads.py [PORT]

It serves the folder that it is started in."""
from socket import socket, AF_INET, SOCK_STREAM, SOL_SOCKET, SO_REUSEADDR
import sys
import threading


def serve(connectionSocket):
    try:
        message = connectionSocket.recv(1024).decode()
        filename = message.split()[1]
        with open(filename[1:], "rb") as f:
            outputdata = f.read()
        connectionSocket.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        connectionSocket.sendall(outputdata)
    except IOError:
        connectionSocket.sendall(b"HTTP/1.1 404 Not Found\r\n\r\n")
        connectionSocket.sendall(b"<html><head></head><body><h1>404 Not Found</h1></body></html>\r\n")
    connectionSocket.close()


serverPort = int(sys.argv[1]) if len(sys.argv) > 1 else 6789
serverSocket = socket(AF_INET, SOCK_STREAM)
serverSocket.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
serverSocket.bind(("127.0.0.1", serverPort))
serverSocket.listen()
print("ready: listening on {}".format(serverSocket.getsockname()), file=sys.stderr, flush=True)
while True:
    print("Ready to serve...", flush=True)
    connectionSocket, addr = serverSocket.accept()
    threading.Thread(target=serve, args=(connectionSocket,), daemon=True).start()
