"""create_app: a service is a title, settings and a list of routers."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager

from fastapi import APIRouter, FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from lawbook.content import load
from lawbook.roles import Roles
from services.kit import health, problems, telemetry
from services.kit.claims import Verifier
from services.kit.database import Database
from services.kit.files import FileStore
from services.kit.settings import ServiceSettings

Companion = Callable[[FastAPI], AbstractAsyncContextManager[None]]
"""Something that lives as long as the service: a follower, a cache."""


def create_app(
    name: str,
    title: str,
    settings: ServiceSettings,
    *routers: APIRouter,
    companions: tuple[Companion, ...] = (),
) -> FastAPI:
    """A service: its routers under /v1, health and metrics, problems as the only errors.

    `name` is package, schema, role and log name alike. `app.state` carries settings, database,
    verifier and files for the dependencies that need them.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            app.state.database = Database(settings)
            stack.push_async_callback(app.state.database.close)
            for companion in companions:
                await stack.enter_async_context(companion(app))
            yield

    app = FastAPI(
        title=title, version="1", lifespan=lifespan, docs_url=None, redoc_url=None,
        separate_input_output_schemas=True,
        responses={
            "default": {"description": "RFC 9457 问题说明", "content": {problems.MEDIA_TYPE: {}}}
        },
    )  # fmt: skip
    app.state.name = name
    app.state.settings = settings
    app.state.verifier = Verifier(
        settings.claims_public_key, Roles.from_content(load(settings.content / "roles.toml"))
    )
    app.state.files = FileStore(settings.files, settings.spool)
    for router in routers:
        _publish_permissions(router)
        app.include_router(router, prefix="/v1")
    app.include_router(health.router)
    problems.install(app)
    app.add_middleware(telemetry.Telemetry, service=name)
    return app


def _publish_permissions(router: APIRouter) -> None:
    """Each operation's published description names the permissions it needs."""
    for route in router.routes:
        if isinstance(route, APIRoute) and (needed := sorted(set(_permissions(route.dependant)))):
            route.openapi_extra = {**(route.openapi_extra or {}), "x-permissions": needed}


def _permissions(dependant: Dependant) -> Iterator[str]:
    if found := getattr(dependant.call, "permission", None):
        yield str(found)
    for inner in dependant.dependencies:
        yield from _permissions(inner)
