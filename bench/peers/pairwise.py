"""Two texts through one other tool: `pairwise.py TOOL FILE` reads {old, new} as JSON, prints one JSON line.

Runs in the environment of the tool, so it imports nothing of ours.
"""

from __future__ import annotations

import json
import re
import resource
import sys
from pathlib import Path

TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
WORD = re.compile(r"\w+")


def spent():
    """Processor seconds of this process and of those it started."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def words(text):
    return len(WORD.findall(text))


def coded(old, new):
    """Both texts as one character a token, and the tokens."""
    known, letters = {}, []
    for text in (old, new):
        row = []
        for token in TOKEN.findall(text):
            code = known.setdefault(token, len(known) + 0x100)
            row.append(chr(code if code < 0xD800 else code + 0x800))
        letters.append("".join(row))
    table = {chr(c if c < 0xD800 else c + 0x800): token for token, c in known.items()}
    return *letters, table


def merged(parts, table):
    """Sites and words of (operation, letters): neighbouring changes are one site."""
    sites = count = 0
    before = "="
    for sign, letters in parts:
        if sign != "=":
            count += sum(words(table[letter]) for letter in letters)
            sites += before == "="
        before = sign
    return {"sites": sites, "words": count, "moves": 0}


def difflib(old, new):
    from difflib import SequenceMatcher

    a, b = TOKEN.findall(old), TOKEN.findall(new)
    ops = [op for op in SequenceMatcher(None, a, b).get_opcodes() if op[0] != "equal"]
    count = sum(words("".join(a[i:j])) + words("".join(b[k:m])) for _, i, j, k, m in ops)
    return {"sites": len(ops), "words": count, "moves": 0}


def redlines(old, new):
    from redlines import Redlines

    made = Redlines(old, new)
    ops = [op for op in made.opcodes if op[0] != "equal"]
    return {"sites": len(ops), "words": None, "moves": 0}


def xmldiff(old, new):
    from xml.sax.saxutils import escape

    from xmldiff import main

    trees = ["<d>" + "".join(f"<p>{escape(p)}</p>" for p in t.split("\n\n")) + "</d>" for t in (old, new)]
    acts = main.diff_texts(*trees)
    return {"sites": len(acts), "words": None, "moves": sum(type(a).__name__ == "MoveNode" for a in acts)}


def dmp(old, new):
    from diff_match_patch import diff_match_patch

    a, b, table = coded(old, new)
    tool = diff_match_patch()
    tool.Diff_Timeout = 0
    parts = tool.diff_main(a, b, False)
    tool.diff_cleanupSemantic(parts)
    return merged([("=" if sign == 0 else "!", text) for sign, text in parts], table)


def fast_dmp(old, new):
    from fast_diff_match_patch import diff

    a, b, table = coded(old, new)
    parts = diff(a, b, timelimit=0, cleanup="Semantic", counts_only=False)
    return merged(parts, table)


def docxodus(old, new):
    import io

    from docx import Document
    from python_redlines import DocxodusEngine

    files = []
    for text in (old, new):
        document, data = Document(), io.BytesIO()
        for line in text.split("\n\n"):
            document.add_paragraph(line)
        document.save(data)
        files.append(data.getvalue())
    start = spent()
    made = DocxodusEngine().run_redline("bench", *files)
    took = spent() - start
    from zipfile import ZipFile

    xml = ZipFile(io.BytesIO(made[0])).read("word/document.xml").decode()
    names = set(re.findall(r'<w:moveFromRangeStart[^>]*w:name="([^"]+)"', xml))
    sites = len(re.findall(r"<w:(?:ins|del) ", xml))
    count = sum(map(words, re.findall(r"<w:delText[^>]*>([^<]*)", xml)))
    count += sum(words(re.sub(r"<[^>]+>", " ", run)) for run in re.findall(r"<w:ins .*?</w:ins>", xml, re.S))
    return {"sites": sites, "words": count, "moves": len(names), "seconds": took}


def main():
    tool, file = sys.argv[1:3]
    texts = json.loads(Path(file).read_text(encoding="utf-8"))
    start = spent()
    made = globals()[tool](texts["old"], texts["new"])
    told = {"seconds": spent() - start, **made}
    usage = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(json.dumps({**told, "peak_mb": usage / 1024}))


if __name__ == "__main__":
    main()
