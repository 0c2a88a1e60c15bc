"""Lists by keyset: `?after=<cursor>&limit=`, no totals."""

import base64
import binascii
import json
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Query

from services.kit.problems import Malformed

Limit = Annotated[int, Query(ge=1, le=500, description="每页条数，最多 500")]
After = Annotated[str | None, Query(max_length=500, description="上一页返回的 next")]


def next_cursor(*key: object) -> str:
    """The opaque cursor that stands after a row with this sort key."""
    text = json.dumps([str(part) for part in key], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(cursor: str | None, parts: int) -> list[str] | None:
    """The sort key in a cursor of `parts` parts; Malformed when it is not one of ours."""
    if not cursor:
        return None
    try:
        key: Any = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError, UnicodeError) as error:
        raise Malformed("after 不是本系统给出的游标") from error
    if not isinstance(key, list) or len(key) != parts or not all(isinstance(k, str) for k in key):
        raise Malformed("after 不是本系统给出的游标")
    return key


def read_key(cursor: str | None, *kinds: Callable[[str], Any]) -> list[Any] | None:
    """The sort key in a cursor, each part read by its kind; Malformed when it is not one of ours."""
    key = read_cursor(cursor, len(kinds))
    try:
        return key and [kind(part) for kind, part in zip(kinds, key, strict=True)]
    except ValueError as error:
        raise Malformed("after 不是本系统给出的游标") from error
