"""Each surface form of brackets by itself: decision points, options, blanks, parties."""

from __future__ import annotations

import pytest

from travaux.text.parse import counts, parse

FORMS: list[tuple[str, int, int, int, str]] = [
    ("Ferries run daily [and at night].", 1, 1, 0, ""),
    ("Ferries [will][may] run", 1, 2, 0, ""),
    ("Ferries [will] [may] [other] run", 1, 3, 0, ""),
    ("[a text.]\n\n[another text.]", 2, 2, 0, ""),
    ("the [harbour]/[port]", 1, 2, 0, ""),
    ("they [will/may] run", 1, 2, 0, ""),
    ("a daily / weekly timetable", 0, 0, 0, ""),
    ("[the office [and [its] branches]]", 3, 3, 0, ""),
    ("ferr[y][ies]", 1, 2, 0, ""),
    ("crossing[s]", 1, 1, 0, ""),
    ("a[n annual] plan", 1, 1, 0, ""),
    ("and[/or] more", 1, 1, 0, ""),
    ("the plan[, where possible,] is public[;][.]", 2, 3, 0, ""),
    ("within [X] days", 1, 0, 1, ""),
    ("[X-Y] per cent", 1, 0, 1, ""),
    ("see [ ] and […]", 2, 0, 2, ""),
    ("Article ## and paragraph XX, and __ per cent", 0, 0, 3, ""),
    ("[12][18] months", 1, 2, 0, ""),
    ("by [2031][date]", 1, 2, 1, ""),
    ("Option 1: Ferries run.\n\nOption 2: Ferries may run.\n\nOption 3: No text.\n", 1, 3, 0, ""),
    ("[Option 1: Ferries run.\n\nOption 2: Ferries may run.]", 1, 2, 0, ""),
    ("[Option 1: Ferries run.]\n\n[Option 2: Ferries may run.]", 1, 2, 0, ""),
    ("Option 1: [Ferries run.]\n\nOption 2: [Ferries may [not] run.]", 2, 3, 0, ""),
    ("[Option A: weekly] [Option B: daily]", 1, 2, 0, ""),
    ("[No text on night crossings]", 1, 1, 0, ""),
    ("{placeholder: fares} {align with Article 4 once settled}", 0, 0, 0, ""),
    ("C. [Night crossings [Option A:\n\nFerries run.\n\nOption B:\n\nNo text]]", 2, 3, 0, ""),
    ("[(a) ferries;] [(b) trains;] [and] (c) buses", 3, 3, 0, ""),
    ("[ARV/TOL propose; NUR opposes: at night]", 1, 1, 0, "ARV TOL NUR"),
    ("[NUR: weekly]", 1, 1, 0, "NUR"),
    ("[weekly (ARV, TOL)][daily (NUR4)]", 1, 2, 0, "ARV TOL NUR"),
    ("[ARV//TOL: weekly]", 1, 1, 0, "ARV TOL"),
    ("[For KES, as its basic law provides,] ferries run", 1, 1, 0, "KES"),
    ("[fares*][tariffs] and [fares*][tariffs]\n\n[fares*][tariffs]\n\n* one decision.", 1, 2, 0, ""),
    ("escaped \\[not\\] here and [link](http://a.b/c) [sic]", 0, 0, 0, ""),
    ("text[1] more.[2]", 0, 0, 0, ""),
    ("the Joint Ferry Board [(JFB)] and [the Night Ferry Service (NFS)]", 2, 2, 0, ""),
    ("9. Ferries run daily.\n\n9 alt. Ferries run weekly.\n\n10. Text.", 1, 2, 0, ""),
    ("[9. Ferries run daily.]\n\n[9 alt. Ferries run weekly.]\n\n10. Text.", 1, 2, 0, ""),
    ("OP5 Decides that;\nOP5alt Decides not;\nOP6 Recalls", 1, 2, 0, ""),
    ("Parties *run at][by* night", 0, 0, 0, ""),
    ("[ARV: shall] [TOL: should] [NUR, KES: may] run", 1, 3, 0, "ARV TOL NUR KES"),
    ("[shall (ARV)] [should (NUR)] run [daily (ARV, TOL; opposes: KES)]", 2, 3, 0, "ARV TOL NUR KES"),
    ("[(a) daily; or (b) weekly]", 1, 2, 0, ""),
    ("[at night] (proposed by ARV; opposed by NUR and TOL) and so", 1, 1, 0, "ARV NUR TOL"),
    ("the [sea/land] and [A/RES/70/1] and [2025/26] and [he/she]", 4, 5, 0, ""),
    ("[EU: shall] [US, Japan: should]", 1, 2, 0, "EU US Japan"),
    ("[Norland: shall] [Sudmark: should] go [Norland: now]", 2, 3, 0, "Norland Sudmark"),
    ("[G77 and China: shall]", 1, 1, 0, "G77 China"),
    ("[African Group, supported by NUR: shall]", 1, 1, 0, "African Group|NUR"),
    ("[to be completed] by [date] at [name of place]", 3, 0, 3, ""),
    ("[[harbour][port] office]", 2, 3, 0, ""),
    ("[]", 1, 0, 1, ""),
    ("[ARV reserves its position: daily]", 1, 1, 0, "ARV"),
    ("decisions by [consensus][majority]", 1, 2, 0, ""),
    ("decisions by [consensus].", 1, 1, 0, ""),
    ("1. [agreed] Ferries run.\n\n2. Ferries stop. [agreed ad ref]", 0, 0, 0, ""),
    ("Note: TOL is still consulting at home\n\nFerries run [daily].", 1, 1, 0, "TOL"),
    ("[X] [months][years]", 2, 2, 1, ""),
]


@pytest.mark.parametrize(("text", "points", "options", "blanks", "parties"), FORMS)
def test_form(text: str, points: int, options: int, blanks: int, parties: str) -> None:
    parsed = parse(text)
    held = counts(parsed)
    found = (held.decision_points, held.options, held.blanks, set(parsed.parties))
    assert found == (points, options, blanks, set(parties.split("|") if "|" in parties else parties.split()))
