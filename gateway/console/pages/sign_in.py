"""Signing in and out (登录、退出)."""

from starlette.responses import Response

from gateway.console import session
from gateway.console.client import ApiProblem
from gateway.console.visit import Visit, page


def _next(given: str) -> str:
    """Where to go afterwards: a page of ours, never another site."""
    plain = given.startswith("/") and not given.startswith(("//", "/\\", "/sign-"))
    return given if plain and "\n" not in given and "\r" not in given else "/"


async def show(visit: Visit) -> Response:
    """The sign-in form."""
    if visit.session is not None and not visit.query("next"):
        return visit.go("/")
    return visit.page("sign_in.html", next=_next(visit.query("next")), username="")


async def sign_in(visit: Visit) -> Response:
    """Sign in with a name and a password."""
    back = _next(visit.form["next"])
    try:
        told = await visit.api.sign_in(visit.form["username"], visit.form["password"])
    except ApiProblem as problem:
        return visit.page(
            "sign_in.html", problem.status, problem=problem.body, next=back,
            username=visit.form["username"],
        )  # fmt: skip
    visit.session = visit.api.session = session.Session.from_token(told)
    me = await visit.part(visit.api.get("/v1/me"))
    visit.session.unit_name = me.get("unit_name", "")
    return visit.go(back)


async def sign_out(visit: Visit) -> Response:
    """End the sign-in, here and at the token endpoint."""
    await visit.api.sign_out()
    visit.session = None
    response = visit.go("/sign-in")
    session.forget(response)
    return response


ROUTES = (
    ("GET", "/sign-in", page(show, signed_in=False)),
    ("POST", "/sign-in", page(sign_in, signed_in=False)),
    ("POST", "/sign-out", page(sign_out)),
)
