"""Where documents lie: files, folders, zip and tar archives; and their bytes, one at a time.

A `Paper` is one document in its place. It is small and can be handed to another process, which then fetches
the bytes itself. Archives inside archives are not opened, links are not followed, and no more is ever
unpacked than a document may have.
"""

from __future__ import annotations

import lzma
import stat
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from travaux.acts.fault import Fault, Place, Refused, refused
from travaux.formats.intake import LARGEST

MOST = 2_000_000  # documents in one archive
_SKIPPED = ("__MACOSX", "Thumbs.db", "desktop.ini")
_PACKED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")
_BROKEN = (zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, KeyError)
_TAR_AT = 257  # bytes before the mark of a tar archive


@dataclass(frozen=True, slots=True)
class Paper:
    """One document in its place: `name` as shown, the file it lies in, and where in that file.

    `kind` is ``file``, ``zip`` or ``tar`` (then `member` is its name inside), or ``input`` (standard input).
    """

    name: str
    path: str
    kind: str = "file"
    member: str = ""


def papers(paths: Iterable[str]) -> Iterator[Paper | Fault]:
    """Every document under `paths`, folders and archives opened, in a fixed order; what is wrong instead.

    The order is that of the paths given, then of the names (by code point; in a tar, as they lie).
    ``-`` is standard input.
    """
    for path in paths:
        if path == "-":
            yield Paper("standard input", "-", "input")
        elif Path(path).is_dir():
            yield from _folder(Path(path))
        else:
            yield from _file(Path(path))


def is_archive(path: str) -> bool:
    """Whether there is an archive of documents at `path`; False for what cannot be looked into."""
    try:
        return Path(path).is_file() and bool(archive_kind(Path(path)))
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError):
        return False


def archive_kind(path: Path) -> str:
    """``zip`` or ``tar`` for an archive of documents, else empty; by content, so a docx is no archive."""
    with path.open("rb") as file:
        head = file.read(512)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip" if zipfile.is_zipfile(path) and not _office(path) else ""
    packed = head.startswith(_PACKED)
    if head[_TAR_AT : _TAR_AT + 5] == b"ustar" or packed:
        return "tar" if tarfile.is_tarfile(path) else ""
    return ""


def _office(path: Path) -> bool:
    """Whether a zip file is a package of one document (docx, xlsx, odt, epub)."""
    with zipfile.ZipFile(path) as package:
        return any(n in ("[Content_Types].xml", "mimetype") for n in package.namelist()[:50])


def _folder(folder: Path) -> Iterator[Paper | Fault]:
    """The files of a folder and all folders in it; hidden ones and links to folders left out."""
    try:
        entries = sorted(folder.iterdir(), key=lambda p: p.name)
    except OSError as error:
        yield Fault("file.unreadable", Place(str(folder)), {"detail": error.strerror or str(error)})
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name in _SKIPPED:
            continue
        if entry.is_dir():
            if not entry.is_symlink():
                yield from _folder(entry)
        else:
            yield from _file(entry)


def _file(path: Path) -> Iterator[Paper | Fault]:
    try:
        mode = path.stat().st_mode
        kind = archive_kind(path) if stat.S_ISREG(mode) else ""
    except (OSError, ValueError) as error:
        detail = getattr(error, "strerror", None) or str(error)
        yield Fault("file.unreadable", Place(str(path)), {"detail": detail})
        return
    except (zipfile.BadZipFile, NotImplementedError) as error:
        yield Fault("read.archive_broken", Place(str(path)), {"detail": str(error)})
        return
    if kind:
        yield from _members(path, kind)
    elif stat.S_ISREG(mode) or stat.S_ISFIFO(mode) or stat.S_ISCHR(mode):
        yield Paper(str(path), str(path))
    else:
        yield Fault("read.not_a_file", Place(str(path)))


