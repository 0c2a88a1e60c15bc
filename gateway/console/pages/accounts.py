"""Accounts (帐号): who may sign in, with which roles, tied to which certificate; opened, closed, passwords anew."""

import asyncio
import secrets
from functools import lru_cache
from pathlib import Path
from uuid import uuid4

from starlette.responses import Response

from gateway.console.client import ApiProblem, Json, path_of
from gateway.console.pages import officers
from gateway.console.showing import link
from gateway.console.visit import Visit, page
from lawbook.content import load

TOLD = (400, 403, 404, 409, 422)
SIGNS = "-_.#%"
LETTERS = "abcdefghjkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789"
"""Without what looks alike when it is read out or copied from paper."""
MACHINES = frozenset(("province", "follower", "forwarder"))
FIELDS = ("username", "name", "officer_id", "region", "unit")


@lru_cache(maxsize=4)
def roles(content: Path) -> dict[str, dict[str, str]]:
    """Roles that people hold: code → title and what it is for; those of machines are not given here."""
    table = load(content / "roles.toml")["role"]
    return {
        code: {"title": str(role["title"]), "about": str(role.get("about", ""))}
        for code, role in table.items() if code not in MACHINES
    }  # fmt: skip


def fresh_password() -> str:
    """One to be told to somebody once: readable, and strong by the system's rule."""
    words = ["".join(secrets.choice(every) for _ in range(4)) for every in LETTERS]
    return secrets.choice(SIGNS).join(words)


async def listed(visit: Visit) -> Response:
    """Accounts of people in sight, those that are closed last."""
    told, units = await asyncio.gather(visit.api.every("/v1/accounts"), visit.api.get("/v1/units"))
    wanted = visit.query("q")
    people = [one for one in told if one["kind"] == "officer"]
    shown = [one for one in people if wanted in one["name"] or wanted in one["username"]]
    return visit.page(
        "accounts.html", accounts=sorted(shown, key=lambda one: (not one["active"], one["unit"])),
        counts={"all": len(people), "closed": sum(not one["active"] for one in people)},
        units=_names(units), roles=roles(visit.console.settings.content), wanted=wanted,
    )  # fmt: skip


def _names(units: Json) -> dict[str, str]:
    return {one["code"]: one["name"] for one in units["items"]}


async def new(visit: Visit) -> Response:
    """The form of a new account."""
    given: Json = {
        "username": "", "name": "", "officer_id": visit.query("officer"), "roles": [],
        "region": visit.who.region, "unit": visit.who.unit, "password": fresh_password(),
    }  # fmt: skip
    return await _form(visit, given, str(uuid4()), known=False)


async def show(visit: Visit) -> Response:
    """An account, to be changed, closed, or given another password."""
    given = await _one(visit)
    return await _form(visit, given, given["id"], known=True)


async def _one(visit: Visit) -> Json:
    told = await visit.api.every("/v1/accounts")
    found = next((one for one in told if one["id"] == visit.path("account_id")), None)
    if found is None:
        raise ApiProblem(404, {"code": "not-found", "title": "未找到该帐号，或不在您的管辖范围内"})
    return found


async def _form(
    visit: Visit, given: Json, id_: str, *, known: bool, problem: ApiProblem | None = None,
    password: str = "",
) -> Response:  # fmt: skip
    units, people = await asyncio.gather(visit.api.get("/v1/units"), officers.known(visit))
    names, own = visit.console.regions, visit.who.region
    chosen = next((one for one in people if one["id"] == given["officer_id"]), None)
    if chosen and not known and not given["name"]:
        # What the register of officers tells need not be typed again.
        given = given | {name: chosen[name] for name in ("name", "unit", "region")}
    return visit.page(
        "account.html", problem.status if problem else 200, given=given, id=id_, known=known,
        units=units["items"], people=people, roles=roles(visit.console.settings.content),
        regions=[(own, names.name(own)), *names.below(own)],
        itself=id_ == visit.who.account, told=visit.query("told"), password=password,
        problem=problem.body if problem else None,
    )  # fmt: skip


async def keep(visit: Visit) -> Response:
    """Open an account, or change one: name, roles, certificate, unit and region."""
    form, id_ = visit.form, visit.path("account_id")
    given: Json = {name: form[name] for name in FIELDS} | {"roles": form.all("roles")}
    given |= {"password": form["password"], "active": form["active"] != "no"}
    known = form["known"] == "yes"
    try:
        if not given["roles"]:
            raise ApiProblem(422, {"code": "no-role", "title": "至少选择一个角色"})
        await visit.api.put(path_of("accounts", id_), _body(given))
    except ApiProblem as problem:
        if problem.status not in TOLD:
            raise
        return await _form(visit, given, id_, known=known, problem=problem)
    return visit.go(link(f"/accounts/{id_}", told="changed" if known else "opened"))


def _body(given: Json) -> Json:
    return {
        name: given[name] for name in ("username", "name", "roles", "region", "unit")
    } | {
        "officer_id": given["officer_id"] or None, "kind": "officer",
        "active": given.get("active", True), "password": given.get("password") or None,
    }  # fmt: skip


async def reset(visit: Visit) -> Response:
    """Another password, made here and shown once; who is signed in with the old one has to sign in again."""
    given, password = await _one(visit), fresh_password()
    try:
        await visit.api.put(path_of("accounts", given["id"]), _body(given | {"password": password}))
    except ApiProblem as problem:
        if problem.status not in TOLD:
            raise
        return await _form(visit, given, given["id"], known=True, problem=problem)
    response = await _form(visit, given, given["id"], known=True, password=password)
    response.headers["cache-control"] = "no-store"
    return response


async def switch(visit: Visit) -> Response:
    """Close an account, or open it again."""
    given = await _one(visit)
    active = visit.form["active"] == "yes"
    try:
        await visit.api.put(path_of("accounts", given["id"]), _body(given | {"active": active}))
    except ApiProblem as problem:
        if problem.status not in TOLD:
            raise
        return await _form(visit, given, given["id"], known=True, problem=problem)
    return visit.go(link(f"/accounts/{given['id']}", told="reopened" if active else "closed"))


_AT = "/accounts/{account_id}"
ROUTES = (
    ("GET", "/accounts", page(listed, "account.read")),
    ("GET", "/accounts/new", page(new, "account.write")),
    ("GET", _AT, page(show, "account.read")),
    ("POST", _AT, page(keep, "account.write")),
    ("POST", f"{_AT}/password", page(reset, "account.write")),
    ("POST", f"{_AT}/state", page(switch, "account.write")),
)
