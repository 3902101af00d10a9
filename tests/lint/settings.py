#!/usr/bin/env python3
"""Every setting of the table (bot/app/settings.c) stands in the example settings, and no other."""
import pathlib
import re
import sys

table = set(re.findall(r'^    \{"([a-z_]+)", KIND_', pathlib.Path("bot/app/settings.c").read_text(), re.M))
example = pathlib.Path("adapters/balie.example.yaml").read_text()
written = set(re.findall(r"^#? ?([a-z_]+):", example, re.M))
bad = [f"adapters/balie.example.yaml: {k} is missing" for k in sorted(table - written)]
bad += [f"adapters/balie.example.yaml: {k} is no setting" for k in sorted(written - table)]
print("\n".join(bad) or "settings: all documented")
sys.exit(bool(bad))
