"""Keys and passwords of a house in a folder: made once, kept to ourselves.

`python -m deploy.secrets` prints new ones as lines that a shell reads, for a house of parts.
"""

import json
import os
import secrets
import shlex
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey


@dataclass(frozen=True)
class Secrets:
    """The key pair of the token endpoint, the keys of receipts and of bundles, what the systems sign in with."""

    claims_private_key: str
    claims_public_key: str
    receipt_private_key: str
    administrator_password: str
    case_svc_secret: str
    kpi_svc_secret: str
    province_secret: str
    console_secret: str
    bundle_private_keys: str


def make() -> Secrets:
    """New secrets."""
    private, public = _key_pair()
    passwords = [secrets.token_urlsafe(18) for _ in range(5)]
    words = [*passwords, _private(X25519PrivateKey.generate())]
    return Secrets(private, public, _key_pair()[0], *words)


def _key_pair() -> tuple[str, str]:
    """A new Ed25519 key pair as PEM: private, public."""
    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return _private(key), public.decode()


def _private(key: Ed25519PrivateKey | X25519PrivateKey) -> str:
    """A private key as PEM."""
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


def load_or_make(path: Path) -> Secrets:
    """The secrets kept in `path`, made there when absent; readable by this account alone.

    A house older than one of them gets that one, and keeps the others.
    """
    kept = json.loads(path.read_text()) if path.exists() else {}
    made = Secrets(**(asdict(make()) | kept))
    if asdict(made) == kept:
        return made
    path.parent.mkdir(parents=True, exist_ok=True)
    # Written aside and renamed: a kill in the middle leaves no half a key.
    coming = path.with_suffix(".coming")
    with open(os.open(coming, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        json.dump(asdict(made), out)
        out.flush()
        os.fsync(out.fileno())
    coming.rename(path)
    return made


def exports(made: Secrets) -> str:
    """The secrets as ZHIFA_* settings that a shell can read."""
    return "".join(
        f"export ZHIFA_{name.upper()}={shlex.quote(value)}\n"
        for name, value in asdict(made).items()
    )


if __name__ == "__main__":
    sys.stdout.write(exports(make()))
