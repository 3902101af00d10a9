#!/usr/bin/env python3
"""serve.py [ROUNDS] [SECONDS]: see serve.sh."""
import collections
import json
import os
import pathlib
import random
import re
import shutil
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 3
SECONDS = float(sys.argv[2]) if len(sys.argv) > 2 else 3
shared = pathlib.Path("../shared/bench")
if not (shared / "wsload.c").exists():
    print("bench-serve: skipped, the load generator (../shared/bench) is not here")
    sys.exit(0)
work = pathlib.Path(tempfile.mkdtemp(prefix="balie-bench-"))
for name in ("Makefile", "wsload.c", "lws_echo.c"):
    shutil.copy(shared / name, work)
subprocess.run(["make", "-s", "-C", work, "wsload", "lws_echo"], check=True)


def one_frame(got, plainly_declined):
    """Is it answered in one frame? Behind the first of two the load would send its next message too early. A
    form, a sensitive topic and whatever is handed on have more. The number that the load puts behind each question
    moves the hunch a little, so what is near its bar is left out as well; and each is asked with a short and a long
    number."""
    near = any(float(w.rsplit(" ", 1)[1]) > 0.05 for w in got["why"] if re.match(r"reads like a sensitive topic: [\d.]+$", w))
    handed_on = got["outcome"] == "handoff" and got["text"] != plainly_declined
    return not near and not handed_on and got["outcome"] not in ("form", "sensitive")


def questions():
    """Real sentences, none of them a phrase of the cards; the load makes each unique."""
    known = set()
    for card in pathlib.Path("intents").glob("*.md"):
        known.update(line[2:].strip().lower() for line in card.read_text().splitlines() if line.startswith("- "))
    tsv = pathlib.Path("../shared/data/nlu/clinc150.train.tsv")
    lines = [r.split("\t")[2] for r in tsv.read_text().splitlines()[1:]]
    lines = [q for q in lines if q.lower() not in known]
    random.Random(1).shuffle(lines)
    kept = lines
    for number in (1136, 45109):
        asked = subprocess.run(["build/balie", "ask", "--json", "--why", "--config", settings, "--state", work / "ask"],
                               input="\n".join(f"{q} {number}" for q in kept), stdout=subprocess.PIPE, text=True,
                               check=True).stdout
        asked = [json.loads(got) for got in asked.splitlines()]
        declined = collections.Counter(got["text"] for got in asked if got["outcome"] == "handoff").most_common(1)[0][0]
        kept = [q for q, got in zip(kept, asked) if one_frame(got, declined)]
    file = work / "questions.txt"
    file.write_text("\n".join(kept) + "\n")
    return file


def port_free():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def start_echo():
    port = port_free()
    p = subprocess.Popen([work / "lws_echo", "-e", "ev", "-v", "-d", str(port)],
                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return p, port, None
        except OSError:
            time.sleep(0.01)


settings = work / "balie.yaml"
here = os.getcwd()
settings.write_text(f"""rate_per_minute: 0
log: error
intents: {here}/intents
knowledge: {here}/knowledge
people: {here}/adapters/hris/people.csv
balances: {here}/adapters/hris/balances.csv
""")
models = work / "models"


def start_balie():
    state = pathlib.Path(tempfile.mkdtemp(prefix="state-", dir=work))
    if (models / "content.db").exists():
        shutil.copy(models / "content.db", state)
    p = subprocess.Popen(["build/balie", "serve", "--config", settings, "--state", state, "--listen", "127.0.0.1:0"],
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    for line in p.stdout:
        if line.startswith("listening"):
            models.mkdir(exist_ok=True)
            shutil.copy(state / "content.db", models)
            return p, int(line.rsplit(":", 1)[1]), state
    sys.exit("balie did not start")


def stop(p):
    p.send_signal(signal.SIGTERM)
    p.wait(30)


def load(p, port, chat, *more):
    cmd = [work / "wsload", "-j", "-P", str(p.pid), "-f", qfile]
    if chat:
        cmd += ["-p", "/chat", "-s", "balie.v1", "-o", '{"type":"hello","token":"demo"}', "-g", '"welcome"',
                "-t", '{"type":"message","id":"m%d","text":"%s %d"}', "-m", '"type":"answer"']
    else:
        cmd += ["-t", '{"type":"message","id":"m%d","text":"%s %d"}', "-m", '"text"']
    out = subprocess.run([*map(str, cmd), *more, "127.0.0.1", str(port)], stdout=subprocess.PIPE, text=True).stdout
    return json.loads(out.splitlines()[-1])


def stored(state):
    db = sqlite3.connect(f"file:{state}/balie.db?mode=ro", uri=True)
    rows, repeated = db.execute("select count(*), count(*) - count(distinct conversation || ' ' || client_id) from turn").fetchone()
    return rows, repeated


qfile = questions()
servers = {"lws echo": (start_echo, False), "balie": (start_balie, True)}
runs = {name: {"busy": [], "paced": [], "idle": []} for name in servers}
checks = []
for r in range(ROUNDS):
    for name, (start, chat) in servers.items():
        p, port, state = start()
        busy = load(p, port, chat, "-n", "50", "-d", str(SECONDS), "-w", "1")
        paced = load(p, port, chat, "-n", "50", "-r", "1000", "-x", "-d", str(SECONDS), "-w", "1")
        idle = load(p, port, chat, "-n", "1000", "-a", "1", "-d", "1", "-w", "0", "-r", "1")
        stop(p)
        for kind, result in (("busy", busy), ("paced", paced), ("idle", idle)):
            runs[name][kind].append(result)
            if result["errors"]:
                checks.append(f"{name} {kind}: {result['errors']} errors, first: {result['first_error']}")
            if result["other"]:
                checks.append(f"{name} {kind}: {result['other']} frames that are no answer")
        if state:
            rows, repeated = stored(state)
            checks.append(f"balie round {r + 1}: {rows} turns stored, {repeated} twice")


def median(name, kind, key):
    return statistics.median(x[key] for x in runs[name][kind])


rows = [("busy", "server_cpu_us", "CPU us/message, 50 connections"), ("busy", "msgs_per_s", "messages/s"),
        ("busy", "p50_us", "p50 us"), ("busy", "p99_us", "p99 us"),
        ("paced", "p50_us", "p50 us at 1,000/s"), ("paced", "p99_us", "p99 us at 1,000/s"),
        ("paced", "server_cpu_us", "CPU us/message at 1,000/s"), ("idle", "kib_per_conn", "KiB per idle connection")]
print(f"{'medians of %d rounds' % ROUNDS:34}{'lws echo':>12}{'balie':>12}{'ratio':>8}")
for kind, key, label in rows:
    a, b = median("lws echo", kind, key), median("balie", kind, key)
    print(f"{label:34}{a:12.1f}{b:12.1f}{b / a if a else 0:8.2f}")
print("\n".join(checks))
shutil.rmtree(work)
