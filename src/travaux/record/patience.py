"""An end to any wait for a web server: one that speaks on for ever is cut off, wherever it is in its answer.

A timeout of a socket counts from the last byte. A server that sends a header a second, or one interim answer
after another (RFC 9110, section 15.2), never meets it.
"""

from __future__ import annotations

import socket
from contextlib import suppress
from functools import partial
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from threading import Timer
from types import TracebackType
from typing import Any
from urllib.request import BaseHandler, HTTPHandler, HTTPSHandler, Request


class Patience:
    """A block of so many seconds; when they have passed, its connections are shut and `over` is true."""

    def __init__(self, seconds: float) -> None:
        """The clock starts with the block."""
        self.over = False
        self._socket: socket.socket | None = None
        self._timer = Timer(seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> Patience:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()

    def watch(self, connected: socket.socket) -> None:
        """Shut this connection too when the time is over."""
        self._socket = connected
        if self.over:
            self._shut()

    def _end(self) -> None:
        self.over = True
        self._shut()

    def _shut(self) -> None:
        """Below TLS, whose own shutting would wait for an answer."""
        with suppress(OSError):
            if self._socket is not None:
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


class _Plain(HTTPConnection):
    def __init__(self, *args: Any, patience: Patience, **more: Any) -> None:
        super().__init__(*args, **more)
        self._patience = patience

    def connect(self) -> None:
        super().connect()
        self._patience.watch(self.sock)


class _Secure(HTTPSConnection):
    def __init__(self, *args: Any, patience: Patience, **more: Any) -> None:
        super().__init__(*args, **more)
        self._patience = patience

    def connect(self) -> None:
        super().connect()
        self._patience.watch(self.sock)


class _PlainHandler(HTTPHandler):
    def __init__(self, patience: Patience) -> None:
        super().__init__()
        self._patience = patience

    def http_open(self, req: Request) -> HTTPResponse:
        return self.do_open(partial(_Plain, patience=self._patience), req)


class _SecureHandler(HTTPSHandler):
    def __init__(self, patience: Patience) -> None:
        super().__init__()
        self._patience = patience

    def https_open(self, req: Request) -> HTTPResponse:
        return self.do_open(partial(_Secure, patience=self._patience), req)


def watched(patience: Patience) -> tuple[BaseHandler, BaseHandler]:
    """Handlers for `build_opener` whose connections end with the patience."""
    return _PlainHandler(patience), _SecureHandler(patience)
