#!/usr/bin/env python3
"""live.py FOLDER [ARTICLES]: how soon an edit is answered, and what the daemon weighs.

Starts `balie serve` with a folder of 10,000 articles of about 7 KiB made of the sections of
FOLDER's, shuffled, one word in fifty a made-up one; asks over the WebSocket, edits one file and
asks until the new section is answered or offered. The time counts from the closing of the file and includes
the 80 ms of quiet that an edit of one file waits for. Memory is the process's (VmRSS, VmHWM).
"""
import base64
import json
import os
import pathlib
import random
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time

FOLDER = pathlib.Path(sys.argv[1])
ARTICLES = int(sys.argv[2]) if len(sys.argv) > 2 else 10000
ROUNDS, SIZE = 5, 6800
here = os.getcwd()


def made_up(rng):
    return "".join(rng.choice("bcdfgklmnprstvwz") + rng.choice("aeiou") for _ in range(rng.randint(3, 4)))


def make_folder(knowledge):
    """Articles as files; returns their paths."""
    rng = random.Random(5)
    pool = [made_up(rng) for _ in range(50000)]
    sections = [s for f in sorted(FOLDER.rglob("*.md")) for s in re.split(r"(?m)^(?=#{1,3} )", f.read_text(errors="replace"))
                if s.startswith("#") and len(s) < 6000]
    paths = []
    for i in range(ARTICLES):
        text, n = [f"# {rng.choice(pool).capitalize()} {rng.choice(pool)}\n"], 0
        while n < SIZE:
            words = re.sub(r"^#+ ", "## ", rng.choice(sections)).split(" ")
            text.append(" ".join(rng.choice(pool) if w.isalpha() and rng.random() < 0.02 else w for w in words))
            n += len(text[-1])
        path = knowledge / "en" / f"d{i % 100:02}" / f"a{i:05}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(text) + "\n")
        paths.append(path)
    return paths


class Chat:
    """Just enough of RFC 6455 for one well-behaved server."""

    def __init__(self, port):
        self.sock = socket.create_connection(("127.0.0.1", port), 30)
        key = base64.b64encode(os.urandom(16)).decode()
        self.sock.sendall(f"GET /chat HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                          f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
                          f"Sec-WebSocket-Protocol: balie.v1\r\n\r\n".encode())
        self.data = b""
        while b"\r\n\r\n" not in self.data:
            self.more()
        head, self.data = self.data.split(b"\r\n\r\n", 1)
        assert b" 101 " in head.split(b"\r\n")[0], head
        self.n = 0
        self.send({"type": "hello", "token": "demo", "language": "en"})
        self.until("welcome")

    def more(self):
        got = self.sock.recv(65536)
        assert got, "balie closed the connection"
        self.data += got

    def send(self, frame):
        raw, mask = json.dumps(frame).encode(), os.urandom(4)
        head = struct.pack("!BB", 0x81, 0x80 | len(raw)) if len(raw) < 126 else struct.pack("!BBH", 0x81, 0xFE, len(raw))
        self.sock.sendall(head + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(raw)))

    def take(self, n):
        while len(self.data) < n:
            self.more()
        got, self.data = self.data[:n], self.data[n:]
        return got

    def receive(self):
        text = b""
        while True:
            a, n = self.take(2)
            n = struct.unpack("!H", self.take(2))[0] if n == 126 else struct.unpack("!Q", self.take(8))[0] if n == 127 else n
            part = self.take(n)
            if a & 0x0F in (0, 1):
                text += part
                if a & 0x80:
                    return json.loads(text)

    def until(self, kind):
        while True:
            frame = self.receive()
            assert frame["type"] != "error", frame
            if frame["type"] == kind:
                return frame

    def ask(self, text):
        self.n += 1
        self.send({"type": "message", "id": f"m{self.n}", "text": text})
        while True:
            frame = self.until("answer")
            if frame.get("reply_to") == f"m{self.n}":
                return frame


def memory(pid, name):
    return int(re.search(rf"{name}:\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text()).group(1)) / 1024


def cpu_ms(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * 1000 // os.sysconf("SC_CLK_TCK")


def one_edit(chat, path, rng, pid):
    """Seconds until the new text is answered; the slowest answer and the most memory meanwhile."""
    animal = made_up(rng) + "xq"  # no word of the folder
    with open(path, "a") as f:
        f.write(f"\n## Keeping a {animal}\nA {animal} may stay in the aquarium of the canteen.\n")
    t0, slowest, most = time.monotonic(), 0, 0
    while True:
        asked = time.monotonic()
        answer = chat.ask(f"may I keep a {animal} in the aquarium")
        slowest = max(slowest, time.monotonic() - asked)
        most = max(most, memory(pid, "VmRSS"))
        if f"Keeping a {animal}" in json.dumps(answer):  # its source, or its button
            return time.monotonic() - t0, slowest, most
        if time.monotonic() - t0 > 60:
            sys.exit("the edit was not answered within a minute")
        time.sleep(0.01)


def measure(work):
    knowledge = work / "knowledge"
    paths = make_folder(knowledge)
    size = sum(p.stat().st_size for p in paths) / 2**20
    settings = work / "balie.yaml"
    settings.write_text(f"rate_per_minute: 0\nlog: error\nintents: {here}/intents\nknowledge: {knowledge}\n"
                        f"people: {here}/adapters/hris/people.csv\nbalances: {here}/adapters/hris/balances.csv\n")
    for start in ("first start", "later start"):
        t0 = time.monotonic()
        p = subprocess.Popen(["build/balie", "serve", "--config", settings, "--state", work / "state", "--listen", "127.0.0.1:0"],
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            line = next((x for x in p.stdout if x.startswith("listening")), None)
            if not line:
                sys.exit("balie did not start")
            took, cpu = time.monotonic() - t0, cpu_ms(p.pid) / 1000
            chat = Chat(int(line.rsplit(":", 1)[1]))
            chat.ask("how many vacation days do I get")
            print(f"{start}: {len(paths)} articles, {size:.1f} MiB; listening after {took:.1f} s ({cpu:.1f} s of CPU); "
                  f"{memory(p.pid, 'VmRSS'):.0f} MiB, at most {memory(p.pid, 'VmHWM'):.0f} MiB")
            if start == "later start":
                rng = random.Random(9)
                for i in range(ROUNDS):
                    time.sleep(1)
                    before, cpu = memory(p.pid, "VmRSS"), cpu_ms(p.pid)
                    took, slowest, most = one_edit(chat, paths[rng.randrange(len(paths))], rng, p.pid)
                    print(f"one edit: answered after {took * 1000:.0f} ms ({cpu_ms(p.pid) - cpu} of CPU); slowest answer meanwhile {slowest * 1000:.0f} ms; "
                          f"{before:.0f} MiB before, at most {most:.0f} MiB")
                time.sleep(2)
                print(f"two seconds later: {memory(p.pid, 'VmRSS'):.0f} MiB")
        finally:
            p.send_signal(signal.SIGTERM)
            p.wait(30)


if not FOLDER.is_dir():
    print(f"skipped: no folder {FOLDER}")
    sys.exit(0)
scratch = pathlib.Path(tempfile.mkdtemp(prefix="balie-live-"))
try:
    measure(scratch)
finally:
    shutil.rmtree(scratch)
