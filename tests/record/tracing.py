"""Run a program under strace and read what it did to the files of one folder.

What is read: opened to create or to cut, written, synced, renamed, removed, and what went to descriptor 1.
SQLite's ``-shm`` is left out: it is mapped, and made again after a power cut.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from posixpath import join, normpath

import pytest

CALLS = (
    "open,openat,creat,write,writev,pwrite64,pwritev,pwritev2,lseek,fsync,fdatasync,sync_file_range,ftruncate,"
    "truncate,fallocate,unlink,unlinkat,rmdir,rename,renameat,renameat2,mkdir,mkdirat,link,linkat,symlink"
)
_LINE = re.compile(r"(?:\d+ +)?(\w+)\((.*)\) += (-?\d+|\?)(.*)")
_STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_NAMED = re.compile(r"<((?:\\x[0-9a-f]{2})*)>")


@dataclass(frozen=True, slots=True)
class Opened:
    path: str
    create: bool
    cut: bool


@dataclass(frozen=True, slots=True)
class Wrote:
    path: str
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Cut:
    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Synced:
    """`good` is false where the call failed: nothing is known of what was written before."""

    path: str
    good: bool = True


@dataclass(frozen=True, slots=True)
class Made:
    path: str


@dataclass(frozen=True, slots=True)
class Removed:
    path: str


@dataclass(frozen=True, slots=True)
class Renamed:
    path: str
    to: str


@dataclass(frozen=True, slots=True)
class Said:
    words: str


Step = Opened | Wrote | Cut | Synced | Made | Removed | Renamed | Said


@dataclass(frozen=True, slots=True)
class Run:
    """How a traced program ended: what it said, its exit code (negative: the signal), its trace."""

    said: tuple[str, ...]
    errors: str
    code: int
    trace: str

    def steps(self, folder: Path) -> list[Step]:
        """What it did in `folder`, in order; paths are relative to it, "" is the folder itself."""
        return list(read_trace(self.trace, str(folder)))


def need_strace() -> str:
    """The tracer, or a skip that says what is not there or not allowed."""
    found = shutil.which("strace")
    if found is None:
        pytest.skip("strace is not installed (Debian: strace)")
    tried = subprocess.run([found, "-o", os.devnull, "true"], capture_output=True, check=False)
    if tried.returncode:
        pytest.skip(f"strace may not trace here: {tried.stderr.decode(errors='replace').strip()[:100]}")
    return found


def run_traced(command: Sequence[str], folder: Path, *inject: str) -> Run:
    """Run `command` under strace, with ``inject=`` expressions; the trace lies beside `folder` meanwhile."""
    strace, out = need_strace(), folder.with_name(folder.name + ".trace")
    # The filter in the kernel makes tracing cheap, and swallows the signals that are to be injected.
    quick = [] if "signal=" in "".join(inject) else ["--seccomp-bpf"]
    given = [strace, "-f", *quick, "-y", "-xx", "-s", "1000000", "-o", str(out), "-e", f"trace={CALLS}"]
    for expression in inject:
        given += ["-e", f"inject={expression}"]
    done = subprocess.run([*given, *command], capture_output=True, text=True, check=False, timeout=120)
    trace = out.read_text(encoding="ascii")
    out.unlink()
    return Run(tuple(done.stdout.split("\n")[:-1]), done.stderr, done.returncode, trace)


def places_of(trace: str, folder: Path, calls: Sequence[str], mark: str) -> Iterator[tuple[str, int]]:
    """Each of `calls` on the files of `folder` after `mark` was said, and which of its name it is."""
    counts: dict[str, int] = {}
    marked, inner = False, _escaped(str(folder))
    for line in trace.split("\n"):
        found = _LINE.match(line)
        if found is None:
            continue
        call, args = found[1], found[2]
        counts[call] = counts.get(call, 0) + 1
        marked = marked or (call == "write" and args.startswith("1<") and _escaped(mark) in args)
        if marked and call in calls and inner in args and _escaped("-shm") not in args:
            yield call, counts[call]


def read_trace(trace: str, folder: str) -> Iterator[Step]:
    """The steps of a trace. A call that is known to change files and not to this reader is an error."""
    places: dict[str, int] = {}
    for line in trace.split("\n"):
        if "<unfinished" in line or "resumed>" in line:
            raise ValueError(line[:200])  # two threads at once: the order of their calls is not known
        found = _LINE.match(line)
        if found is None:
            continue
        call, args, result = found[1], found[2], found[3]
        failed = result.startswith("-") or result == "?"
        if failed and call not in ("fsync", "fdatasync"):
            continue
        for step in _step(call, args, 0 if failed else int(result), not failed, places, folder):
            if isinstance(step, Said) or (_inside(step, folder) and not step.path.endswith("-shm")):
                yield step if isinstance(step, Said) else _relative(step, folder)


def _step(
    call: str, args: str, result: int, good: bool, places: dict[str, int], folder: str
) -> Iterator[Step]:
    number, path, names = args.split("<")[0].split(",")[0], _named(args), _names(args)
    rest = [part.strip() for part in args.rsplit('"', 1)[-1].split(",")]
    match call:
        case "open" | "openat" | "creat":
            create = "O_CREAT" in args or call == "creat"
            places[str(result)] = 0
            yield Opened(_at(path, names[0]), create, "O_TRUNC" in args or call == "creat")
        case "write" if number == "1":
            yield Said(_bytes(args).decode())
        case "write":
            at = places.get(number, 0)
            places[number] = at + result
            yield Wrote(path, at, _bytes(args)[:result])
        case "lseek":
            places[number] = result
        case "pwrite64":
            yield Wrote(path, int(rest[-1]), _bytes(args)[:result])
        case "ftruncate":
            yield Cut(path, int(args.rsplit(",", 1)[1]))
        case "fsync" | "fdatasync":
            yield Synced(path, good)
        case "unlink" | "rmdir" | "unlinkat":
            yield Removed(_at(path, names[0]))
        case "mkdir" | "mkdirat":
            yield Made(_at(path, names[0]))
        case "rename" | "renameat" | "renameat2":
            yield Renamed(_at(path, names[0]), _at(path, names[1]))
        case _ if any(name.startswith(folder) for name in (path, *(_at(path, n) for n in names))):
            raise ValueError(call)  # it changes files here, and nobody has said how to replay it


def _relative(step: Step, folder: str) -> Step:
    inner = {name: getattr(step, name)[len(folder) + 1 :] for name in ("path", "to") if hasattr(step, name)}
    fields = {name: getattr(step, name) for name in type(step).__slots__}
    return type(step)(**(fields | inner))


def _inside(step: Step, folder: str) -> bool:
    path: str = getattr(step, "path", "")
    return path == folder or path.startswith(folder + "/")


def _unescaped(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


def _escaped(text: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in text.encode("utf-8", "surrogateescape"))


def _bytes(args: str) -> bytes:
    return _unescaped(_STRING.findall(args)[0])


def _names(args: str) -> list[str]:
    return [_unescaped(s).decode("utf-8", "surrogateescape") for s in _STRING.findall(args)]


def _named(args: str) -> str:
    """The path that strace gives for the first descriptor; "" where it names none, or one that is gone."""
    head = args.split('"')[0]
    found = _NAMED.search(head)
    return (
        ""
        if found is None or ">(deleted)" in head
        else _unescaped(found[1]).decode("utf-8", "surrogateescape")
    )


def _at(folder: str, name: str) -> str:
    if not folder and not name.startswith("/"):
        raise ValueError(name)  # relative to a folder that the call does not name
    return normpath(join(folder, name))
