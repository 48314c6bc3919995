"""The model behind its gates: a local server that answers well, badly, slowly, or tries to deceive."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cases import case
from tests.reader.test_anchor import CHANGES
from travaux.acts.fault import Refused
from travaux.cli.commands import travaux
from travaux.formats.intake import take_in
from travaux.reader import read
from travaux.secretariat.gates import admit, sift
from travaux.secretariat.model import Endpoint, is_marked, parsed, suggestions
from travaux.secretariat.reading import plain
from travaux.text.source import Document

TEXT = (
    "Ferry talks in Velmar, 3 March 2031\n\n"
    "President of Arvia Ona Tal met the President of Tolia Ed Rau in Velmar on Monday.\n\n"
    "“We saw a fine harbour,” Ona Tal said.\n\n"
    "Arvia undertakes the lighting of the channel until 1 May 2031. Tolia does not undertake the dredging.\n"
)
LIGHTS = "Arvia undertakes the lighting of the channel until 1 May 2031"


def reading_of(text: str = TEXT) -> dict[str, Any]:
    document = take_in("d.txt", text.encode())
    assert isinstance(document, Document)
    found = read(document)
    assert not isinstance(found, Refused)
    return plain(found)


def promise(verbatim: str = LIGHTS, **fields: Any) -> dict[str, Any]:
    given_ = {"parties": ["Arvia"], "status": "declared", "due": "2031-05-01", "condition": None, **fields}
    return {"kind": "commitments", "verbatim": verbatim, "before8": "", "after8": "", "fields": given_}


# --- the gates -------------------------------------------------------------------------------------------


def test_a_suggestion_whose_words_and_fields_stand_in_the_document_is_admitted_as_the_models() -> None:
    found = sift({**reading_of(), "commitments": []}, TEXT, [promise()], "m1")
    assert (found.admitted, found.seen, found.refused) == (1, 0, {})
    (item,) = found.reading["commitments"]
    assert TEXT[item["start"] : item["end"]] == item["text"] == LIGHTS
    assert (item["rule"], item["id"], item["confidence"]) == ("model:m1", "c01", 0.5)


@pytest.mark.parametrize(
    ("suggestion", "gate"),
    [
        (promise(LIGHTS.replace("channel", "harbour")), "anchor"),
        (promise(LIGHTS.replace("1 May", "2 May")), "anchor"),
        (promise(LIGHTS.lower()), "anchor"),
        (promise("Arvia"), "anchor"),
        (promise(parties=["Norland"]), "evidence"),
        (promise(due="2031-06-01"), "evidence"),
        (promise(due=["2031-05-01"]), "evidence"),
        (promise(status="certain"), "evidence"),
        (promise(condition="if it rains"), "evidence"),
        (
            promise("Tolia does not undertake the dredging", parties=["Tolia"], due=None, status="agreed"),
            "evidence",
        ),
        (
            {"kind": "quotes", "verbatim": "We saw a fine harbour", "fields": {"speaker": "Nobody Known"}},
            "evidence",
        ),
        (
            {"kind": "quotes", "verbatim": "met the President of Tolia", "fields": {"speaker": None}},
            "evidence",
        ),
        ({"kind": "persons", "verbatim": LIGHTS, "fields": {}}, "form"),
        ({"kind": "commitments", "verbatim": 7, "fields": {}}, "form"),
        ({"kind": "commitments", "verbatim": LIGHTS, "fields": "all"}, "form"),
        ({}, "form"),
    ],
)
def test_what_has_nothing_to_stand_on_is_refused(suggestion: dict[str, Any], gate: str) -> None:
    assert admit(reading_of(), TEXT, suggestion) == gate


def test_words_that_stand_twice_are_taken_only_where_their_neighbours_tell_which() -> None:
    text = "Talks, 3 March 2031. Arvia will pay the dues in May. Tolia said: Arvia will pay the dues in June."
    reading = reading_of(text)

    def told(before: str, after: str) -> tuple[str, dict[str, Any]] | str:
        asked = promise("Arvia will pay the dues", due=None)
        return admit(reading, text, {**asked, "before8": before, "after8": after})

    found = told("Tolia said:", "in June.")
    assert isinstance(found, tuple) and found[1]["start"] == text.rindex("Arvia")
    assert told("", "") == told("", "in") == told("Norland said:", "in June.") == "anchor"


def test_what_a_rule_found_too_keeps_the_rule_and_says_so() -> None:
    reading = reading_of()
    quote = reading["quotes"][0]
    also = {"kind": "quotes", "verbatim": quote["text"], "fields": {"speaker": "Ona Tal"}}
    found = sift(reading, TEXT, [also, also], "m1")
    assert (found.admitted, len(found.reading["quotes"])) == (0, len(reading["quotes"]))
    assert found.reading["quotes"][0] == {**quote, "note": "also seen by the model"}


def test_of_the_real_quotations_with_one_word_changed_none_is_admitted() -> None:
    folder = case("communiques")
    text = (folder / "moscow-2021-09-09.txt").read_bytes().decode()
    quotes = json.loads((folder / "moscow-2021-09-09.gold.json").read_text(encoding="utf-8"))["quotes"]
    tampered = [
        q["text"].replace(*change, 1)
        for q in quotes
        if (change := next(((a, b) for a, b in CHANGES if a in q["text"]), None))
    ]
    reading = reading_of(text)
    asked = [{"kind": k, "verbatim": t, "fields": {}} for t in tampered for k in ("quotes", "statements")]
    found = sift(reading, text, asked, "m1")
    assert (len(tampered), found.admitted, found.seen) == (31, 0, 0)
    assert found.refused_share == 1.0


ANY = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.sampled_from([LIGHTS, "Arvia", "agreed"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
READING = reading_of()


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(st.sampled_from(["kind", "verbatim", "before8", "after8", "fields"]), ANY),
    st.dictionaries(
        st.sampled_from(["parties", "status", "due", "speaker", "condition", "party", "stance"]), ANY
    ),
)
def test_no_shape_of_a_suggestion_breaks_the_gates_or_gets_words_in_that_are_not_there(
    suggestion: dict[str, Any], fields: dict[str, Any]
) -> None:
    for asked in (suggestion, {"kind": "commitments", "verbatim": LIGHTS, "fields": fields}):
        found = sift(READING, TEXT, [asked], "m1")
        for kind in ("quotes", "commitments"):
            assert all(TEXT[i["start"] : i["end"]] == i["text"] for i in found.reading[kind])


# --- the wire --------------------------------------------------------------------------------------------

Answer = Callable[[BaseHTTPRequestHandler], None]


class Server:
    """A local endpoint; `answer` is what it does with a question, `asked` what it was sent."""

    def __init__(self) -> None:
        outer = self
        self.asked: list[dict[str, Any]] = []
        self.answer: Answer = lambda h: reply(h, [])

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                outer.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                outer.answer(self)

            def log_message(self, *_: Any) -> None:
                """Quiet."""

        self.http = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def endpoint(self, **options: Any) -> Endpoint:
        return Endpoint(f"http://127.0.0.1:{self.http.server_port}/v1", "m1", **{"seconds": 5.0, **options})


def send(h: BaseHTTPRequestHandler, body: bytes, status: int = 200) -> None:
    h.send_response(status)
    h.send_header("Content-Length", str(len(body)))
    h.end_headers()
    h.wfile.write(body)


def reply(h: BaseHTTPRequestHandler, items: object, wrap: str = "{}") -> None:
    content = wrap.replace("{}", json.dumps({"items": items}))
    send(h, json.dumps({"choices": [{"message": {"content": content}}]}).encode())


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.http.shutdown()
    made.http.server_close()


def faults(found: object) -> list[str]:
    return [f.code for f in found.faults]  # type: ignore[attr-defined]


def test_the_same_document_is_asked_about_once_at_temperature_zero(server: Server, tmp_path: Path) -> None:
    server.answer = lambda h: reply(h, [promise()], "```json\n{}\n```")
    for _ in range(2):
        found = suggestions(server.endpoint(), TEXT, tmp_path)
        assert not isinstance(found, Refused)
        assert found.suggestions == (promise(),)
    (asked,) = server.asked
    assert asked["temperature"] == 0
    assert LIGHTS in asked["messages"][1]["content"]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (lambda h: send(h, b"not json"), "model.malformed"),
        (lambda h: send(h, b'{"choices": []}'), "model.malformed"),
        (lambda h: reply(h, "none"), "model.malformed"),
        (lambda h: send(h, b"[" * 100_000), "model.malformed"),
        (lambda h: send(h, b"no", 500), "model.status"),
        (lambda h: send(h, b"x" * 2_100_000), "model.large"),
        (lambda h: h.wfile.write(b"nonsense\r\n\r\n"), "model.unreachable"),
    ],
)
def test_a_bad_answer_is_a_fault_and_nothing_else(
    answer: Answer, code: str, server: Server, tmp_path: Path
) -> None:
    server.answer = answer
    found = suggestions(server.endpoint(), TEXT, tmp_path)
    assert not isinstance(found, Refused)
    assert (found.suggestions, faults(found)) == ((), [code])
    assert list(tmp_path.iterdir()) == []


def drip(h: BaseHTTPRequestHandler) -> None:
    """One byte now and then: no single wait is long, the whole is."""
    for _ in range(60):
        h.wfile.write(b"x")
        h.wfile.flush()
        time.sleep(0.05)


@pytest.mark.parametrize("answer", [lambda h: time.sleep(2), drip])
def test_a_slow_answer_ends_at_the_deadline(answer: Answer, server: Server, tmp_path: Path) -> None:
    server.answer = answer
    assert faults(suggestions(server.endpoint(seconds=0.3), TEXT, tmp_path)) == ["model.slow"]


def test_a_redirection_is_not_followed(server: Server, tmp_path: Path) -> None:
    def elsewhere(h: BaseHTTPRequestHandler) -> None:
        h.send_response(307)
        h.send_header("Location", "http://127.0.0.1:9/elsewhere")
        h.send_header("Content-Length", "0")
        h.end_headers()

    server.answer = elsewhere
    assert faults(suggestions(server.endpoint(), TEXT, tmp_path)) == ["model.status"]
    assert len(server.asked) == 1


def test_no_more_than_the_budget_is_sent(server: Server, tmp_path: Path) -> None:
    long = "\n\n".join(f"Paragraph {n}. " + "words " * 300 for n in range(20))
    found = suggestions(server.endpoint(budget=8_000), long, tmp_path)
    assert faults(found) == ["model.budget"]
    assert sum(len(a["messages"][1]["content"]) for a in server.asked) <= 8_000


@pytest.mark.parametrize("mark", ["RESTRICTED\n\n", "Limité\n", "Для служебного пользования\n\n"])
def test_a_restricted_document_never_leaves(mark: str, server: Server, tmp_path: Path) -> None:
    assert is_marked(mark + TEXT) and not is_marked(TEXT)
    assert faults(suggestions(server.endpoint(), mark + TEXT, tmp_path)) == ["model.restricted"]
    assert faults(suggestions(server.endpoint(), TEXT, tmp_path, restricted=True)) == ["model.restricted"]
    assert server.asked == []


def test_nobody_there_is_one_fault(tmp_path: Path) -> None:
    found = suggestions(Endpoint("http://127.0.0.1:9/v1", "m1", seconds=2), TEXT, tmp_path)
    assert faults(found) == ["model.unreachable"]


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({}, "model.not_set"),
        ({"TRAVAUX_MODEL_URL": "http://x/v1"}, "model.not_set"),
        ({"TRAVAUX_MODEL_URL": "file:///etc/passwd", "TRAVAUX_MODEL_NAME": "m"}, "model.url"),
        (
            {"TRAVAUX_MODEL_URL": "http://x", "TRAVAUX_MODEL_NAME": "m", "TRAVAUX_MODEL_SECONDS": "soon"},
            "model.number",
        ),
    ],
)
def test_settings_that_do_not_hold_are_refused(environment: dict[str, str], code: str) -> None:
    assert faults(Endpoint.of(environment)) == [code]


@given(st.binary(max_size=80))
def test_any_answer_parses_or_is_malformed(answer: bytes) -> None:
    found = parsed(answer)
    assert isinstance(found, list | Refused)


def test_reading_asks_no_model_unless_told_and_tells_what_it_refused(server: Server, tmp_path: Path) -> None:
    file = tmp_path / "d.txt"
    file.write_text(TEXT, encoding="utf-8")
    server.answer = lambda h: reply(h, [promise(), promise("never said by anybody")])
    env = {
        "TRAVAUX_MODEL_URL": server.endpoint().url,
        "TRAVAUX_MODEL_NAME": "m1",
        "TRAVAUX_HOME": str(tmp_path / "h"),
    }
    quiet = CliRunner().invoke(travaux, ["read", str(file), "--format", "json"], env=env)
    assert server.asked == [] and quiet.exit_code == 0
    told = CliRunner().invoke(travaux, ["read", str(file), "--format", "json", "--model"], env=env)
    assert "1 refused" in told.stderr and "no anchor 1" in told.stderr
    rules = [c["rule"] for c in json.loads(told.stdout)["commitments"] if c["text"].startswith(LIGHTS[:30])]
    assert len(rules) == 1
    assert list(json.loads(told.stdout)) == list(json.loads(quiet.stdout))
