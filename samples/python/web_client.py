"""The client of the lab sheet's web server, its other optional exercise: web_client.py HOST PORT FILENAME

It sends one GET and prints all that comes until the server closes."""
from socket import socket, AF_INET, SOCK_STREAM
import sys

serverHost, serverPort, filename = sys.argv[1], int(sys.argv[2]), sys.argv[3]
clientSocket = socket(AF_INET, SOCK_STREAM)
clientSocket.connect((serverHost, serverPort))
request = "GET /{} HTTP/1.1\r\nHost: {}:{}\r\nConnection: close\r\n\r\n".format(filename, serverHost, serverPort)
clientSocket.sendall(request.encode())
while True:
    data = clientSocket.recv(1024)
    if not data:
        break
    sys.stdout.buffer.write(data)
    sys.stdout.flush()
clientSocket.close()
