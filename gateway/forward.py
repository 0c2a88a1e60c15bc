"""`/v1`: who asks, how often, how much, and then on to the service as it comes."""

import secrets
from collections.abc import Mapping

from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.answers import refuse
from gateway.bodies import Counted, must_be_counted, too_large
from gateway.limits import Buckets
from gateway.routes import FILES, RESOURCES, is_check, is_open, resource_of
from gateway.settings import GatewaySettings
from lawbook.content import load
from lawbook.roles import Roles
from services.kit.claims import Verifier
from services.kit.problems import NotFound, Problem, Unauthenticated
from services.kit.telemetry import trace_of


class Front:
    """The services' one face. Looks at the head of a request only; bodies pass through."""

    def __init__(self, upstreams: Mapping[str, ASGIApp], settings: GatewaySettings) -> None:
        roles = Roles.from_content(load(settings.content / "roles.toml"))
        self._verifier = Verifier(settings.claims_public_key, roles)
        self._upstreams, self._settings = upstreams, settings
        self._accounts = Buckets(settings.rate_per_minute, settings.remembered_callers)
        self._addresses = Buckets(settings.sign_ins_per_minute, settings.remembered_callers)
        self._checks = Buckets(settings.checks_per_minute, settings.remembered_callers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Admit and pass on, or refuse."""
        try:
            resource = resource_of(scope["path"])
            if resource is None:
                raise NotFound("没有这样的接口")
            self._admit(scope)
            settings = self._settings
            largest = settings.upload_bytes if resource in FILES else settings.body_bytes
            counted = Counted(receive, send, largest) if must_be_counted(scope, largest) else None
        except Problem as problem:
            await refuse(problem, scope, receive, send)
            return
        upstream, onward = self._upstreams[RESOURCES[resource]], _onward(scope)
        if counted is None:
            await upstream(onward, receive, send)
            return
        await upstream(onward, counted.receive, counted.send)
        if counted.over and not counted.answered:
            await refuse(too_large(largest), scope, receive, send)

    def _admit(self, scope: Scope) -> None:
        if is_open(scope["method"], scope["path"]):
            if scope["method"] != "OPTIONS":
                asked = is_check(scope["method"], scope["path"])
                buckets = self._checks if asked else self._addresses
                buckets.take((scope.get("client") or ("",))[0])
            return
        # For our own log line; the service looks at the token for itself.
        claims = scope["claims"] = self._verifier.verify(_bearer(scope))
        self._accounts.take(claims.account)


def _bearer(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"authorization":
            scheme, _, token = value.decode("latin-1").partition(" ")
            if scheme.lower() == "bearer" and token:
                return str(token).strip()
    raise Unauthenticated()


def _onward(scope: Scope) -> Scope:
    """The request as the service sees it: the same, with our trace and without our conclusions."""
    headers = [header for header in scope["headers"] if header[0] != b"traceparent"]
    trace = scope.get("trace") or trace_of(scope["headers"])
    headers.append((b"traceparent", f"00-{trace}-{secrets.token_hex(8)}-01".encode()))
    onward = {**scope, "headers": headers, "trace": trace}
    onward.pop("claims", None)
    return onward
