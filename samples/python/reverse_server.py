"""[S] of the reverse exercise: each string comes back reversed, its case swapped."""
import socket
import sys

port = int(sys.argv[1]) if len(sys.argv) > 1 else 5005
out_name = sys.argv[2] if len(sys.argv) > 2 else "out-proj.txt"

ss = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
print("[S]: Server socket created", flush=True)
ss.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
ss.bind(("127.0.0.1", port))
ss.listen(1)
host = socket.gethostname()
print("[S]: Server host name is {}".format(host), flush=True)
print("[S]: Server IP address is {}".format(socket.gethostbyname(host)), flush=True)
print("ready: listening on {}".format(ss.getsockname()), file=sys.stderr, flush=True)

csockid, addr = ss.accept()
print("[S]: Got a connection request from a client at {}".format(addr), flush=True)
csockid.send(b'Welcome to CS 352!')
with open(out_name, "w", encoding="utf-8", newline="") as out:
    while True:
        data = csockid.recv(1024)
        if not data:
            break
        reply = data.decode("utf-8")[::-1].swapcase()
        out.write(reply + "\n")
        out.flush()
        csockid.send(reply.encode("utf-8"))
csockid.close()
ss.close()
