"""The device: one identity and one key for each installation, whoever works on it (平板).

Kept in `device.json` in the installation's folder, readable by this account alone, made once. A
later part puts the key into the Android keystore: nothing outside this module sees it.
"""

import base64
import json
import os
from pathlib import Path
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

FILE = "device.json"


def text_of(data: bytes) -> str:
    """Bytes as base64url without padding: how keys and signatures are spelled on the wire."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def bytes_of(text: str) -> bytes:
    """The bytes of base64url text. ValueError when it is none."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Device:
    """This installation: its id, its folder, and a signature that nobody else can make."""

    def __init__(self, device_id: str, folder: Path, key: Ed25519PrivateKey) -> None:
        self.id, self.folder, self._key = device_id, folder, key

    @property
    def public_key(self) -> str:
        """The Ed25519 key that verifies this device's signatures: 32 bytes as base64url."""
        return text_of(self._key.public_key().public_bytes_raw())

    def sign(self, data: bytes) -> bytes:
        """An Ed25519 signature (64 bytes) by this device's key."""
        return self._key.sign(data)


def device_in(folder: Path, known_as: str | None = None) -> Device:
    """The device of the installation in `folder`; made there when there is none yet.

    `known_as`: the id under which an installation older than this file is known.
    """
    path = folder / FILE
    if not path.exists():
        key = text_of(Ed25519PrivateKey.generate().private_bytes_raw())
        keep_privately(path, {"id": known_as or str(uuid4()), "key": key})
    told = json.loads(path.read_text("utf-8"))
    key_bytes = bytes_of(told["key"])
    return Device(str(told["id"]), folder, Ed25519PrivateKey.from_private_bytes(key_bytes))


def keep_privately(path: Path, told: dict[str, object]) -> None:
    """Write a small file that only this account reads; on disk, whole, when this returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # Written aside and renamed: a kill in the middle leaves no half an identity.
    coming = path.with_suffix(".coming")
    with open(os.open(coming, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write(json.dumps(told, ensure_ascii=False))
        out.flush()
        os.fsync(out.fileno())
    coming.replace(path)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
