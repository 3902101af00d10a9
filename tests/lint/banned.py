#!/usr/bin/env python3
"""Functions that are not used here, functions over 60 lines, files over 600, writable state
at file scope (by its declaration), and marks of unfinished work."""
import pathlib
import re
import sys

BANNED = re.compile(r"\b(strcpy|strcat|sprintf|vsprintf|strtok|atoi|atol|gets|alloca|system|popen)\s*\(")
MARKS = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
bad = []
for file in sorted(pathlib.Path(p) for root in ("bot", "adapters", "tests")
                   for p in pathlib.Path(root).rglob("*.[ch]")):
    lines = file.read_text().splitlines()
    if len(lines) > (800 if file.parts[0] == "tests" else 600):
        bad.append(f"{file}: {len(lines)} lines; 600 at most")
    start = None
    for n, line in enumerate(lines, 1):
        code = re.sub(r'"(\\.|[^"\\])*"', '""', re.sub(r"/\*.*?\*/|//.*", "", line))
        if file.parts[0] != "tests" and (m := BANNED.search(code)):
            bad.append(f"{file}:{n}: {m.group(1)} is banned")
        if MARKS.search(line):
            bad.append(f"{file}:{n}: unfinished")
        if file.suffix == ".c" and file.parts[0] != "tests" and re.match(
                r"static (?!const\b|inline\b|_Atomic\b|MUST_USE\b)[\w ]+\*? ?\*?\w+(\[[^]]*\])?( = .*)?;$", line) \
                and "(" not in line and " const " not in line:
            bad.append(f"{file}:{n}: writable state at file scope")
        if line == "{":
            start = n
        elif line == "}" and start:
            if n - start - 1 > 60:
                bad.append(f"{file}:{start}: a function of {n - start - 1} lines; 60 at most")
            start = None
print("\n".join(bad) or "banned words, sizes, state: clean")
sys.exit(bool(bad))
