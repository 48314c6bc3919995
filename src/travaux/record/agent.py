"""Signing with keys that stay in an ssh-agent (draft-ietf-sshm-ssh-agent): requests 11 and 13, flags 0.

The agent is not trusted with anything but its key: every answer has a limit of size and time, and a signature
counts only if it verifies under the key that was asked for.
"""

from __future__ import annotations

import socket
import time
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from travaux.acts.fault import Place, Refused, refused
from travaux.record import ed25519
from travaux.record.keys import VKey

LISTS: Final = 10.0
SIGNS: Final = 60.0  # somebody may have to confirm, or to touch a device
MAX_ANSWER: Final = 1 << 18
ED25519: Final = "ssh-ed25519"
_WORDS: Final = 120  # characters of a comment
_FAILURE, _LIST, _LISTED, _SIGN, _SIGNED = 5, 11, 12, 13, 14


@dataclass(frozen=True, slots=True)
class Identity:
    """A key that an agent offers: its type, its public `blob`, the comment it was added with."""

    kind: str
    blob: bytes
    comment: str

    @property
    def fingerprint(self) -> str:
        """As ``ssh-add -l`` prints it."""
        return f"SHA256:{b64encode(sha256(self.blob).digest()).decode().rstrip('=')}"

    @property
    def public(self) -> bytes:
        """The 32 bytes of an Ed25519 key."""
        return self.blob[-32:]


@dataclass(frozen=True, slots=True)
class Agent:
    """The agent at a socket ("": none), asked anew each time. `patience` bounds an answer in seconds."""

    path: str
    patience: float = SIGNS

    def identities(self) -> list[Identity] | Refused:
        """The keys it offers. Refused: no agent, silence, an answer of another form."""
        answer = self._ask(bytes([_LIST]), min(LISTS, self.patience))
        if isinstance(answer, Refused):
            return answer
        parts = _strings(answer[5:]) if answer[:1] == bytes([_LISTED]) and len(answer) >= 5 else None
        if parts is None or len(parts) != 2 * int.from_bytes(answer[1:5], "big"):
            return self._garbage("no list of keys")
        pairs = zip(parts[::2], parts[1::2], strict=True)
        return [Identity(_kind(blob), blob, _shown(comment)) for blob, comment in pairs]

    def sign(self, vkey: VKey, message: bytes) -> bytes | Refused:
        """The 64 bytes by which the key signs `message`.

        Refused: the agent declines or has no such key, and whatever else is not a signature of this very key.
        """
        request = bytes([_SIGN]) + _string(blob_of(vkey.public)) + _string(message) + bytes(4)
        answer = self._ask(request, self.patience)
        if isinstance(answer, Refused):
            return answer
        if answer == bytes([_FAILURE]):
            return refused("agent.declined", Place(self.path), name=vkey.name)
        outer = _strings(answer[1:]) if answer[:1] == bytes([_SIGNED]) else None
        inner = _strings(outer[0]) if outer is not None and len(outer) == 1 else None
        if inner is None or len(inner) != 2:
            return self._garbage("no signature")
        if inner[0] != ED25519.encode() or not ed25519.verify(vkey.public, inner[1], message):
            return refused("agent.signature", Place(self.path), name=vkey.name)
        return inner[1]

    def _ask(self, request: bytes, seconds: float) -> bytes | Refused:
        """One request and its answer, without the lengths before them."""
        if not self.path:
            return refused("agent.none")
        if not hasattr(socket, "AF_UNIX"):
            return refused("agent.unreachable", Place(self.path), detail="this system has no Unix sockets")
        end = time.monotonic() + seconds
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
                line.settimeout(seconds)
                line.connect(self.path)
                line.sendall(_string(request))
                size = int.from_bytes(_read(line, 4, end), "big")
                if not 0 < size <= MAX_ANSWER:
                    return self._garbage(f"an answer of {size} bytes")
                return _read(line, size, end)
        except TimeoutError:
            return refused("agent.silent", Place(self.path), seconds=round(seconds, 1))
        except EOFError:
            return self._garbage("it hung up in the middle of its answer")
        except (OSError, ValueError) as error:
            detail = getattr(error, "strerror", None) or str(error)
            return refused("agent.unreachable", Place(self.path), detail=detail)

    def _garbage(self, detail: str) -> Refused:
        return refused("agent.garbage", Place(self.path), detail=detail)


@dataclass(frozen=True, slots=True)
class AgentKey:
    """A `Signer` whose private key stays in an agent."""

    vkey: VKey
    agent: Agent

    def sign(self, message: bytes) -> bytes | Refused:
        """The signature on `message`, or why there is none."""
        return self.agent.sign(self.vkey, message)


def blob_of(public: bytes) -> bytes:
    """An Ed25519 key as OpenSSH packs it (RFC 8709)."""
    return _string(ED25519.encode()) + _string(public)


def _read(line: socket.socket, size: int, end: float) -> bytes:
    """Exactly `size` bytes before `end`; a TimeoutError or EOFError else."""
    found = bytearray()
    while len(found) < size:
        left = end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        line.settimeout(left)
        piece = line.recv(size - len(found))
        if not piece:
            raise EOFError
        found += piece
    return bytes(found)


def _kind(blob: bytes) -> str:
    """The type of a key; an Ed25519 key of another form has none."""
    parts = _strings(blob)
    kind = _shown(parts[0]) if parts else ""
    return "" if kind == ED25519 and blob != blob_of(blob[-32:]) else kind


def _shown(data: bytes) -> str:
    """Words of the agent as they may be shown on a terminal."""
    text = data.decode("utf-8", "replace")[:_WORDS]
    return "".join(c if c.isprintable() else "?" for c in text)


def _strings(data: bytes) -> list[bytes] | None:
    """The strings behind each other in `data`, each with its length before it; None where they do not fit."""
    found, at = [], 0
    while at < len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        if at + 4 + size > len(data):
            return None
        found.append(data[at + 4 : at + 4 + size])
        at += 4 + size
    return found


def _string(data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + data


__all__ = ["Agent", "AgentKey", "Identity", "blob_of"]
