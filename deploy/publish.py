"""`make openapi`: write what is derived from the code, or with --check say what is stale.

openapi/<service>.v1.json, docs/problems.md, docs/procedures.md and tests/policy/roles.txt come from here; migrations
are compared with the tables in a PostgreSQL of our own.
"""

import argparse
import importlib
import json
import pkgutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alembic import command
from alembic.util import CommandError
from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts

from deploy import postgres
from deploy.dev import say
from deploy.migrate import config_of
from deploy.place import ROOT
from deploy.procedures import procedures
from deploy.secrets import make
from lawbook.content import load
from lawbook.penalty.acts import KINDS
from lawbook.penalty.kind import REGISTRY
from lawbook.refusal import Refusal
from lawbook.roles import Roles
from services.case_svc.app import case_app
from services.case_svc.settings import CaseSettings
from services.kit.names import SERVICES
from services.kit.problems import Problem
from services.kpi_svc.app import kpi_app
from services.kpi_svc.settings import KpiSettings
from services.ledger_svc.app import ledger_app
from services.ledger_svc.settings import LedgerSettings

NAMES = {"ledger_svc": "ledger", "case_svc": "case", "kpi_svc": "kpi"}


def apps() -> dict[str, FastAPI]:
    """The three services, built but not running: their routes are all that is read."""
    secrets = make()
    common: dict[str, Any] = {
        "database_url": "postgresql://nobody@/none",
        "claims_public_key": secrets.claims_public_key,
    }
    return {
        "ledger_svc": ledger_app(
            LedgerSettings(
                **common,
                claims_private_key=secrets.claims_private_key,
                receipt_private_key=secrets.receipt_private_key,
            )
        ),
        "case_svc": case_app(
            CaseSettings(**common, receipt_private_key=secrets.receipt_private_key), None
        ),
        "kpi_svc": kpi_app(KpiSettings(**common), None, None),
    }


def openapi(app: FastAPI) -> str:
    """A service's published API."""
    return json.dumps(app.openapi(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


@dataclass(frozen=True)
class _Operation:
    """One operation of a service: method, path, the permissions that it asks for."""

    method: str
    path: str
    permissions: tuple[str, ...]


def operations(app: FastAPI) -> Iterator[_Operation]:
    """Every published operation of a service, by path and method."""
    found = []
    for route in iter_route_contexts(app.routes):
        if not isinstance(route.original_route, APIRoute) or not route.include_in_schema:
            continue
        methods = route.methods or set()
        needed = tuple(sorted(set(_permissions(route.dependant))))
        # HEAD and OPTIONS follow from the others, except where they are all that there is.
        for method in methods - {"HEAD", "OPTIONS"} or methods:
            found.append(_Operation(method, str(route.path), needed))
    yield from sorted(found, key=lambda one: (one.path, one.method))


def _permissions(dependant: Any) -> Iterator[str]:  # noqa: ANN401
    found = getattr(dependant.call, "permission", None)
    if found:
        yield str(found)
    for inner in dependant.dependencies:
        yield from _permissions(inner)


def matrix(services: dict[str, FastAPI]) -> str:
    """Who may do what: every operation against every role, for a lawyer to read."""
    content = load(ROOT / "content" / "roles.toml")
    roles = Roles.from_content(content)
    names = list(roles.names)
    lines = [
        "# 角色与权限：由 content/roles.toml 与各服务的路由生成（make openapi），改动须经审阅。",
        "",
    ]
    for name in names:
        lines.append(f"# {name:<16} {roles.title(name)}")
    lines += ["", f"{'':<74}" + "  ".join(names)]
    for service, app in services.items():
        lines.append(f"\n{service}")
        for operation in operations(app):
            marks = [
                ("✔" if set(operation.permissions) <= roles.permissions([name]) else "·").center(
                    len(name)
                )
                for name in names
            ]
            needed = "+".join(operation.permissions) or "-"
            what = f"{operation.method:<6} {operation.path:<46} {needed:<18}"
            lines.append(f"{what:<74}" + "  ".join(marks).rstrip())
    lines += ["\n办案行为（PUT /v1/cases/{case_id}/acts/{act_id}，案件中受委托代行的除外）"]
    lines += [_act_line(code, roles) for code in KINDS]
    return "\n".join(lines) + "\n"


def _act_line(code: str, roles: Roles) -> str:
    """Who may do one kind of act: each kind has its own capacity."""
    power = REGISTRY[code].power.value
    marks = [
        ("✔" if {power, "case.act"} <= roles.permissions([name]) else "·").center(len(name))
        for name in roles.names
    ]
    return f"{'ACT    ' + code + ' ':<54}{power:<20}" + "  ".join(marks).rstrip()


def _every(kind: type[Any]) -> Iterator[type[Any]]:
    for found in kind.__subclasses__():
        yield found
        yield from _every(found)


def _import_all() -> None:
    """Import what can refuse, so that the page does not depend on what a caller has imported."""
    for part in ("lawbook", "paper", "services", "gateway"):
        for found in pkgutil.walk_packages([str(ROOT / part)], f"{part}."):
            if not found.name.endswith("__main__"):
                importlib.import_module(found.name)


def problems() -> str:
    """Every problem code with its status, title, law and next step."""
    _import_all()
    rows: dict[str, str] = {}
    for found in (*_every(Problem), *_every(Refusal)):
        code = getattr(found, "code", None)
        if not code or found.__module__.startswith(("tests", "field_app")):
            continue
        status = int(getattr(found, "status", 409))
        law, step = getattr(found, "law", None) or "", found.next_step or ""
        rows[code] = f"| `{code}` | {status} | {found.title} | {law} | {step} |"
    head = (
        "# Problems\n\nEvery error on the wire is `application/problem+json` (RFC 9457) with one of these"
        " codes.\nWritten by `make openapi`.\n\n"
        "| code | status | title | law | what to do |\n|---|---|---|---|---|\n"
    )
    return head + "\n".join(rows[code] for code in sorted(rows)) + "\n"


def written() -> dict[Path, str]:
    """Each file that is derived from the code, with what it must hold."""
    services = apps()
    files = {
        ROOT / "openapi" / f"{NAMES[name]}.v1.json": openapi(app) for name, app in services.items()
    }
    files[ROOT / "tests" / "policy" / "roles.txt"] = matrix(services)
    files[ROOT / "docs" / "problems.md"] = problems()
    files[ROOT / "docs" / "procedures.md"] = procedures()
    return files


def stale_migrations() -> list[str]:
    """Services whose tables differ from what their migrations make."""
    stale = []
    with (
        tempfile.TemporaryDirectory(prefix="zhifa-check-") as folder,
        postgres.running(Path(folder) / "pg", {"fsync": "off"}) as server,
    ):
        postgres.create_database(server.url("postgres"), "check")
        postgres.prepare(server.url("check"))
        for service in SERVICES:
            try:
                command.check(config_of(service, server.url("check")))
            except CommandError as error:
                stale.append(f"{service}: {error}")
    return stale


def main() -> None:
    """Write, or check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="write nothing; 1 if anything is stale"
    )
    given = parser.parse_args()
    files = written()
    if not given.check:
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
            say(f"{path.relative_to(ROOT)}")
        return
    wrong = [
        f"{path.relative_to(ROOT)} is stale: make openapi"
        for path, text in files.items()
        if not path.exists() or path.read_text() != text
    ] + stale_migrations()
    for line in wrong:
        say(line)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
