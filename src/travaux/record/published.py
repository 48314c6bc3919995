"""A published register as files: in a folder, or behind an http(s) address. Only the mirror reads it."""

from __future__ import annotations

from collections.abc import Callable
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from typing import IO, Final, Protocol
from urllib.error import HTTPError, URLError
from urllib.parse import urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from travaux.acts.fault import Place, Refused, refused
from travaux.record.patience import Patience, watched

TIMEOUT: Final = 20.0
PATIENCE: Final = 300.0
_PIECE: Final = 1 << 16
_ABSENT: Final = (404, 410)


class Published(Protocol):
    """Files of an exported directory by their relative path."""

    where: str

    def read(self, path: str, limit: int) -> bytes | Refused | None:
        """The bytes of a file, None where there is none; one of more than `limit` bytes is refused."""


class Folder:
    """A published register in a folder."""

    def __init__(self, path: Path) -> None:
        """Nothing is read yet."""
        self.path, self.where = path, str(path)

    def read(self, path: str, limit: int) -> bytes | Refused | None:
        """See `Published`."""
        file = self.path / path
        try:
            if file.exists() and not file.is_file():  # a pipe or a device would be read without end
                return None
            with file.open("rb") as data:
                found = data.read(limit + 1)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            return refused("record.unreadable", Place(str(file)), detail=error.strerror or str(error))
        return found if len(found) <= limit else refused("mirror.large", Place(str(file)), limit=limit)


class Web:
    """A published register behind an address; no other host is ever asked, and no answer is endless.

    `timeout` seconds for each wait, `patience` seconds for one file in all.
    """

    def __init__(self, address: str, timeout: float = TIMEOUT, patience: float = PATIENCE) -> None:
        """Nothing is asked yet."""
        self.where = address.rstrip("/")
        self._timeout, self._patience = timeout, patience

    def read(self, path: str, limit: int) -> bytes | Refused | None:
        """See `Published`."""
        address = f"{self.where}/{path}"
        with Patience(self._patience) as patience:
            found = self._read(address, limit, patience)
        slow = refused("mirror.slow", Place(address), seconds=int(self._patience))
        return slow if patience.over else found

    def _read(self, address: str, limit: int, patience: Patience) -> bytes | Refused | None:
        opener = build_opener(_SameHost(self.where), *watched(patience))
        try:
            request = Request(address, headers={"User-Agent": "travaux-mirror"})  # noqa: S310 - http(s) only
            with opener.open(request, timeout=self._timeout) as answer:
                return self._body(answer.read1, address, limit)
        except _Elsewhere as elsewhere:
            return refused("mirror.redirect", Place(address), target=elsewhere.target)
        except HTTPError as error:
            error.close()
            absent = error.code in _ABSENT
            return None if absent else refused("mirror.status", Place(address), status=error.code)
        except (URLError, HTTPException, OSError, ValueError) as error:
            detail = getattr(error, "reason", None) or str(error) or type(error).__name__
            return refused("mirror.unreachable", Place(address), detail=detail)

    def _body(self, read: Callable[[int], bytes], address: str, limit: int) -> bytes | Refused:
        found = bytearray()
        while piece := read(_PIECE):
            found += piece
            if len(found) > limit:
                return refused("mirror.large", Place(address), limit=limit)
        return bytes(found)


def published_at(source: str) -> Published | Refused:
    """The published register at a folder or an http(s) address; anything else is refused."""
    parts = urlsplit(source)
    if parts.scheme in ("http", "https") and parts.hostname and not parts.query and not parts.fragment:
        return Web(source)
    if "://" in source:
        return refused("mirror.address", address=source)
    if not Path(source).is_dir():
        return refused("mirror.no_source", Place(source), detail="no such folder")
    return Folder(Path(source))


class _Elsewhere(Exception):  # noqa: N818 - it ends a request, it is no error
    """The host names an address that is not its own."""

    def __init__(self, target: str) -> None:
        super().__init__(target)
        self.target = target


class _SameHost(HTTPRedirectHandler):
    """Follows a redirect only to the same scheme, host and port."""

    def __init__(self, address: str) -> None:
        self._home = urlsplit(address)[:2]

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """The request to follow, where it stays at home."""
        target = urljoin(req.full_url, newurl)
        if urlsplit(target)[:2] != self._home:
            raise _Elsewhere(target)
        return super().redirect_request(req, fp, code, msg, headers, target)
