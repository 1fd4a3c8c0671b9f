"""Encrypt single fields at rest, so that a stolen database or backup tells nobody's number.

A stored value reads `sm4gcm:KEY:base64(nonce, ciphertext, tag)`: the algorithm and the key's name go with it. The
table and field are sealed in as well, so a value moved to another field does not open. Keys come from LUODI_KEYS, or
else from LUODI_HOME/keys, which is made at first use: one key a line, `name algorithm base64`, the newest first.
The line with the algorithm `index` is the key of the blind indexes; it stays when the others are changed.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
import hmac
import os
import secrets
import tempfile
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.conf import settings

CIPHERS = {"sm4gcm": (algorithms.SM4, 16), "aes256gcm": (algorithms.AES, 32)}
"""Algorithm to cipher and key length in bytes: SM4 of GB/T 32907, or AES."""
INDEX = "index"
NONCE, TAG = 12, 16


class Undecryptable(Exception):
    """The value can't be opened; the sentence says whether its key is missing or it was altered."""


class BadKeys(ValueError):
    """The keys themselves can't be used."""


@dataclass(frozen=True, slots=True)
class Key:
    name: str
    algorithm: str
    material: bytes

    @property
    def line(self) -> str:
        return f"{self.name} {self.algorithm} {base64.b64encode(self.material).decode()}"


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys at hand; the first is used to encrypt, all are used to open."""

    keys: tuple[Key, ...]
    index: bytes

    @property
    def current(self) -> Key:
        return self.keys[0]

    def key(self, name: str) -> Key | None:
        return next((key for key in self.keys if key.name == name), None)


def encrypt(text: str, purpose: str) -> str:
    """`text` sealed with the current key for one purpose (the label of its field)."""
    key, nonce = keyring().current, os.urandom(NONCE)
    sealing = Cipher(CIPHERS[key.algorithm][0](key.material), modes.GCM(nonce)).encryptor()
    sealing.authenticate_additional_data(purpose.encode())
    content = sealing.update(text.encode()) + sealing.finalize()
    sealed = base64.b64encode(nonce + content + sealing.tag).decode()
    return f"{key.algorithm}:{key.name}:{sealed}"


def decrypt(stored: str, purpose: str) -> str:
    """The text again. Raises Undecryptable."""
    try:
        algorithm, name, sealed = stored.split(":")
        content = base64.b64decode(sealed, validate=True)
    except (ValueError, binascii.Error):
        raise Undecryptable(f"{purpose} 里存的不是加密内容，可能被改动过。") from None
    key = keyring().key(name)
    if key is None:
        raise Undecryptable(f"找不到密钥“{name}”，不能解密 {purpose}；请把它加回密钥文件。")
    nonce, tag = content[:NONCE], content[-TAG:]
    if key.algorithm != algorithm or len(content) < NONCE + TAG:
        raise Undecryptable(f"{purpose} 的密文不完整，或被改动过。")
    opening = Cipher(CIPHERS[algorithm][0](key.material), modes.GCM(nonce, tag)).decryptor()
    opening.authenticate_additional_data(purpose.encode())
    try:
        return (opening.update(content[NONCE:-TAG]) + opening.finalize()).decode()
    except InvalidTag:
        raise Undecryptable(f"{purpose} 的密文与密钥“{name}”不符：密钥不对，或内容被改动过。") from None


def blind_index(text: str, purpose: str) -> str:
    """The same for equal texts, and nothing without the key: finds an encrypted value without opening any."""
    plain = "".join(unicodedata.normalize("NFKC", text).split()).replace("-", "").upper()
    return hmac.new(keyring().index, f"{purpose}\n{plain}".encode(), hashlib.sha256).hexdigest()


def is_current(stored: str) -> bool:
    key = keyring().current
    return stored.startswith(f"{key.algorithm}:{key.name}:")


def keyring() -> Keyring:
    """The keys of LUODI_KEYS (lines parted by commas), or of the file, read again when it has changed."""
    if settings.LUODI_KEYS:
        return _read(settings.LUODI_KEYS.replace(",", "\n"))
    place = key_file()
    if not place.exists():
        _make(place)
    stamp = place.stat()
    return _read_file(place, stamp.st_mtime_ns, stamp.st_ino)


def key_file() -> Path:
    return Path(settings.LUODI_HOME) / "keys"


def new_key(algorithm: str = "sm4gcm") -> Key:
    """Make a key and put it first in the file. The older ones stay: backups were sealed with them."""
    if settings.LUODI_KEYS:
        raise BadKeys("密钥由 LUODI_KEYS 提供：请把新密钥写在最前面，再运行一次。")
    ring = keyring()
    key = Key(secrets.token_hex(4), algorithm, os.urandom(CIPHERS[algorithm][1]))
    draft = _draft([key, *ring.keys], ring.index)
    draft.replace(key_file())
    return key


def _make(place: Path) -> None:
    key = Key(secrets.token_hex(4), "sm4gcm", os.urandom(16))
    draft = _draft([key], os.urandom(32))
    # Of two processes that start at once, the first one's keys count.
    with contextlib.suppress(FileExistsError):
        os.link(draft, place)
    draft.unlink()


def _draft(keys: list[Key], index: bytes) -> Path:
    """The keys in a file beside the real one, on the disk for certain, readable by its owner only."""
    key_file().parent.mkdir(parents=True, exist_ok=True)
    lines = [*(key.line for key in keys), Key(INDEX, INDEX, index).line]
    with tempfile.NamedTemporaryFile("w", dir=key_file().parent, delete=False, encoding="ascii") as draft:
        draft.write("\n".join(lines) + "\n")
        draft.flush()
        os.fsync(draft.fileno())
    return Path(draft.name)


@lru_cache(maxsize=4)
def _read_file(place: Path, _changed: int, _inode: int) -> Keyring:
    return _read(place.read_text(encoding="ascii"))


@lru_cache(maxsize=4)
def _read(text: str) -> Keyring:
    keys, index = [], None
    for line in filter(None, (line.strip() for line in text.splitlines())):
        try:
            name, algorithm, material = line.split()
            key = Key(name, algorithm, base64.b64decode(material, validate=True))
        except (ValueError, binascii.Error):
            raise BadKeys("密钥应为“名称 算法 base64”，每行一个。") from None
        if algorithm == INDEX:
            index = key.material
        elif algorithm not in CIPHERS or len(key.material) != CIPHERS[algorithm][1]:
            raise BadKeys(f"密钥“{name}”的算法或长度不对；可用 {'、'.join(CIPHERS)}。")
        else:
            keys.append(key)
    if not keys or index is None:
        raise BadKeys("密钥不全：至少要有一个加密密钥和一个 index 密钥。")
    return Keyring(tuple(keys), index)
