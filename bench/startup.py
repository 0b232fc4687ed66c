#!/usr/bin/env python3
"""How long a student waits: whole-process time of one request against a running server, in turn in one run.

    bench/startup.py [--rounds N] [--json FILE] [JAVA_HOME ...]

Per JDK (without any: the default java): a bare JVM hello world, `java -jar` of the lab, `./lab`; and the Python client
once. Every round runs each of them once, one after the other, so that a slow moment of the machine hits all alike.
The ratio is to the hello world of the same JDK, of the medians. Build first: mvn package.
"""
import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time

HOME = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
JAR = os.path.join(HOME, "lab-tcp-echo", "target", "lab-tcp-echo.jar")
HELLO = 'public class Hello { public static void main(String[] args) { System.out.println("hello"); } }'
REQUEST = ["client", "--exercise", "echo", "--port"]


def java_home():
    java = subprocess.run(["java", "-XshowSettings:properties", "-version"], capture_output=True, text=True, check=True)
    return re.search(r"java\.home = (.*)", java.stderr).group(1)


def version(home):
    with open(os.path.join(home, "release"), encoding="utf-8") as release:
        return re.search(r'^JAVA_VERSION="(.*)"', release.read(), re.MULTILINE).group(1)


def timed(command, environment):
    start = time.perf_counter()
    done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=True)
    elapsed = time.perf_counter() - start
    if b"hello" not in done.stdout:
        sys.exit("no reply from " + " ".join(command))
    return elapsed * 1000


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=20)
    arguments.add_argument("--json", metavar="FILE")
    arguments.add_argument("java_home", nargs="*")
    given = arguments.parse_args()
    if not os.path.exists(JAR):
        sys.exit("error: " + JAR + " is not built: mvn package")

    with tempfile.TemporaryDirectory() as scratch:
        # A pause of 1 ms ends the newline-less message of the Python client.
        server = subprocess.Popen(
            ["java", "-jar", JAR, "server", "--exercise", "echo", "--port", "0", "--quiet", "--quiet-period", "1ms"],
            stderr=subprocess.PIPE, text=True)
        try:
            port = re.search(r", (\d+)\)", server.stderr.readline()).group(1)
            contestants = []
            for home in given.java_home or [java_home()]:
                java = os.path.join(home, "bin", "java")
                classes = os.path.join(scratch, version(home))
                os.makedirs(classes)
                with open(os.path.join(classes, "Hello.java"), "w", encoding="utf-8") as source:
                    source.write(HELLO)
                subprocess.run([os.path.join(home, "bin", "javac"), os.path.join(classes, "Hello.java")], check=True)
                environment = dict(os.environ, JAVA_HOME=home)
                name = "JDK " + version(home)
                hello = len(contestants)
                contestants += [
                    (name + ", hello world", [java, "-cp", classes, "Hello"], environment, hello),
                    (name + ", java -jar", [java, "-jar", JAR] + REQUEST + [port, "hello"], environment, hello),
                    (name + ", ./lab", [os.path.join(HOME, "lab"), "tcp-echo"] + REQUEST + [port, "hello"], environment, hello),
                ]
            python = [os.path.join(HOME, "samples", "python", "secret_client.py"), "127.0.0.1", port, "hello"]
            contestants.append(("Python client", ["/usr/bin/python3"] + python, dict(os.environ), 0))

            for _, command, environment, _ in contestants:  # warms the page cache, makes ./lab's archives
                timed(command, environment)
            times = [[] for _ in contestants]
            for _ in range(given.rounds):
                for taken, (_, command, environment, _) in zip(times, contestants):
                    taken.append(timed(command, environment))
        finally:
            server.terminate()
            server.wait()

    medians = [statistics.median(taken) for taken in times]
    results = []
    print("%-28s %10s %22s %8s" % ("", "median ms", "10th..90th percentile", "ratio"))
    for (name, _, _, hello), taken, median in zip(contestants, times, medians):
        taken.sort()
        low, high = taken[len(taken) // 10], taken[-1 - len(taken) // 10]
        print("%-28s %10.1f %13.1f .. %5.1f %8.2f" % (name, median, low, high, median / medians[hello]))
        results.append({"name": name, "median_ms": median, "p10_ms": low, "p90_ms": high, "ratio": median / medians[hello]})
    if given.json:
        with open(given.json, "w", encoding="utf-8") as report:
            json.dump({"rounds": given.rounds, "results": results}, report, indent=2)


main()
