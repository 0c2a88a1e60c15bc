"""One request of a browser: who is signed in, what they sent, what they are shown (一次访问)."""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

import structlog
from jinja2 import Environment
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp

from gateway.console import guard, session
from gateway.console.client import Api, ApiProblem, Json, SignInNeeded
from gateway.console.regions import Regions
from gateway.settings import GatewaySettings
from services.kit.claims import Claims, Verifier
from services.kit.problems import Unauthenticated
from services.kit.telemetry import trace_of

log = structlog.get_logger("console")


@dataclass(frozen=True)
class Console:
    """What every page stands on: the API, the seal of sessions, the templates, the regions."""

    front: ASGIApp
    settings: GatewaySettings
    seal: session.Seal
    verifier: Verifier
    templates: Environment
    regions: Regions


class Visit:
    """One request: `api` in the officer's name, `form` when something was sent.

    `waiting`: how many proposals for the ledger wait for a decision, as the menu says.
    """

    def __init__(self, console: Console, request: Request) -> None:
        self.console, self.request = console, request
        self.session = console.seal.open(request)
        self.visitor = request.cookies.get(session.VISITOR, "")
        self.new_visitor = not self.visitor
        if self.new_visitor:
            self.visitor = secrets.token_urlsafe(12)
        client = request.client or ("127.0.0.1", 0)
        self.trace: str = request.scope.get("trace") or trace_of(request.scope["headers"])
        self.api = Api(console.front, self.session, (client[0], client[1]), self.trace)
        self.form = guard.Fields([])
        self.claims: Claims | None = None
        self.waiting = 0

    async def identify(self) -> Claims:
        """The claims of whoever is signed in; SignInNeeded when nobody is."""
        await self.api.authorization()
        assert self.session is not None
        verify = self.console.verifier.verify
        try:
            self.claims = verify(self.session.access)
        except Unauthenticated:
            # Signed with a key that has gone since: the refresh token may still be good.
            await self.api.renew()
            try:
                self.claims = verify(self.session.access)
            except Unauthenticated as error:
                raise SignInNeeded() from error
        return self.claims

    @property
    def who(self) -> Claims:
        """The claims, on pages that only the signed-in see."""
        assert self.claims is not None
        return self.claims

    def may(self, permission: str) -> bool:
        """Whether the signed-in account holds a permission."""
        return self.claims is not None and permission in self.claims.permissions

    def query(self, name: str) -> str:
        """A parameter of the address, trimmed; empty when absent."""
        return self.request.query_params.get(name, "").strip()

    def path(self, name: str) -> str:
        """A part of the address."""
        return str(self.request.path_params[name])

    @property
    def form_token(self) -> str:
        """What a form on this page carries: bound to the browser, and to who is signed in."""
        return self.console.seal.form_token(self.visitor, self.session if self.claims else None)

    def page(self, template: str, status: int = 200, /, **values: Any) -> Response:  # noqa: ANN401
        """A page made of a template."""
        shown = {
            "visit": self, "may": self.may, "claims": self.claims, "problem": None,
            "here": self.request.url.path, **values,
        }  # fmt: skip
        return HTMLResponse(self.console.templates.get_template(template).render(shown), status)

    def problem(self, problem: ApiProblem) -> Response:
        """The page that tells why something could not be done."""
        return self.page("problem.html", problem.status, problem=problem.body)

    def go(self, to: str) -> Response:
        """Onward, after something was done."""
        return RedirectResponse(to, 303)

    def sign_in_first(self) -> Response:
        """To the sign-in page, and back here afterwards; a form that was lost is not sent again."""
        url = self.request.url
        back = url.path + (f"?{url.query}" if url.query else "")
        if self.request.method != "GET":
            came = urlsplit(self.request.headers.get("referer", ""))
            back = came.path if came.netloc == self.request.headers.get("host") else "/"
        response = self.go(f"/sign-in?next={quote(back, safe='')}")
        session.forget(response)
        return response

    def keep(self, response: Response) -> None:
        """Send what has changed of the session with the answer."""
        if self.new_visitor:
            session.keep_visitor(self.request, response, self.visitor)
        if self.session is not None and self.session.changed:
            self.console.seal.keep(self.request, response, self.session)

    async def part(self, asked: Awaitable[Any]) -> Any:  # noqa: ANN401
        """A part of a page that may fail without the others: its value, or {"problem": …}."""
        try:
            return await asked
        except ApiProblem as problem:
            if problem.status == 401:
                raise
            return {"problem": problem.body}


Page = Callable[[Visit], Awaitable[Response]]


def page(
    shown: Page, permission: str | None = None, *, signed_in: bool = True, reads_form: bool = True
) -> Callable[[Request], Awaitable[Response]]:
    """`shown` as an endpoint: signed in, allowed, its form ours; whatever goes wrong is a page."""

    async def endpoint(request: Request) -> Response:
        visit = Visit(request.app.state.console, request)
        try:
            response = await _answer(visit)
        except SignInNeeded:
            return visit.sign_in_first()
        except ApiProblem as problem:
            if problem.status == 401:
                return visit.sign_in_first()
            response = visit.problem(problem)
        except ClientDisconnect:
            return Response(status_code=499)
        except Exception as error:
            log.error("broken", trace=visit.trace, exc_info=error)
            response = visit.problem(broken(visit.trace))
        visit.keep(response)
        return response

    async def _answer(visit: Visit) -> Response:
        if visit.request.method == "POST":
            guard.require_same_origin(visit.request)
        if signed_in:
            await visit.identify()
        if visit.request.method == "POST" and reads_form:
            visit.form = await guard.read_form(visit.request)
            guard.require_token(visit.form_token, visit.form["form_token"])
        if visit.may("proposal.decide") and visit.request.method == "GET":
            counts = await visit.part(visit.api.get("/v1/proposals/counts"))
            visit.waiting = counts.get("waiting", 0)
        if permission and not visit.may(permission):
            raise ApiProblem(403, FORBIDDEN)
        return await shown(visit)

    return endpoint


FORBIDDEN: Json = {
    "code": "forbidden",
    "title": "没有办理此事项的权限",
    "next_step": "如确需办理，请联系本单位系统管理员",
}


def broken(trace: str) -> ApiProblem:
    """Our own trouble, in words that help."""
    return ApiProblem(
        500,
        {
            "code": "broken", "title": "系统内部错误", "detail": "页面未能生成，已记录。",
            "next_step": "请稍后重试；仍不成功请将跟踪号告知技术支持", "trace": trace,
        },
    )  # fmt: skip
