"""A signed-in officer's tokens, sealed in a cookie that only this server can open (登录状态)."""

import base64
import hashlib
import hmac
import json
import secrets
import time
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from starlette.requests import Request
from starlette.responses import Response

COOKIE = "zhifa_office"
VISITOR = "zhifa_visitor"
LIFE = 30 * 24 * 3600
# Renewed this long before its end, so that no request dies on its way to the service.
MARGIN = 60


@dataclass
class Session:
    """Who is signed in: both tokens, and the name of the unit, which the claims do not carry."""

    access: str
    refresh: str
    until: float
    unit_name: str
    id: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    changed: bool = False

    @classmethod
    def from_token(cls, told: dict[str, Any], unit_name: str = "") -> Self:
        """A session from the answer of the token endpoint."""
        return cls(
            told["access_token"], told.get("refresh_token", ""), time.time() + told["expires_in"],
            unit_name, changed=True,
        )  # fmt: skip

    @property
    def stale(self) -> bool:
        """Whether the access token is about to end."""
        return time.time() > self.until - MARGIN

    def renew(self, told: dict[str, Any]) -> None:
        """Take the tokens that a refresh brought."""
        self.access = told["access_token"]
        self.refresh = told.get("refresh_token", self.refresh)
        self.until = time.time() + told["expires_in"]
        self.changed = True


class Seal:
    """Seals sessions and signs form tokens, with keys derived from the console's secret."""

    def __init__(self, secret: str) -> None:
        def key(purpose: bytes) -> bytes:
            return HKDF(SHA256(), 32, None, b"zhifa console " + purpose).derive(secret.encode())

        self._fernet = Fernet(base64.urlsafe_b64encode(key(b"session")))
        self._form_key = key(b"form")

    def open(self, request: Request) -> Session | None:
        """The session of a request; None when there is none, or it is not ours, or too old."""
        sealed = request.cookies.get(COOKIE)
        if not sealed:
            return None
        try:
            return Session(**json.loads(self._fernet.decrypt(sealed.encode(), ttl=LIFE)))
        except (InvalidToken, ValueError, TypeError):
            return None

    def keep(self, request: Request, response: Response, session: Session) -> None:
        """Send the session with the answer."""
        _set(request, response, COOKIE, self.sealed(session))

    def sealed(self, session: Session) -> str:
        """A session as the cookie holds it."""
        body = {key: value for key, value in asdict(session).items() if key != "changed"}
        return self._fernet.encrypt(json.dumps(body).encode()).decode()

    def form_token(self, visitor: str, session: Session | None) -> str:
        """What every form of ours carries, and nobody else's can."""
        about = f"{visitor}.{session.id if session else ''}"
        return hmac.new(self._form_key, about.encode(), hashlib.sha256).hexdigest()


def keep_visitor(request: Request, response: Response, visitor: str) -> None:
    """Remember a browser before anybody has signed in, so that the sign-in form has its token."""
    _set(request, response, VISITOR, visitor)


def forget(response: Response) -> None:
    """End the session in this browser."""
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")


def _set(request: Request, response: Response, name: str, value: str) -> None:
    response.set_cookie(
        name, value, max_age=LIFE, path="/", httponly=True, samesite="lax",
        secure=request.url.scheme == "https",
    )  # fmt: skip
