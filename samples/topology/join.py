"""join.py PID COMMAND...: runs a command in the user and mount namespaces of a process of ours, with every right there.

As nsenter --user --mount --keep-caps does, which is new in util-linux 2.40.
"""
import ctypes
import os
import struct
import sys

libc = ctypes.CDLL(None, use_errno=True)
CLONE_NEWNS, CLONE_NEWUSER, CLONE_NEWNET = 0x00020000, 0x10000000, 0x40000000
CAPABILITY_VERSION_3 = 0x20080522
PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE = 47, 2


def check(result, what):
    if result != 0:
        number = ctypes.get_errno()
        raise SystemExit("error: %s: %s" % (what, os.strerror(number)))


def main(pid, command):
    files = [(open("/proc/%s/ns/%s" % (pid, name)), kind, name) for name, kind in NAMESPACES]
    for file, kind, name in files:
        check(libc.setns(file.fileno(), kind), "cannot join the %s namespace of process %s" % (name, pid))
    # Inheritable as well as permitted, and then ambient: so that they outlive exec.
    header = struct.pack("<Ii", CAPABILITY_VERSION_3, 0)
    data = ctypes.create_string_buffer(24)
    check(libc.capget(header, data), "capget")
    words = list(struct.unpack("<6I", data.raw))
    words[2], words[5] = words[1], words[4]
    check(libc.capset(header, struct.pack("<6I", *words)), "capset")
    for capability in range(64):
        if words[1 + 3 * (capability // 32)] >> capability % 32 & 1:
            check(libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0), "prctl")
    os.execvp(command[0], command)


NAMESPACES = (("user", CLONE_NEWUSER), ("mnt", CLONE_NEWNS), ("net", CLONE_NEWNET))

if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
