"""Claims: who is asking, signed for ten minutes by the token endpoint, verified by each service."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

import jwt
from fastapi import Depends, Request

from lawbook.roles import Roles
from services.kit.problems import Forbidden, Unauthenticated

AUDIENCE = "zhifa"
ALGORITHM = "EdDSA"
MAX_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class Claims:
    """Who is asking and for which region (管辖区划); PostgreSQL shows what lies within it."""

    account: str
    kind: str
    officer: str
    name: str
    unit: str
    region: str
    roles: tuple[str, ...]
    permissions: frozenset[str]

    @property
    def who(self) -> str:
        """The name under which this caller's doings are recorded: officer number, or account."""
        return self.officer or self.account


def service_itself(name: str, region: str = "14") -> Claims:
    """A service working on its own account, as a follower or when it looks up an account."""
    return Claims(
        account=name, kind="system", officer="", name=name, unit="", region=region,
        roles=(), permissions=frozenset(),
    )  # fmt: skip


class Verifier:
    """Verifies tokens by public key and expands roles to permissions by `content/roles.toml`."""

    def __init__(self, public_key: str, roles: Roles) -> None:
        # Two keys may follow each other, so that a new one can be introduced before the old goes.
        mark = "-----END PUBLIC KEY-----"
        self.keys = [part + mark for part in public_key.split(mark) if part.strip()]
        self.roles = roles
        self._remembered: dict[str, tuple[float, Claims]] = {}

    def verify(self, token: str) -> Claims:
        """The claims of a token. Unauthenticated when it is forged, for another house, or over."""
        now = time.time()
        known = self._remembered.get(token)
        if known and known[0] > now:
            return known[1]
        payload = self._decode(token)
        roles = tuple(payload.get("roles", ()))
        claims = Claims(
            account=payload["sub"],
            kind=payload.get("kind", "officer"),
            officer=payload.get("officer", ""),
            name=payload.get("name", ""),
            unit=payload.get("unit", ""),
            region=payload["region"],
            roles=roles,
            permissions=self.roles.permissions(roles),
        )
        if not claims.region:
            raise Unauthenticated("登录信息缺少管辖区划")
        if len(self._remembered) >= MAX_REMEMBERED:
            self._remembered.clear()
        self._remembered[token] = (float(payload["exp"]), claims)
        return claims

    def _decode(self, token: str) -> Mapping[str, Any]:
        for key in self.keys:
            try:
                return jwt.decode(
                    token, key, algorithms=[ALGORITHM], audience=AUDIENCE, issuer=AUDIENCE,
                    options={"require": ["exp", "sub", "region"]},
                )  # fmt: skip
            except jwt.InvalidSignatureError:
                continue
            except jwt.InvalidTokenError:
                break
        raise Unauthenticated()


def bearer(request: Request) -> str:
    """The bearer token of a request (RFC 6750)."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthenticated()
    return token.strip()


async def current_claims(request: Request) -> Claims:
    """The verified claims of this request."""
    known: Claims | None = request.scope.get("claims")
    if known is None:
        verifier: Verifier = request.app.state.verifier
        known = request.scope["claims"] = verifier.verify(bearer(request))
    return known


CurrentClaims = Annotated[Claims, Depends(current_claims)]


def requires(permission: StrEnum) -> Any:  # noqa: ANN401 - FastAPI's own Depends is untyped
    """The claims of this request, which must hold `permission`."""

    async def check(claims: CurrentClaims) -> Claims:
        if permission not in claims.permissions:
            raise Forbidden(f"需要“{permission}”权限")
        return claims

    check.permission = permission  # type: ignore[attr-defined]  # read by the policy matrix
    return Depends(check)


Requires = Callable[[StrEnum], Any]
