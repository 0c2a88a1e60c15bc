"""Following the two feeds for as long as the service lives."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager

import httpx
from fastapi import FastAPI

from services.kit.app import Companion
from services.kit.follower import Follower
from services.kpi_svc.facts import case, ledger
from services.kpi_svc.rows import SCHEMA, FollowedFeedRow


def following(
    ledger_publisher: httpx.AsyncClient | None, case_publisher: httpx.AsyncClient | None
) -> Companion:
    """The companion that follows; `app.state.followers` lets others wait for it to catch up."""

    @asynccontextmanager
    async def live(app: FastAPI) -> AsyncIterator[None]:
        app.state.followers = [
            Follower(
                SCHEMA, feed, publisher, app.state.database, FollowedFeedRow, apply, reset
            )
            for feed, publisher, apply, reset in (
                ("ledger", ledger_publisher, ledger.apply, ledger.reset),
                ("case", case_publisher, case.apply_with(app.state.settings.content), case.reset),
            )
            if publisher is not None
        ]  # fmt: skip
        async with AsyncExitStack() as stack:
            for follower in app.state.followers:
                await stack.enter_async_context(follower.running(app.state.settings.follow_every))
            yield

    def companion(app: FastAPI) -> AbstractAsyncContextManager[None]:
        return live(app)

    return companion
