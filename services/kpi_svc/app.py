"""kpi_app(settings, ledger, case): the list of routers, and the followers of the two feeds."""

import httpx
from fastapi import FastAPI

from services.kit.app import create_app
from services.kpi_svc.facts.follow import following
from services.kpi_svc.indicators import api as indicators
from services.kpi_svc.indicators.specs import specs_in
from services.kpi_svc.settings import KpiSettings
from services.kpi_svc.snapshots import api as snapshots
from services.kpi_svc.snapshots.freezing import freezing


def kpi_app(
    settings: KpiSettings, ledger: httpx.AsyncClient | None, case: httpx.AsyncClient | None
) -> FastAPI:
    """kpi_svc: figures (考核). A publisher that is None is not followed, for tests and publishing."""
    app = create_app(
        "kpi_svc",
        "考核服务",
        settings,
        indicators.router,
        snapshots.router,
        companions=(following(ledger, case), freezing),
    )
    app.state.followers = []
    # A wrong definition stops the service as it is built, not the first reader.
    specs_in(settings.content)
    return app