def _members(path: Path, kind: str) -> Iterator[Paper | Fault]:
    """The documents inside an archive (zip: by name; tar: as they lie); an archive in it stays closed."""
    try:
        names = sorted(_zip_names(path)) if kind == "zip" else _tar_names(path)
    except (OSError, *_BROKEN) as error:
        yield Fault("read.archive_broken", Place(str(path)), {"detail": str(error)})
        return
    if not names:
        yield Fault("read.archive_empty", Place(str(path)))
    if len(names) > MOST:
        yield Fault("read.archive_many", Place(str(path)), {"n": len(names), "most": MOST})
        return
    for name in names:
        parts = name.split("/")
        if any(p.startswith(".") or p in _SKIPPED for p in parts if p not in (".", "..")):
            continue
        if name.lower().endswith((".zip", ".tar", ".tgz", ".tar.gz", ".tar.xz", ".tar.bz2", ".7z", ".rar")):
            yield Fault("read.archive_nested", Place(f"{path}/{name}"))
        else:
            yield Paper(f"{path}/{name}", str(path), kind, name)


def _zip_names(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as package:
        return [i.filename for i in package.infolist() if not i.is_dir()]


def _tar_names(path: Path) -> list[str]:
    with tarfile.open(path) as package:
        return list(dict.fromkeys(m.name for m in package if m.isfile()))


@dataclass(slots=True)
class Shelf:
    """Takes documents from where they lie; an archive stays open from its first document to `close`."""

    _zips: dict[str, zipfile.ZipFile] = field(default_factory=dict)
    _tars: dict[str, tuple[tarfile.TarFile, dict[str, tarfile.TarInfo]]] = field(default_factory=dict)

    def fetch(self, paper: Paper) -> bytes | Refused:
        """The bytes of one document. Refused: what cannot be read, or has more than `LARGEST` bytes.

        Documents of a packed tar are best fetched in the order of `papers`: going back unpacks it again.
        """
        try:
            data = self._bytes(paper)
        except OSError as error:
            return refused("file.unreadable", Place(paper.name), detail=error.strerror or str(error))
        except (
            zipfile.BadZipFile,
            tarfile.TarError,
            zlib.error,
            lzma.LZMAError,
            EOFError,
            KeyError,
        ) as error:
            return refused("read.archive_broken", Place(paper.name), detail=str(error).strip("'\""))
        except (RuntimeError, NotImplementedError):
            return refused("read.archive_locked", Place(paper.name))
        if len(data) > LARGEST:
            return refused("intake.large", file=paper.name, size=self._size(paper, data), most=LARGEST)
        return data

    def close(self) -> None:
        """Close every archive that was opened."""
        for package in self._zips.values():
            package.close()
        for tar, _ in self._tars.values():
            tar.close()
        self._zips.clear()
        self._tars.clear()

    def __enter__(self) -> Shelf:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _bytes(self, paper: Paper) -> bytes:
        """At most one byte more than a document may have."""
        if paper.kind == "input":
            return sys.stdin.buffer.read(LARGEST + 1)
        if paper.kind == "zip":
            with self._zip(paper.path).open(paper.member) as file:
                return file.read(LARGEST + 1)
        if paper.kind == "tar":
            tar, members = self._tar(paper.path)
            taken = tar.extractfile(members[paper.member])
            return b"" if taken is None else taken.read(LARGEST + 1)
        with Path(paper.path).open("rb") as plain:
            return plain.read(LARGEST + 1)

    def _zip(self, path: str) -> zipfile.ZipFile:
        if path not in self._zips:
            self._zips[path] = zipfile.ZipFile(path)
        return self._zips[path]

    def _tar(self, path: str) -> tuple[tarfile.TarFile, dict[str, tarfile.TarInfo]]:
        if path not in self._tars:
            tar = tarfile.open(path)  # noqa: SIM115 - it stays open until `close`
            self._tars[path] = (tar, {m.name: m for m in tar if m.isfile()})
        return self._tars[path]

    def _size(self, paper: Paper, data: bytes) -> int:
        """The size of a document that is too large, as far as it is told."""
        if paper.kind == "file" and (path := Path(paper.path)).is_file():
            return path.stat().st_size
        if paper.kind == "zip":
            return self._zip(paper.path).getinfo(paper.member).file_size
        return len(data)
