"""`/verify`: one file that holds all it needs, so that it also works from a disk, without a network.

Nothing is loaded with it. Its policy names its own style and script by their hashes, in the answer's
header and in the file itself.
"""

import base64
import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from gateway.settings import GatewaySettings
from lawbook.content import load
from lawbook.journal import key_id

FOLDER = Path(__file__).parent
SCRIPTS = ("spelling.js", "proof.js", "page.js")
MARK = "-----END PUBLIC KEY-----"
NAME = "filename*=UTF-8''%E6%96%87%E4%B9%A6%E9%AA%8C%E7%9C%9F.html"
"""文书验真.html"""


class VerifyPage:
    """Answers with the page; with `?download=1` as a file to be kept."""

    def __init__(self, settings: GatewaySettings) -> None:
        self._settings = settings
        self._made = cache(self._make)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        page, policy = self._made()
        headers = {
            "content-security-policy": f"{policy}; frame-ancestors 'none'",
            "x-content-type-options": "nosniff",
            "x-frame-options": "DENY",
            "referrer-policy": "no-referrer",
            "cross-origin-opener-policy": "same-origin",
            "cache-control": "no-cache",
        }
        if b"download=1" in scope["query_string"].split(b"&"):
            headers["content-disposition"] = f"attachment; {NAME}"
        answer = Response(page, media_type="text/html; charset=utf-8", headers=headers)
        await answer(scope, receive, send)

    def _make(self) -> tuple[bytes, str]:
        style = (FOLDER / "page.css").read_text("utf-8")
        parts = ((FOLDER / name).read_text("utf-8") for name in SCRIPTS)
        script = f'"use strict";\n{"".join(parts)}'
        policy = (
            f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; "
            "connect-src 'self'; base-uri 'none'; form-action 'none'"
        )
        keys = public_keys(self._settings)
        told = {"keys": keys, "kinds": kinds(self._settings.content)}
        parts_of = {
            "policy": policy, "style": style, "script": script, "keys": "、".join(keys),
            # No text of ours may end the element that it stands in.
            "told": json.dumps(told, ensure_ascii=False).replace("<", "\\u003c"),
        }  # fmt: skip
        page = (FOLDER / "page.html").read_text("utf-8")
        for name, text in parts_of.items():
            page = page.replace("{{ " + name + " }}", text)
        return page.encode(), policy


def public_keys(settings: GatewaySettings) -> dict[str, str]:
    """Key id → 32 bytes as base64url: keys that attest tablets now, and those that did."""
    found = {}
    for pem in (settings.claims_public_key + settings.document_public_keys).split(MARK):
        if pem.strip():
            key = load_pem_public_key((pem.strip() + "\n" + MARK).encode())
            if not isinstance(key, Ed25519PublicKey):
                raise ValueError("a claims key must be an Ed25519 key")
            raw = key.public_bytes_raw()
            found[key_id(raw)] = base64.urlsafe_b64encode(raw).decode().rstrip("=")
    return found


def kinds(content: Path) -> dict[str, dict[str, Any]]:
    """Kind of document → its name, and how its fields are called."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted((content / "documents").glob("*/document.toml")):
        form = load(path)
        labels = {
            one["code"]: one["label"]
            for field in form["fields"]
            for one in (field, *field.get("columns", ()))
        }
        found[form["code"]] = {"name": form["name"], "labels": labels}
    return found


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
