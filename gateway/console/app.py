"""console_app(front, settings): the office's pages. They call `/v1` through `front`."""

from contextlib import suppress

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from gateway.console import weighing
from gateway.console.client import ApiProblem, SignInNeeded
from gateway.console.guard import Headers
from gateway.console.pages import (
    accounts,
    called_off,
    case_acts,
    case_archive,
    case_documents,
    case_draft,
    case_evidence,
    case_filing,
    case_money,
    case_signed,
    case_weighing,
    cases,
    delegations,
    devices,
    documents,
    entities,
    hazards,
    home,
    imports,
    indicators,
    inspections,
    letters,
    numbers,
    officers,
    planned,
    plans,
    proposals,
    rankings,
    schemes,
    sign_in,
    successions,
    trainings,
    units,
)
from gateway.console.regions import regions_in
from gateway.console.session import Seal
from gateway.console.showing import FOLDER, environment
from gateway.console.visit import Console, Visit
from gateway.settings import GatewaySettings
from lawbook.content import load
from lawbook.roles import Roles
from services.kit.claims import Verifier

ROUTES = (
    *sign_in.ROUTES, *home.ROUTES, *entities.ROUTES, *imports.ROUTES, *plans.ROUTES,
    *planned.ROUTES, *schemes.ROUTES, *called_off.ROUTES, *inspections.ROUTES, *documents.ROUTES, *hazards.ROUTES,
    *case_filing.ROUTES, *cases.ROUTES, *case_acts.ROUTES, *case_documents.ROUTES, *case_draft.ROUTES,
    *case_signed.ROUTES, *case_evidence.ROUTES, *case_weighing.ROUTES, *case_money.ROUTES, *case_archive.ROUTES,
    *delegations.ROUTES, *proposals.ROUTES, *officers.ROUTES, *devices.ROUTES, *numbers.ROUTES,
    *letters.ROUTES, *indicators.ROUTES,
    *rankings.ROUTES, *successions.ROUTES, *accounts.ROUTES, *units.ROUTES, *trainings.ROUTES,
)  # fmt: skip


class Static(StaticFiles):
    """Our style sheet and script. Their address changes with their content, so they may be kept."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        """A file, to be kept for a year."""
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        response.headers["cache-control"] = "public, max-age=31536000, immutable"
        return response


async def _no_such_page(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    titles = {404: "没有这个页面", 405: "这个页面不能这样提交"}
    body = {
        "code": "not-found",
        "title": titles.get(error.status_code, "请求无法办理"),
        "detail": "地址可能已经失效，或者输入有误。",
        "next_step": "从上方菜单重新进入",
    }
    visit = Visit(request.app.state.console, request)
    # The menu, for whoever is signed in.
    with suppress(SignInNeeded, ApiProblem):
        await visit.identify()
    response = visit.problem(ApiProblem(error.status_code, body))
    visit.keep(response)
    return response


def console_app(front: ASGIApp, settings: GatewaySettings) -> ASGIApp:
    """The console: pages at `/`, made of what `front` answers under `/v1`."""
    regions = regions_in(settings.content)
    templates = environment(regions)
    templates.globals["headed"] = weighing.headed
    templates.globals["pages"] = frozenset(path for _, path, _ in ROUTES)
    app = Starlette(
        routes=[
            *(Route(path, endpoint, methods=[method]) for method, path, endpoint in ROUTES),
            Mount("/static/{fingerprint}", Static(directory=FOLDER / "static")),
        ],
        middleware=[Middleware(Headers)],
        exception_handlers={HTTPException: _no_such_page},
    )
    app.state.console = Console(
        front=front,
        settings=settings,
        seal=Seal(settings.console_secret),
        verifier=Verifier(
            settings.claims_public_key, Roles.from_content(load(settings.content / "roles.toml"))
        ),
        templates=templates,
        regions=regions,
    )
    return app
