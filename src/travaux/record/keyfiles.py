"""Private keys in files of mode 0600, with a passphrase: OpenSSH format, the comment bearing the name.

``ssh-keygen -t ed25519 -C NAME`` makes the same files. The cost of the passphrase is bcrypt rounds. An ML-DSA
key, for which OpenSSH has no form, lies in encrypted PKCS#8 below a line with its vkey. What ``openssl pkcs8
-topk8 -scrypt`` writes is read as well.
"""

from __future__ import annotations

import base64
import os
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Final

import bcrypt
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    load_ssh_private_key,
)

from travaux.acts.fault import Place, Refused, refused
from travaux.record import mldsa, pkcs8
from travaux.record.agent import blob_of
from travaux.record.checkpoint import checkable
from travaux.record.durable import sync_folder
from travaux.record.keys import COSIGNATURE, ED25519, MLDSA44, KeyPair, VKey, is_name, parse_vkey, unbase64

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

ROUNDS: Final = 100
MAX_FILE: Final = 65_536
_SSH: Final = b"ssh-ed25519"
_LINES: Final = (b"ssh-", b"sk-")
_BEGIN: Final = "-----BEGIN OPENSSH PRIVATE KEY-----"
_END: Final = "-----END OPENSSH PRIVATE KEY-----"


def new_key(
    path: Path,
    name: str,
    passphrase: bytes,
    *,
    witness: bool = False,
    ml_dsa: bool = False,
    rounds: int = ROUNDS,
) -> KeyPair | Refused:
    """Make a key under `name` and write it to `path`; folders are made as needed.

    `ml_dsa` makes a witness key of type 06; `rounds` are then a tenth as many passes of scrypt.
    Refused: a bad name, an empty passphrase, a file that is there already, a folder that cannot be written,
    an ML-DSA key that is no witness's or that the installed library cannot make.
    """
    if not is_name(name):
        return refused("record.name", Place(str(path)), name=name)
    if not passphrase:
        return refused("record.key_unprotected", Place(str(path)))
    if ml_dsa:
        return _new_mldsa(path, name, passphrase, witness, rounds)
    pair = KeyPair.of(name, Ed25519PrivateKey.generate(), COSIGNATURE if witness else ED25519)
    return _write(path, _openssh(pair, passphrase, rounds)) or pair


def load_key(path: Path, name: str, passphrase: bytes | None, *, witness: bool = False) -> KeyPair | Refused:
    """The key in `path`, to sign as `name`: OpenSSH, or PKCS#8 as OpenSSL writes it.

    Refused: no file (the key is lost), no or wrong passphrase, another kind of key, no key at all. Whether
    the name and the key belong together is for the register to say.
    """
    where = Place(str(path))
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE + 1)
    except FileNotFoundError:
        return refused("record.key_lost", where, name=name)
    except OSError as error:
        return refused("record.unreadable", where, detail=error.strerror or str(error))
    told = _told(data)
    if told is not None and not checkable(told):
        return refused("record.mldsa_missing", where, name=name)
    private = _decode(data, passphrase, where)
    if isinstance(private, Refused):
        return private
    if isinstance(private, Ed25519PrivateKey):
        return KeyPair.of(name, private, COSIGNATURE if witness else ED25519)
    if not witness:
        return refused("record.mldsa_role", where, name=name)
    pair = KeyPair.of(name, private, MLDSA44)
    return pair if told in (None, pair.vkey) else refused("record.key_other", where)


def _new_mldsa(path: Path, name: str, passphrase: bytes, witness: bool, rounds: int) -> KeyPair | Refused:
    """A key of type 06, its vkey in the first line of the file for whoever has no passphrase."""
    if not witness:
        return refused("record.mldsa_role", Place(str(path)), name=name)
    if not mldsa.available():
        return refused("record.mldsa_missing", Place(str(path)), name=name)
    private = mldsa.generate()
    pair = KeyPair.of(name, private, MLDSA44)
    key = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    data = f"{pair.vkey}\n{pkcs8.encrypted(key, passphrase, max(1, rounds // 10))}"
    return _write(path, data.encode()) or pair


def _told(data: bytes) -> VKey | None:
    """The vkey in the first line of a file, where there is one."""
    line = data.partition(b"\n")[0].decode("ascii", "replace")
    vkey = parse_vkey(line) if "+" in line else None
    return vkey if isinstance(vkey, VKey) else None


