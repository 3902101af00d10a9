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


def handbook(name, rows, verbose):
    """A handbook's questions: nothing in them is told."""
    alarms = [a for a in ask([r[2] for r in rows]) if a["outcome"] == "sensitive"]
    print(f"{name}: false alarms {len(alarms)}/{len(rows)}")
    for answer in alarms if verbose else []:
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
