"""HTML: block elements become paragraphs; what is not the article stays, marked as an aside.

Scripts, styles, templates and hidden elements are no words of the document; leaving some out is noted. The
extracted text is the text; each block knows the path of its element. Parsed by lxml, entities not expanded
from outside, no network.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from lxml import etree
from lxml import html as lxml_html

from travaux.acts.fault import Fault, Refused, refused
from travaux.formats.intake.plain import decode
from travaux.text.source import Block, Document, Told

_BLOCKS = frozenset(
    "p div section article main h1 h2 h3 h4 h5 h6 li ul ol dl dt dd blockquote pre table tr td th figure hr"
    " figcaption header footer nav aside form address details summary body center caption thead tbody".split()
)
_NEVER = frozenset(
    "script style template noscript head iframe object svg math select textarea button canvas".split()
)
_ASIDE = frozenset("nav aside footer figcaption form".split())
_ASIDE_NAME = re.compile(
    r"(?:^|[-_ ])(?:nav|menu|breadcrumbs?|share|sharing|social|footer|sidebar|related|cookie|banner|subscribe"
    r"|tags?|comments?|pagination|toolbar|advert\w*|promo|print|newsletter|sharedaddy|socials"
    r"|navigation|complementary|contentinfo|search)(?:$|[-_ ])",
    re.I,
)
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|em|rem|pt|%)?\s*(?:;|$)"
    r"|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)|(?:left|top|text-indent)\s*:\s*-\d{3,}",
    re.I,
)
_MEDIA = re.compile(r"@[^{};@]{0,200}+\{(?:[^{}]{0,5000}+\{[^{}]{0,5000}+\})*+[^{}]{0,5000}+\}")
_SELECTOR = re.compile(r"\s*(?:[a-z0-9]{1,12})?([.#][\w-]{1,80})\s*\Z", re.I)
_LINKED_DATE = re.compile(r'"datePublished"\s*:\s*"(\d{4}-\d{2}-\d{2})')
_SPACE = re.compile(r"[ \t\r\n\f]+")
_DATE_FIELDS = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "dc.date",
    "dc.date.issued",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "dcterms.date",
    "dcterms.created",
    "article:published",
)
_DEEPEST = 400  # nested elements; deeper ones are read as text of the level above
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


@dataclass(slots=True)
class _Text:
    """The text as it grows: pieces of the open block, finished blocks."""

    parts: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    size: int = 0
    open: list[str] = field(default_factory=list)
    hidden: int = 0
    unseen: frozenset[str] = frozenset()

    def close(self, kind: str, place: str) -> None:
        """End the open block, if it holds words."""
        words = "\n".join(_SPACE.sub(" ", line).strip() for line in "".join(self.open).split("\x00")).strip()
        self.open.clear()
        if not words:
            return
        if self.parts:
            self.parts.append("\n\n")
            self.size += 2
        self.parts.append(words)
        self.blocks.append(Block(self.size, self.size + len(words), kind, place))
        self.size += len(words)


def take_html(name: str, data: bytes) -> Document | Refused:
    """An HTML file as a document. Refused: undecodable bytes, or no words outside scripts
    (``intake.wordless``)."""
    decoded = _decoded(name, data)
    if isinstance(decoded, Refused):
        return decoded
    source, notes = decoded
    try:
        parser = lxml_html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
        tree = lxml_html.document_fromstring(source, parser=parser, ensure_head_body=True)
    except (etree.LxmlError, ValueError, AssertionError):
        return refused("intake.html", file=name)
    text = _Text(unseen=_unseen(tree))
    _walk(tree, text)
    if not text.blocks:
        return refused("intake.wordless", file=name)
    if text.hidden:
        notes += (Fault("intake.hidden", values={"file": name, "n": text.hidden}),)
    return Document(
        name,
        "".join(text.parts),
        tuple(text.blocks),
        title=_title(tree),
        date=_date(tree),
        site=_site(tree),
        notes=notes,
    )


def _decoded(name: str, data: bytes) -> tuple[str, tuple[Fault, ...]] | Refused:
    """The characters: by the declared encoding where it decodes, else as plain text would be.

    Noted: a declaration that does not hold (``intake.undeclared``), a guess (``intake.guessed``).
    """
    notes: tuple[Fault, ...] = ()
    told = re.search(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", data[:4096], re.I)
    if told and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        declared = told[1].decode("ascii", "replace")
        try:
            return _without_declaration(data.decode(declared)), notes
        except (LookupError, UnicodeDecodeError):
            notes += (Fault("intake.undeclared", values={"file": name, "encoding": declared}),)
    found = decode(name, data)
    if isinstance(found, Refused):
        return found
    text, encoding = found
    if encoding.startswith("windows"):
        notes += (Fault("intake.guessed", values={"file": name, "encoding": encoding}),)
    return _without_declaration(text.lstrip("\ufeff")), notes


def _without_declaration(source: str) -> str:
    """The source without an XML declaration (lxml refuses one in decoded text) and without null
    characters."""
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", source).replace("\x00", "")


def _walk(root: lxml_html.HtmlElement, text: _Text) -> None:
    """Depth first over the tree without recursion: (element, aside, place, depth)."""
    body = root.find("body")
    steps: list[Iterator[object]] = [iter(_steps(body if body is not None else root, "", False, "body", 0))]
    while steps:
        step = next(steps[-1], None)
        if step is None:
            steps.pop()
        elif isinstance(step, _Open):
            if _hidden(step.element, text.unseen):
                text.hidden += _has_words(step.element)
                continue
            steps.append(_steps(step.element, step.kind, step.aside, step.place, step.depth))
        elif isinstance(step, _Close):
            text.close(step.kind, step.place)
        else:
            text.open.append(str(step))


@dataclass(frozen=True, slots=True)
class _Open:
    element: lxml_html.HtmlElement
    kind: str
    aside: bool
    place: str
    depth: int


@dataclass(frozen=True, slots=True)
class _Close:
    kind: str
    place: str


def _steps(
    element: lxml_html.HtmlElement, kind: str, aside: bool, place: str, depth: int
) -> Iterator[object]:
    """What one element contributes, in order: words, children to open, and block ends."""
    block = element.tag in _BLOCKS
    aside = aside or _is_aside(element)
    kind = _kind(element, kind, aside)
    if block:
        yield _Close(kind, place)
    if element.text:
        yield element.text
    counts: dict[str, int] = {}
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag == "br":
            yield "\x00"
        elif tag and tag not in _NEVER and depth < _DEEPEST:
            counts[tag] = counts.get(tag, 0) + 1
            here = f"{place}/{tag}[{counts[tag]}]" if tag in _BLOCKS else place
            yield _Open(child, kind, aside, here, depth + 1)
            if tag in _BLOCKS:
                yield _Close(_kind(child, kind, aside or _is_aside(child)), here)
        if child.tail:
            yield child.tail
    if block:
        yield _Close(kind, place)


def _kind(element: lxml_html.HtmlElement, kind: str, aside: bool) -> str:
    if aside:
        return "aside"
    tag = str(element.tag)
    if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
        return "heading"
    return {"li": "item", "blockquote": "quote"}.get(tag, kind if kind in ("quote", "item") else "body")


def _is_aside(element: lxml_html.HtmlElement) -> bool:
    if element.tag in _ASIDE:
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"
    return element.tag not in ("body", "main", "article") and bool(_ASIDE_NAME.search(names[:300]))


def _unseen(tree: lxml_html.HtmlElement) -> frozenset[str]:
    """The classes (``.x``) and ids (``#x``) that the page's own style sheets hide on every screen."""
    found = set()
    for sheet in tree.iter("style"):
        for row in _MEDIA.sub("", (sheet.text or "")[:200_000]).split("}"):
            selectors, _, rule = row.rpartition("{")
            if _HIDDEN_STYLE.search(rule[:5000]):
                found |= {m[1] for s in selectors.split(",") if (m := _SELECTOR.fullmatch(s))}
    return frozenset(found)


def _hidden(element: lxml_html.HtmlElement, unseen: frozenset[str]) -> bool:
    style = element.get("style") or ""
    if unseen:
        names = {f".{c}" for c in (element.get("class") or "")[:500].split()} | {f"#{element.get('id')}"}
        if names & unseen:
            return True
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or bool(_HIDDEN_STYLE.search(style[:500]))
    )


