"""[C] of the reverse exercise: reverse_client.py HOST PORT (STRING... | --in FILE)"""
import socket
import sys

host, port, messages = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
if messages[:1] == ["--in"]:
    with open(messages[1], encoding="utf-8") as source:
        messages = [line.rstrip("\n") for line in source]

cs = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
print("[C]: Client socket created", flush=True)
cs.connect((host, port))
data_from_server = cs.recv(100)
print("[C]: Data received from server: {}".format(data_from_server.decode("utf-8")), flush=True)
for message in messages:
    cs.send(message.encode("utf-8"))
    print("[C]: Data sent to server: {}".format(message), flush=True)
    reply = cs.recv(1024)
    print("[C]: Data received from server: {}".format(reply.decode("utf-8")), flush=True)
cs.close()
