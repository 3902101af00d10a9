#!/usr/bin/env python3
"""sensitive.py [-v] FILE...: recall and false alarms of build/balie on question sets.

A file with a column gold_article is a handbook's."""
import json
import subprocess
import sys


def ask(questions):
    text = "\n".join(questions) + "\n"
    done = subprocess.run(["build/balie", "ask", "--json"], input=text, capture_output=True, text=True, check=True)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == len(questions), done.stderr[-500:]
    return answers


# Questions of the handbooks in which somebody tells of such a thing, sexist jokes of a
# coworker for one: an alarm is right.
TOLD = {"a052", "a112", "c079", "c080"}


def handbook(name, rows, verbose):
    """A handbook's questions: but for a few, nothing in them is told."""
    alarms = [(r, a) for r, a in zip(rows, ask([r[2] for r in rows])) if a["outcome"] == "sensitive"]
    false = [a for r, a in alarms if r[0] not in TOLD]
    told = sum(r[0] in TOLD for r in rows)
    print(f"{name}: told {len(alarms) - len(false)}/{told}, false alarms {len(false)}/{len(rows) - told}")
    for answer in false if verbose else []:
        print(f"  alarm ({answer['intent']}): {answer['question']}")


def main():
    verbose = "-v" in sys.argv
    for name in [a for a in sys.argv[1:] if a != "-v"]:
        with open(name, encoding="utf-8") as f:
            head, *rows = [line.rstrip("\n").split("\t") for line in f]
        if "gold_article" in head:
            handbook(name, rows, verbose)
            continue
        pairs = list(zip(rows, ask([r[3] for r in rows])))
        told = [p for p in pairs if p[0][2] == "sensitive"]
        plain = [p for p in pairs if p[0][2] != "sensitive"]
        missed = [p for p in told if p[1]["outcome"] != "sensitive"]
        alarms = [p for p in plain if p[1]["outcome"] == "sensitive"]
        asked = sum(p[1]["intent"] == "sensitive.unsure" for p in alarms)
        print(f"{name}: recall {len(told) - len(missed)}/{len(told)} = {1 - len(missed) / len(told):.3f}, "
              f"false alarms {len(alarms)}/{len(plain)} = {len(alarms) / len(plain):.3f} "
              f"({asked} of them only ask)")
        if verbose:
            for row, answer in missed:
                print(f"  missed ({row[4]}): {row[3]}")
            for row, answer in alarms:
                print(f"  alarm ({answer['intent']}): {row[3]}")


main()
