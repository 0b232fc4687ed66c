"""The capitalising server of the textbook: one message per connection, for ever."""
from socket import socket, AF_INET, SOCK_STREAM, SOL_SOCKET, SO_REUSEADDR
import sys

serverPort = int(sys.argv[1]) if len(sys.argv) > 1 else 13000
serverSocket = socket(AF_INET, SOCK_STREAM)
serverSocket.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
serverSocket.bind(("127.0.0.1", serverPort))
serverSocket.listen(1)
print("The server is ready to receive", flush=True)
print("ready: listening on {}".format(serverSocket.getsockname()), file=sys.stderr, flush=True)
while True:
    connectionSocket, addr = serverSocket.accept()
    sentence = connectionSocket.recv(1024).decode()
    capitalizedSentence = sentence.upper()
    print("sending", capitalizedSentence, flush=True)
    print("to", addr, flush=True)
    connectionSocket.send(capitalizedSentence.encode())
    connectionSocket.close()
