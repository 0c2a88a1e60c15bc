"""Grants (授权): under which authority letters were captured on a device, for whoever judges them.

The ledger gives them (`services/ledger_svc/devices/grants.py`), and signs them by the claims key.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

import jwt

from services.kit.claims import ALGORITHM, AUDIENCE, Claims, Verifier
from services.kit.letters import NotKnownYet
from services.kit.problems import Problem

GRANT = "zhifa-grant"
"""The audience: a grant opens nothing at the API, an access token is no grant."""
NEEDED = ["iat", "exp", "sub", "region", "device", "device_key"]


class GrantMissing(Problem):
    """Letters none of which was written under a grant that came with them."""

    status, code, title = (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "grant-missing",
        "封装文件中的记录没有有效的授权，未受理",
    )
    next_step = "请由本人登录原平板送出；不能登录的，请联系管理员"


class GrantDoesNotCover(NotKnownYet):
    """A letter that no grant of its bundle covers: its own tablet may still send it."""

    code, title = "grant-does-not-cover", "写成时没有有效的授权"
    next_step = "请由本人登录原平板送出；不能登录的，请联系管理员"


@dataclass(frozen=True, slots=True)
class Grant:
    """Who may capture letters, on which device, from when until when.

    `device_key`: the Ed25519 key (base64url) by which that device signs. `token`: the grant as the
    ledger signed it, for another service that is to judge it by itself.
    """

    claims: Claims
    device: str
    device_key: str
    since: datetime
    until: datetime
    token: str

    def covers(self, device: str, at: datetime, spare: timedelta) -> bool:
        """Whether something captured then, on this device, was captured under this grant."""
        return device == self.device and self.since - spare <= at <= self.until + spare


def read_grant(verifier: Verifier, token: str) -> Grant | None:
    """A grant that the ledger gave, over or not; None for anything else."""
    payload = _payload(verifier, token)
    if payload is None:
        return None
    roles = tuple(str(one) for one in payload.get("roles", ()))
    claims = Claims(
        account=str(payload["sub"]), kind="officer", officer=str(payload.get("officer", "")),
        name=str(payload.get("name", "")), unit=str(payload.get("unit", "")),
        region=str(payload["region"]), roles=roles, permissions=verifier.roles.permissions(roles),
    )  # fmt: skip
    return Grant(
        claims, str(payload["device"]), str(payload["device_key"]),
        datetime.fromtimestamp(payload["iat"], UTC), datetime.fromtimestamp(payload["exp"], UTC),
        token,
    )  # fmt: skip


def _payload(verifier: Verifier, token: str) -> dict[str, Any] | None:
    for key in verifier.keys:
        try:
            found: dict[str, Any] = jwt.decode(
                token, key, algorithms=[ALGORITHM], audience=GRANT, issuer=AUDIENCE,
                # Over or not yet: that is judged by when the letters were written.
                options={"require": NEEDED, "verify_exp": False, "verify_iat": False},
            )  # fmt: skip
        except jwt.InvalidSignatureError:
            continue
        except jwt.InvalidTokenError:
            return None
        return found if found["region"] else None
    return None
