"""The optional language model: an OpenAI-compatible endpoint that may suggest what the rules did not find.

Off unless asked for. What it answers is hearsay until it has passed `travaux.secretariat.gates`. A document
marked restricted never leaves. Every question has a deadline, a document has a budget, and an answer is kept
by the hash of what was asked, so that the same document is asked about once.
"""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from http.client import HTTPException
from importlib import resources
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from travaux.acts.fault import Fault, Refused, refused

_LARGEST = 2_000_000  # bytes of one answer
_PIECE = 6_000  # characters of paragraphs in one question
_FENCE = re.compile(r"\A\s*```(?:json)?\s*\n(.*?)\n\s*```\s*\Z", re.S)
_MARKED = re.compile(
    r"\b(?:restricted|confidential|secret|limit[ée]|in confidence|not for (?:publication|distribution)"
    r"|для служебного пользования|конфиденциально|секретно|не для печати)\b",
    re.I,
)
_HEAD = 600  # characters in which a mark of restriction is looked for


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the model answers: the base `url` (``…/v1``), its `name`, a `key` if one is needed.

    `seconds` is the deadline of one question, `budget` the characters of one document that are sent at most.
    """

    url: str
    name: str
    key: str = ""
    seconds: float = 60.0
    budget: int = 60_000

    @staticmethod
    def of(environment: Mapping[str, str]) -> Endpoint | Refused:
        """The endpoint that ``TRAVAUX_MODEL_URL``, ``_NAME``, ``_KEY``, ``_SECONDS``, ``_BUDGET`` name."""
        url, name = environment.get("TRAVAUX_MODEL_URL", ""), environment.get("TRAVAUX_MODEL_NAME", "")
        if not url or not name:
            return refused("model.not_set")
        if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
            return refused("model.url", url=url)
        try:
            seconds = float(environment.get("TRAVAUX_MODEL_SECONDS", "60"))
            budget = int(environment.get("TRAVAUX_MODEL_BUDGET", "60000"))
        except ValueError as error:
            return refused("model.number", detail=str(error))
        return Endpoint(url.rstrip("/"), name, environment.get("TRAVAUX_MODEL_KEY", ""), seconds, budget)


@dataclass(frozen=True, slots=True)
class Answered:
    """What the model suggested for one document, unchecked; `faults` are questions that got no answer."""

    suggestions: tuple[Mapping[str, Any], ...]
    faults: tuple[Fault, ...]


def is_marked(text: str) -> bool:
    """Whether a document says of itself, at its head, that it is not for everybody."""
    return _MARKED.search(text[:_HEAD]) is not None


def suggestions(
    endpoint: Endpoint, text: str, cache: Path, *, restricted: bool = False
) -> Answered | Refused:
    """Ask the model about a document, piece by piece, up to the budget.

    Refused, and nothing sent: a restricted document, by the caller's word or by its own
    (``model.restricted``). A piece that gets no proper answer in time is a fault among the answers; the
    others stand.
    """
    if restricted or is_marked(text):
        return refused("model.restricted")
    found: list[Mapping[str, Any]] = []
    faults: list[Fault] = []
    spent = 0
    for piece in _pieces(text):
        spent += len(piece)
        if spent > endpoint.budget:
            faults.append(Fault("model.budget", values={"budget": endpoint.budget}))
            break
        answer = _ask(endpoint, piece, cache)
        if isinstance(answer, Refused):
            faults += answer.faults
        else:
            found += answer
    return Answered(tuple(found), tuple(faults))


def _pieces(text: str) -> Iterator[str]:
    """Numbered paragraphs, a few thousand characters at a time."""
    piece: list[str] = []
    size = 0
    for number, paragraph in enumerate(re.split(r"\n\s*\n", text), 1):
        row = f"[{number}] {paragraph.strip()}"[:_PIECE]
        if piece and size + len(row) > _PIECE:
            yield "\n\n".join(piece)
            piece, size = [], 0
        piece.append(row)
        size += len(row)
    if piece:
        yield "\n\n".join(piece)


def _ask(endpoint: Endpoint, piece: str, cache: Path) -> list[Mapping[str, Any]] | Refused:
    """The suggestions for one piece, from the cache where the same was asked before."""
    prompt = (resources.files(__package__) / "data" / "model-prompt.txt").read_text(encoding="utf-8")
    named = sha256("\0".join((endpoint.url, endpoint.name, prompt, piece)).encode("utf-8", "replace"))
    file = cache / f"{named.hexdigest()}.json"
    if file.exists():
        known = parsed(file.read_bytes())
        if not isinstance(known, Refused):
            return known
    body = {
        "model": endpoint.name,
        "temperature": 0,
        "messages": [{"role": "system", "content": prompt}, {"role": "user", "content": piece}],
    }
    answer = _post(endpoint, json.dumps(body).encode())
    if isinstance(answer, Refused):
        return answer
    found = parsed(answer)
    if not isinstance(found, Refused):
        with suppress(OSError):  # an answer that cannot be kept is asked for again, no more
            cache.mkdir(parents=True, exist_ok=True)
            new = file.with_suffix(".new")
            new.touch(mode=0o600)
            new.write_bytes(answer)
            new.replace(file)
    return found


class _Still(urllib.request.HTTPRedirectHandler):
    """No answer sends the document elsewhere."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """A redirection is not followed."""
        return


def _post(endpoint: Endpoint, body: bytes) -> bytes | Refused:
    """One question. Its deadline holds for all of it, whatever the other side does with single bytes."""
    answers: Queue[bytes | Refused] = Queue()
    asking = Thread(target=lambda: answers.put(_exchange(endpoint, body)), daemon=True)
    asking.start()
    try:
        return answers.get(timeout=endpoint.seconds)
    except Empty:
        return refused("model.slow", seconds=endpoint.seconds)


def _exchange(endpoint: Endpoint, body: bytes) -> bytes | Refused:
    """Send and receive, at most `_LARGEST` bytes."""
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if endpoint.key:
        headers["Authorization"] = f"Bearer {endpoint.key}"
    address = f"{endpoint.url}/chat/completions"
    asked = urllib.request.Request(address, body, headers)  # noqa: S310 - the scheme is checked in `of`
    try:
        with urllib.request.build_opener(_Still).open(asked, timeout=endpoint.seconds) as response:
            data: bytes = response.read(_LARGEST + 1)
    except urllib.error.HTTPError as error:
        error.close()
        return refused("model.status", status=error.code)
    except (OSError, ValueError, HTTPException) as error:
        reason = getattr(error, "reason", error)
        if isinstance(reason, TimeoutError):
            return refused("model.slow", seconds=endpoint.seconds)
        return refused("model.unreachable", detail=str(reason)[:200] or type(error).__name__)
    return refused("model.large", most=_LARGEST) if len(data) > _LARGEST else data


def parsed(answer: bytes) -> list[Mapping[str, Any]] | Refused:
    """The items of an answer; refused as malformed where it is not the JSON that was asked for."""
    try:
        content = json.loads(answer)["choices"][0]["message"]["content"]
        fenced = _FENCE.match(content)
        told = json.loads(fenced[1] if fenced else content)
        items = told["items"] if isinstance(told, dict) else told
        if not isinstance(items, list):
            return refused("model.malformed")
        return [item for item in items if isinstance(item, dict)]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        return refused("model.malformed")
