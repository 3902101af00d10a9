#!/usr/bin/env python3
"""Reads every #include of ours: a file includes its own folder and lower layers only;
folders of one layer do not see each other; libraries stay behind their door; only
bot/main.c may include adapters."""
import pathlib
import re
import sys

LAYER = {"base": 0, "text": 1, "net": 1, "store": 1, "content": 2, "rest": 2, "nlu": 3,
         "search": 3, "dialogue": 4, "app": 5, "adapters": 6, "cli": 7}
DOORS = {"libwebsockets.h": "net", "ev.h": "net", "curl/curl.h": "net", "yaml.h": "base",
         "cmark-gfm.h": "content", "pcre2.h": "nlu", "linear.h": "nlu"}
bad = []
for file in sorted([*pathlib.Path("bot").rglob("*.[ch]"), *pathlib.Path("adapters").rglob("*.[ch]")]):
    home = "adapters" if file.parts[0] == "adapters" else file.parts[1] if len(file.parts) > 2 else "main"
    for n, line in enumerate(file.read_text().splitlines(), 1):
        m = re.match(r'#include ["<]([^">]+)[">]', line)
        if not m:
            continue
        path = m.group(1)
        if path in DOORS and home not in (DOORS[path], "main"):
            bad.append(f"{file}:{n}: {path} is for bot/{DOORS[path]} alone")
        folder = path.split("/")[0]
        if line.startswith("#include <") or folder not in LAYER or home == "main":
            continue
        if folder == "adapters" and home == "adapters":
            continue
        if folder != home and LAYER[folder] >= LAYER[home]:
            bad.append(f"{file}:{n}: {home} (layer {LAYER[home]}) includes {path} (layer {LAYER[folder]})")
print("\n".join(bad) or "layers: clean")
sys.exit(bool(bad))
