"""Three services and the gateway in one process.

Together and apart differ only in the transport that each client is given: here the gateway's
upstreams are the services' own apps and the followers' clients call them without a socket; in
`deploy/serve.py` the same parts are reached by URL.
"""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI
from starlette.types import ASGIApp

from deploy.secrets import Secrets
from gateway.app import gateway_app
from gateway.settings import GatewaySettings
from services.case_svc.app import case_app
from services.case_svc.settings import CaseSettings
from services.kit.credentials import ClientCredentials
from services.kit.settings import ROOT
from services.kpi_svc.app import kpi_app
from services.kpi_svc.settings import KpiSettings
from services.ledger_svc.app import ledger_app
from services.ledger_svc.bootstrap import SystemAccount, bootstrap
from services.ledger_svc.settings import LedgerSettings

TOKEN_URL = "http://ledger_svc/v1/oauth/token"


@dataclass(frozen=True)
class House:
    """The running parts: the one door, and each service's own app behind it."""

    gateway: ASGIApp
    ledger: Any
    case: Any
    kpi: Any

    async def catch_up(self) -> None:
        """Let every follower read to the end of what it follows."""
        for app in (self.case, self.kpi):
            for follower in app.state.followers:
                await follower.catch_up()


@dataclass(frozen=True)
class Parts:
    """What the parts are told: a URL for each role, a folder, the secrets."""

    database_url: Any  # role -> URL
    data: Path
    secrets: Secrets
    content: Path = ROOT / "content"
    follow_every: float = 0.5
    pool_size: int = 6

    def common(self, role: str) -> dict[str, Any]:
        """Settings that every service shares."""
        return {
            "database_url": self.database_url(role),
            "claims_public_key": self.secrets.claims_public_key,
            "content": self.content,
            "files": str(self.data / "files" / role),
            "spool": self.data / "spool" / role,
            "follow_every": self.follow_every,
            "pool_size": self.pool_size,
        }


async def first_accounts(ledger: LedgerSettings, secrets: Secrets) -> None:
    """The units, the first administrator and the systems' accounts. Harmless to repeat."""
    await bootstrap(
        ledger,
        administrator_password=secrets.administrator_password,
        systems=(
            SystemAccount("case_svc", secrets.case_svc_secret, ("follower", "forwarder")),
            SystemAccount("kpi_svc", secrets.kpi_svc_secret, ("follower",)),
            SystemAccount("province", secrets.province_secret, ("province",)),
        ),
    )


@asynccontextmanager
async def all_in_one(parts: Parts) -> AsyncIterator[House]:
    """The whole house, running, for the length of the block."""
    ledger_settings = LedgerSettings(
        **parts.common("ledger_svc"),
        claims_private_key=parts.secrets.claims_private_key,
        receipt_private_key=parts.secrets.receipt_private_key,
    )
    await first_accounts(ledger_settings, parts.secrets)
    apps: dict[str, Any] = {}

    def publishers(name: str, secret: str) -> dict[str, httpx.AsyncClient]:
        mounts = {f"http://{service}": httpx.ASGITransport(app) for service, app in apps.items()}
        auth = ClientCredentials(name, secret, TOKEN_URL)
        return {
            service: httpx.AsyncClient(mounts=mounts, base_url=f"http://{service}", auth=auth)
            for service in apps
        }

    async with AsyncExitStack() as stack:

        async def start(name: str, app: FastAPI) -> None:
            apps[name] = app
            await stack.enter_async_context(app.router.lifespan_context(app))

        await start("ledger_svc", ledger_app(ledger_settings))
        for_case = publishers("case_svc", parts.secrets.case_svc_secret)
        case_settings = CaseSettings(
            **parts.common("case_svc"),
            receipt_private_key=parts.secrets.receipt_private_key,
            bundle_private_keys=parts.secrets.bundle_private_keys,
        )
        case = case_app(case_settings, for_case["ledger_svc"])
        await start("case_svc", case)
        for_kpi = publishers("kpi_svc", parts.secrets.kpi_svc_secret)
        kpi = kpi_app(
            KpiSettings(**parts.common("kpi_svc")), for_kpi["ledger_svc"], for_kpi["case_svc"]
        )
        await start("kpi_svc", kpi)
        for client in (*for_case.values(), *for_kpi.values()):
            stack.push_async_callback(client.aclose)
        gateway = gateway_app(
            apps,
            GatewaySettings(
                claims_public_key=parts.secrets.claims_public_key,
                console_secret=parts.secrets.console_secret,
            ),
        )
        yield House(gateway, apps["ledger_svc"], case, kpi)
