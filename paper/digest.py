"""The one spelling of a document's content as bytes, and its hash: what a signature vouches for.

Keys are sorted by code point, nothing is indented, text is UTF-8 as it stands. Fractions are
refused because two machines may spell the same one differently; amounts are whole numbers or text.
"""

import hashlib
import json
from collections.abc import Mapping

from paper.refusals import CannotBeDigested

DEPTH = 32
"""How deep content may nest; a form has three levels at most."""


def canonical(content: object) -> bytes:
    """Spell JSON content (objects, lists, text, whole numbers, true, false, null) as bytes.

    Raises CannotBeDigested for fractions, keys that are not text, half characters (lone surrogates)
    and anything JSON does not know.
    """
    _check(content, "内容", 0)
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        raise CannotBeDigested("内容含有不完整的字符") from None


def digest(kind: str, number: str | None, data: Mapping[str, object]) -> str:
    """The SHA-256 (64 hex digits) of a document: its kind, its number (文号) and its data."""
    return hashlib.sha256(
        canonical({"kind": kind, "number": number, "data": dict(data)})
    ).hexdigest()


def _check(content: object, at: str, depth: int) -> None:
    if depth > DEPTH:
        raise CannotBeDigested(f"{at}：层次过深")
    if content is None or isinstance(content, str | bool | int):
        return
    if isinstance(content, dict):
        for key, value in content.items():
            if not isinstance(key, str):
                raise CannotBeDigested(f"{at}：名称“{key}”不是文字", at=at)
            _check(value, f"{at}.{key}", depth + 1)
        return
    if isinstance(content, list | tuple):
        for index, value in enumerate(content):
            _check(value, f"{at}[{index}]", depth + 1)
        return
    found = "小数" if isinstance(content, float) else type(content).__name__
    raise CannotBeDigested(f"{at}：不能为{found}", at=at)
