"""Encrypted PKCS#8 (RFC 5958) with PBES2: scrypt (RFC 7914), AES-256-CBC. ``openssl pkcs8 -scrypt`` does it.

`cryptography` reads this form and writes only PBKDF2 with 2,048 rounds, too cheap to guess against.
"""

from __future__ import annotations

import base64
import os
import textwrap
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

# 16 MiB a pass: OpenSSL refuses to read what needs more than 32. The passes make it dear.
COST: Final = 1 << 14
BLOCK: Final = 8
BEGIN: Final = "-----BEGIN ENCRYPTED PRIVATE KEY-----"
_END: Final = "-----END ENCRYPTED PRIVATE KEY-----"
_PBES2: Final = bytes.fromhex("06092a864886f70d01050d")
_SCRYPT: Final = bytes.fromhex("06092b06010401da47040b")
_AES: Final = bytes.fromhex("060960864801650304012a")
_SEQUENCE, _OCTETS, _INTEGER = 0x30, 0x04, 0x02


def encrypted(key: bytes, passphrase: bytes, passes: int) -> str:
    """The PEM block of `key`, the DER of an unencrypted PKCS#8; `passes` of scrypt guard the passphrase."""
    salt, start = os.urandom(16), os.urandom(16)
    derived = Scrypt(salt=salt, length=32, n=COST, r=BLOCK, p=passes).derive(passphrase)
    padding = 16 - len(key) % 16
    cipher = Cipher(algorithms.AES(derived), modes.CBC(start)).encryptor()
    sealed = cipher.update(key + bytes([padding]) * padding) + cipher.finalize()
    kdf = _der(_SEQUENCE, _der(_OCTETS, salt) + _number(COST) + _number(BLOCK) + _number(passes))
    scheme = _der(_SEQUENCE, _AES + _der(_OCTETS, start))
    parameters = _der(_SEQUENCE, _der(_SEQUENCE, _SCRYPT + kdf) + scheme)
    body = _der(_SEQUENCE, _der(_SEQUENCE, _PBES2 + parameters) + _der(_OCTETS, sealed))
    return "\n".join([BEGIN, *textwrap.wrap(base64.b64encode(body).decode(), 64), _END, ""])


def _der(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content


def _number(value: int) -> bytes:
    return _der(_INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))
