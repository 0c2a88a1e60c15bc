"""A letter's body as bytes: hashed for the receipt, and as PostgreSQL can keep it."""

import hashlib
import json
from typing import Any

from services.kit.problems import Malformed


def sha256_of(body: dict[str, Any]) -> str:
    """SHA-256 of the one spelling of a body, as the tablet hashes it: what a receipt repeats."""
    return hashlib.sha256(
        _spelled(body, ascii_only=False).encode(errors="surrogatepass")
    ).hexdigest()


def keepable(body: dict[str, Any]) -> dict[str, Any]:
    """The body, or its spelling in ASCII where PostgreSQL cannot keep it as it is."""
    return body if _can_be_kept(body) else {"spelled": _spelled(body, ascii_only=True)}


def require_keepable(body: dict[str, Any]) -> None:
    """Refuse what no column can hold: NUL, half characters, numbers that are none."""
    if not _can_be_kept(body):
        raise Malformed("内容中含有无法保存的字符或数值")


def _spelled(body: dict[str, Any], *, ascii_only: bool) -> str:
    return json.dumps(body, ensure_ascii=ascii_only, sort_keys=True, separators=(",", ":"))


def _can_be_kept(body: dict[str, Any]) -> bool:
    try:
        text = json.dumps(body, ensure_ascii=False, allow_nan=False)
        text.encode()
    except ValueError:
        return False
    return "\\u0000" not in text
