"""Shapes of accounts and tokens on the wire (帐号)."""

import re
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from services.kit.wire import Name, RegionCode, Wire

_CLASSES = (r"[a-z]", r"[A-Z]", r"\d", r"[^A-Za-z\d]")


def _strong(password: str) -> str:
    if len(password) < 8 or sum(bool(re.search(c, password)) for c in _CLASSES) < 3:
        raise ValueError("口令至少 8 位，且含大写字母、小写字母、数字、符号中的三类")
    return password


class AccountRecord(Wire):
    """What the administrator sends of an account (开设帐号)."""

    username: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9._-]{1,39}$")]
    password: Annotated[str, StringConstraints(max_length=200), AfterValidator(_strong)] | None = (
        Field(None, description="新帐号必填；已有的帐号，空即不改口令")
    )
    name: Name
    officer_id: UUID | None
    roles: list[Name] = Field(min_length=1, max_length=10)
    region: RegionCode
    unit: Annotated[str, Field(pattern=r"^[0-9A-Z]{2,12}$")]
    kind: Literal["officer", "system"]
    active: bool = True


class Account(Wire):
    """An account, without its password (帐号)."""

    id: UUID
    username: str
    name: str
    officer_id: UUID | None
    roles: list[str]
    region: str
    unit: str
    kind: str
    active: bool


class AccountPage(Wire):
    """A page of accounts."""

    items: list[Account]
    next: str | None


class Token(Wire):
    """A token answer (RFC 6749 §5.1)."""

    access_token: str
    token_type: Literal["Bearer"]
    expires_in: int = Field(description="秒")
    refresh_token: str | None = None
    scope: str


class Me(Wire):
    """Who is signed in (我)."""

    account: str
    kind: str
    officer: str
    name: str
    unit: str
    unit_name: str
    region: str
    roles: list[str]
    role_titles: list[str]
    permissions: list[str]
