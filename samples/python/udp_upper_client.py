"""The client of the textbook's capitalising server over UDP: udp_upper_client.py [HOST [PORT [--loop]]]"""
from socket import socket, AF_INET, SOCK_DGRAM
import sys

serverName = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1"
serverPort = int(sys.argv[2]) if len(sys.argv) > 2 else 12000
loop = "--loop" in sys.argv
clientSocket = socket(AF_INET, SOCK_DGRAM)
message = input("Input lowercase sentence: ")
while True:
    clientSocket.sendto(message.encode(), (serverName, serverPort))
    modifiedMessage, serverAddress = clientSocket.recvfrom(2048)
    print(modifiedMessage.decode())
    print("received from", serverAddress, flush=True)
    if not loop:
        break
    message = input('Type lowercase sentence (or "quit" to exit): ')
    if message == "quit":
        break
clientSocket.close()
