#!/usr/bin/env python3
"""Makes a folder of cards from a table of phrases (split, intent, text; tab-separated).

    cards_from_tsv.py TABLE.tsv FOLDER [LANGUAGE]

One card per intent with its phrases under "Say"; the intent "oos" becomes the card "none".
Card ids take letters, digits, '.', '-' and '_': other characters of a label become
'-'; FOLDER/labels.tsv keeps which label each id stands for.
"""
import re
import sys
from pathlib import Path


def card_id(label, taken):
    """A free card id that looks like the label."""
    if label == "oos":
        return "none"
    base = re.sub(r"[^A-Za-z0-9._-]+", "-", label).strip(".-_") or "card"
    if not base[0].isalpha():
        base = "c-" + base
    found, n = base, 2
    while found in taken or found == "none":
        found, n = f"{base}-{n}", n + 1
    return found


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    table, folder = Path(sys.argv[1]), Path(sys.argv[2])
    language = sys.argv[3] if len(sys.argv) > 3 else "en"
    phrases, ids = {}, {}
    for row in table.read_text(encoding="utf-8").splitlines()[1:]:
        parts = row.split("\t")
        if len(parts) < 3 or not parts[2].strip():
            continue
        phrases.setdefault(parts[1], []).append(" ".join(parts[2].split()))
    for label in phrases:
        ids[label] = card_id(label, set(ids.values()))
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "cards.md", "w", encoding="utf-8") as out:
        for label, texts in phrases.items():
            out.write(f"# {ids[label]}\n\n## Say {language}\n")
            out.writelines(f"- {t}\n" for t in dict.fromkeys(texts))
            if label != "oos":
                out.write(f"\n## Answer {language}\n{label}\n")
            out.write("\n")
    with open(folder / "labels.tsv", "w", encoding="utf-8") as out:
        out.writelines(f"{ids[label]}\t{label}\n" for label in phrases)


main()
