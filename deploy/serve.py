"""One part as its own process: `python -m deploy.serve ledger_svc|case_svc|kpi_svc|gateway`.

Everything comes from ZHIFA_* settings (`.env.example`); the parts find one another by URL. A service
may have several processes behind its port: PostgreSQL keeps them out of one another's way.
"""

import argparse
import os
from typing import Any

import httpx
import uvicorn
from httpx_aiohttp import AiohttpTransport
from starlette.types import ASGIApp

from gateway.app import gateway_app
from gateway.remote import Remote
from gateway.settings import GatewaySettings
from services.case_svc.app import case_app
from services.case_svc.settings import CaseSettings
from services.kit.credentials import ClientCredentials
from services.kit.names import SERVICES
from services.kit.telemetry import configure_logging
from services.kpi_svc.app import kpi_app
from services.kpi_svc.settings import KpiSettings
from services.ledger_svc.app import ledger_app
from services.ledger_svc.settings import LedgerSettings

PART = "ZHIFA_PART"
PORTS = {"gateway": 8000, "ledger_svc": 8001, "case_svc": 8002, "kpi_svc": 8003}


def url_of(service: str) -> str:
    """ZHIFA_<SERVICE>_URL, or its usual port on this machine."""
    return os.environ.get(f"ZHIFA_{service.upper()}_URL", f"http://127.0.0.1:{PORTS[service]}")


def publisher(service: str, follower: str) -> httpx.AsyncClient:
    """A client of another service, in the follower's name."""
    secret = os.environ[f"ZHIFA_{follower.upper()}_SECRET"]
    auth = ClientCredentials(follower, secret, f"{url_of('ledger_svc')}/v1/oauth/token")
    return httpx.AsyncClient(
        transport=AiohttpTransport(), base_url=url_of(service), auth=auth, timeout=30
    )


def build(part: str) -> ASGIApp:
    """The part, told by the environment."""
    settings: dict[str, Any] = {}
    if part in SERVICES and (own := os.environ.get(f"ZHIFA_{part.upper()}_DATABASE_URL")):
        settings["database_url"] = own
    if part == "ledger_svc":
        return ledger_app(LedgerSettings(**settings))
    if part == "case_svc":
        return case_app(CaseSettings(**settings), publisher("ledger_svc", part))
    if part == "kpi_svc":
        return kpi_app(
            KpiSettings(**settings), publisher("ledger_svc", part), publisher("case_svc", part)
        )
    return gateway_app({name: Remote(url_of(name)) for name in SERVICES}, GatewaySettings())


def part() -> ASGIApp:
    """What a process of this part serves, as `main` has noted."""
    configure_logging(os.environ.get("ZHIFA_LOG_LEVEL", "INFO"))
    return build(os.environ[PART])


def main() -> None:
    """Serve one part until it is told to stop."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", choices=PORTS)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int)
    parser.add_argument("--workers", type=int, default=1, help="processes of a service")
    given = parser.parse_args()
    if given.workers > 1 and given.part not in SERVICES:
        parser.error("the gateway keeps its rate limits in the memory of one process")
    os.environ[PART] = given.part
    uvicorn.run(
        "deploy.serve:part", factory=True, workers=given.workers,
        host=given.host, port=given.port or PORTS[given.part],
        log_level="warning", access_log=False,
        # uvicorn would believe anybody on this machine; whom to believe is the gateway's setting.
        proxy_headers=False,
        # Who reads a pull for an hour must not keep a new release waiting; a pull can be taken up.
        timeout_graceful_shutdown=30,
        # A process that starts on a busy machine answers late; killed for it, it would never start.
        timeout_worker_healthcheck=60,
    )  # fmt: skip


if __name__ == "__main__":
    main()