def public_key(path: Path, name: str, *, witness: bool = False) -> VKey | Refused:
    """The public half of a key file, without its passphrase: of an OpenSSH file, or one with its vkey told.

    A file that holds nothing but a public key, as OpenSSH writes it, stands for a key in an ssh-agent.
    Refused: no file, another form, one that keeps the public half under its passphrase, a FIDO key.
    """
    where = Place(str(path))
    try:
        data = path.read_bytes()[:MAX_FILE]
    except FileNotFoundError:
        return refused("record.key_lost", where, name=name)
    except OSError as error:
        return refused("record.unreadable", where, detail=error.strerror or str(error))
    if (told := _told(data)) is not None:
        return told
    if data.startswith(_LINES):
        return _public_line(data, name, COSIGNATURE if witness else ED25519, where)
    if data.startswith(pkcs8.BEGIN.encode()):
        return refused("record.key_sealed", where)
    try:
        body = base64.b64decode(b"".join(line for line in data.splitlines() if not line.startswith(b"-----")))
    except ValueError:
        return refused("record.key_file", where)
    mark = _string(_SSH) + (32).to_bytes(4, "big")
    at = body.find(mark)
    public = body[at + len(mark) : at + len(mark) + 32] if at >= 0 else b""
    if len(public) != 32:
        return refused("record.key_file", where)
    return VKey.of(name, COSIGNATURE if witness else ED25519, public)


def in_agent(path: Path) -> bool:
    """True where the file at `path` holds a public key only: the private one is in an ssh-agent."""
    try:
        with path.open("rb") as file:
            return file.read(8).startswith(_LINES)
    except OSError:
        return False


def write_public(path: Path, vkey: VKey) -> Refused | None:
    """Write the public half alone, in a line as OpenSSH has it; an existing file is never overwritten."""
    line = b" ".join([_SSH, base64.b64encode(blob_of(vkey.public)), vkey.name.encode()])
    return _write(path, line + b"\n")


def _public_line(data: bytes, name: str, kind: int, where: Place) -> VKey | Refused:
    sort, _, rest = data.decode("ascii", "replace").partition(" ")
    blob = unbase64(rest.split()[0]) if rest.split() else None
    if sort.startswith("sk-"):
        return refused("agent.fido", where, wanted=name, kind=sort, name=name)
    if blob is None or blob != blob_of(blob[-32:]):
        return refused("record.key_file", where)
    return VKey.of(name, kind, blob[-32:])


def _decode(
    data: bytes, passphrase: bytes | None, where: Place
) -> Ed25519PrivateKey | MLDSA44PrivateKey | Refused:
    ssh = b"OPENSSH PRIVATE KEY" in data
    try:
        key = (load_ssh_private_key if ssh else load_pem_private_key)(data[:MAX_FILE], passphrase)
    except TypeError:
        return refused("record.passphrase_needed" if not passphrase else "record.passphrase_none", where)
    except UnsupportedAlgorithm:
        return refused("record.key_kind", where)
    except ValueError:
        looks = b"-----BEGIN" in data and passphrase is not None
        return refused("record.passphrase_wrong" if looks else "record.key_file", where)
    if isinstance(key, Ed25519PrivateKey) or mldsa.is_private(key):
        return key  # type: ignore[return-value]
    return refused("record.key_kind", where)


def _openssh(pair: KeyPair, passphrase: bytes, rounds: int) -> bytes:
    """The file (PROTOCOL.key of OpenSSH: bcrypt, aes256-ctr); `cryptography` would leave the comment out."""
    salt, check = os.urandom(16), os.urandom(4)
    public = _string(_SSH) + _string(pair.vkey.public)
    secret = pair.private.private_bytes_raw() + pair.vkey.public
    inner = check * 2 + public + _string(secret) + _string(pair.vkey.name.encode())
    inner += bytes(range(1, 1 + -len(inner) % 16))
    derived = bcrypt.kdf(passphrase, salt, 48, rounds, ignore_few_rounds=True)
    cipher = Cipher(algorithms.AES(derived[:32]), modes.CTR(derived[32:])).encryptor()
    options = _string(_string(salt) + rounds.to_bytes(4, "big"))
    head = b"openssh-key-v1\0" + _string(b"aes256-ctr") + _string(b"bcrypt") + options
    body = head + (1).to_bytes(4, "big") + _string(public) + _string(cipher.update(inner) + cipher.finalize())
    lines = textwrap.wrap(base64.b64encode(body).decode(), 70)
    return "\n".join([_BEGIN, *lines, _END, ""]).encode()


def _string(data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + data


def _write(path: Path, data: bytes) -> Refused | None:
    """Write a new file of mode 0600, to the disk; an existing one is never overwritten."""
    if path.exists():
        return refused("record.key_exists", Place(str(path)))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        sync_folder(path.parent)
    except OSError as error:
        return refused("record.unwritable", Place(str(path)), detail=error.strerror or str(error))
    return None