def _has_words(element: lxml_html.HtmlElement) -> int:
    return int(any(t.strip() for t in element.itertext()))


def _meta(tree: lxml_html.HtmlElement, names: tuple[str, ...]) -> tuple[str, str] | None:
    """(field, content) of the first of `names` that a meta element has."""
    told = {
        (m.get("property") or m.get("name") or m.get("itemprop") or "").lower(): m.get("content")
        for m in tree.iter("meta")
    }
    return next(((n, str(told[n]).strip()) for n in names if told.get(n)), None)


def _title(tree: lxml_html.HtmlElement) -> str | None:
    found = _meta(tree, ("og:title", "twitter:title", "dc.title"))
    if found:
        return found[1]
    for tag in ("h1", "title"):
        element = next(tree.iter(tag), None)
        if element is not None and (words := " ".join(element.text_content().split())):
            return words
    return None


def _date(tree: lxml_html.HtmlElement) -> Told | None:
    """The day of publication from metadata or a ``<time>`` element, as an ISO day."""
    found = _meta(tree, _DATE_FIELDS)
    if found and (day := _DAY.match(found[1])):
        return Told("html", found[0], day[0])
    for script in tree.iter("script"):
        if script.get("type") == "application/ld+json" and (day := _LINKED_DATE.search(script.text or "")):
            return Told("html", "datePublished", day[1])
    for element in tree.iter():
        told = element.get("content") or element.get("datetime") or ""
        if (element.get("itemprop") or "").lower() == "datepublished" and (day := _DAY.match(told)):
            return Told("html", "datePublished", day[0])
    for element in tree.iter("time"):
        if day := _DAY.match(element.get("datetime") or ""):
            return Told("html", "time", day[0])
    return None


def _site(tree: lxml_html.HtmlElement) -> Told | None:
    """The publisher: the site's name, else the host of its canonical address."""
    found = _meta(tree, ("og:site_name", "application-name", "dc.publisher"))
    if found:
        return Told("html", found[0], found[1])
    link = next((e.get("href") for e in tree.iter("link") if e.get("rel") == "canonical"), None)
    host = urlsplit(link).hostname if link else None
    return Told("html", "canonical", host) if host else None
