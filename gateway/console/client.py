"""The console's client of /v1, in the signed-in officer's name."""

from collections.abc import AsyncIterator, Mapping
from typing import Any
from urllib.parse import quote

import httpx
from starlette.types import ASGIApp

from gateway.console.session import Session

Json = dict[str, Any]
UNKNOWN = {
    "title": "系统暂时无法办理",
    "detail": "服务没有给出可以读懂的答复",
    "next_step": "请稍后重试；仍不成功请将跟踪号告知技术支持",
}


class ApiProblem(Exception):
    """What the API refused, with its own words (RFC 9457)."""

    def __init__(self, status: int, body: Mapping[str, Any]) -> None:
        super().__init__(str(body.get("title", status)))
        self.status, self.body = status, dict(body)

    @property
    def code(self) -> str:
        """The problem's code."""
        return str(self.body.get("code", ""))

    def at(self, *where: str) -> dict[str, str]:
        """Reasons by the last part of the place, for those below `where` in the request."""
        prefix = "/" + "/".join(where) + "/"
        return {
            str(error["at"]).removeprefix(prefix): str(error["reason"])
            for error in self.body.get("errors", ())
            if str(error.get("at", "")).startswith(prefix)
        }


class SignInNeeded(Exception):
    """Nobody is signed in, or the sign-in has ended."""


def problem_of(status: int, content: bytes, trace: str | None = None) -> ApiProblem:
    """The problem in an answer; one of our own words when the answer holds none."""
    try:
        body = httpx.Response(status, content=content).json()
    except ValueError:
        body = None
    if not isinstance(body, dict) or "title" not in body:
        body = {**UNKNOWN, "status": status}
    if trace and "trace" not in body:
        body["trace"] = trace
    return ApiProblem(status, body)


class Api:
    """/v1 for the length of one request of the browser.

    Tokens are renewed before they end and once more on a 401; when that fails too, somebody has to
    sign in again.
    """

    def __init__(
        self, front: ASGIApp, session: Session | None, address: tuple[str, int], trace: str
    ) -> None:
        self.session, self.trace = session, trace
        # The caller's own address goes along: sign-ins are limited by it.
        self._http = httpx.AsyncClient(
            transport=httpx.ASGITransport(front, raise_app_exceptions=False, client=address),
            base_url="http://console", trust_env=False, timeout=None,
            headers={"traceparent": f"00-{trace}-{trace[:16]}-01"},
        )  # fmt: skip

    async def get(self, path: str, **params: Any) -> Any:  # noqa: ANN401 - whatever the resource is
        """A resource; parameters that are None are left out."""
        given = {key: value for key, value in params.items() if value not in (None, "")}
        return await self._ask("GET", path, params=given)

    async def put(self, path: str, body: Json) -> Any:  # noqa: ANN401
        """Enter a fact under an id."""
        return await self._ask("PUT", path, json=body)

    async def post(self, path: str, body: Json) -> Any:  # noqa: ANN401
        """Add a fact to a resource; the body's id makes repeating it harmless."""
        return await self._ask("POST", path, json=body)

    async def delete(self, path: str) -> None:
        """Take back what may be taken back."""
        await self._ask("DELETE", path)

    async def send(
        self,
        path: str,
        content: AsyncIterator[bytes],
        media_type: str | None = None,
        **params: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        """PUT a body as it comes, never held whole. It cannot be repeated: renew first."""
        await self.authorization()
        headers = {"content-type": media_type} if media_type else {}
        return await self._once("PUT", path, content=content, params=params, headers=headers)

    async def every(self, path: str, most: int = 2000, **params: Any) -> list[Json]:  # noqa: ANN401
        """The items of all pages of a list, up to `most`."""
        found: list[Json] = []
        after = None
        while len(found) < most:
            told = await self.get(path, after=after, limit=min(500, most), **params)
            found += told["items"]
            after = told.get("next")
            if not after:
                break
        return found[:most]

    async def sign_in(self, username: str, password: str) -> Json:
        """The token endpoint's answer to a name and a password (RFC 6749 §4.3)."""
        form = {"grant_type": "password", "username": username, "password": password}
        return await self._token(form)

    async def sign_out(self) -> None:
        """End the refresh token (RFC 7009)."""
        if self.session and self.session.refresh:
            await self._http.post("/v1/oauth/revoke", data={"token": self.session.refresh})

    async def authorization(self) -> str:
        """The Authorization header of a live access token."""
        if self.session is None:
            raise SignInNeeded()
        if self.session.stale:
            await self.renew()
        return f"Bearer {self.session.access}"

    async def _ask(self, method: str, path: str, **request: Any) -> Any:  # noqa: ANN401
        try:
            return await self._once(method, path, **request)
        except ApiProblem as problem:
            if problem.status != 401 or self.session is None:
                raise
        await self.renew()
        try:
            return await self._once(method, path, **request)
        except ApiProblem as problem:
            if problem.status == 401:
                raise SignInNeeded() from problem
            raise

    async def _once(self, method: str, path: str, **request: Any) -> Any:  # noqa: ANN401
        headers = {
            **request.pop("headers", {}),
            "authorization": await self.authorization(),
            "accept": "application/json",
        }
        answer = await self._http.request(method, path, headers=headers, **request)
        if not answer.is_success:
            raise problem_of(answer.status_code, answer.content, self.trace)
        return answer.json() if answer.content else None

    async def renew(self) -> None:
        """Fresh tokens; SignInNeeded when the refresh token is no longer good."""
        session = self.session
        if session is None:
            raise SignInNeeded()
        form = {"grant_type": "refresh_token", "refresh_token": session.refresh}
        try:
            session.renew(await self._token(form))
        except ApiProblem as problem:
            # A service that is down has not ended anybody's sign-in.
            if problem.status >= 500 or problem.status == 429:
                raise
            raise SignInNeeded() from problem

    async def _token(self, form: dict[str, str]) -> Json:
        answer = await self._http.post("/v1/oauth/token", data=form)
        if answer.is_success:
            told: Json = answer.json()
            return told
        problem = problem_of(answer.status_code, answer.content, self.trace)
        if "error" in (body := _json(answer)):
            problem.body = {
                "code": body["error"], "title": "不能登录",
                "detail": body.get("error_description", "帐号或口令不正确"),
            }  # fmt: skip
        raise problem


def _json(answer: httpx.Response) -> Json:
    try:
        body = answer.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def path_of(*parts: object) -> str:
    """A path below /v1 of parts that may hold anything."""
    return "/v1/" + "/".join(quote(str(part), safe="") for part in parts)
