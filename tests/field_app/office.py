"""The real office for a tablet: ledger_svc and case_svc behind the gateway, in one process."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx

from deploy import secrets
from gateway.app import gateway_app
from gateway.settings import GatewaySettings
from services.case_svc.app import case_app
from services.case_svc.settings import CaseSettings
from services.kit.credentials import ClientCredentials
from services.ledger_svc.app import ledger_app
from services.ledger_svc.bootstrap import SystemAccount, bootstrap
from services.ledger_svc.settings import LedgerSettings
from tests.examples import account, entity_values, officer
from tests.field_app.tablet import CHECKLIST, FIRST, NAMES, SECOND
from tests.field_app.weather import Weather

URL = "http://zhifa"
SEALING = secrets.make().bundle_private_keys
PASSWORD = "Hejin-2026-demo"
TODAY = "2026-06-23"


@dataclass(frozen=True)
class Office:
    """The running office, and how to act in it."""

    transport: httpx.AsyncBaseTransport
    case: Any
    client_of: Callable[..., httpx.AsyncClient]
    plant: str
    scheme: str
    between: Weather
    """The network between case_svc and ledger_svc."""

    def client(self, *roles: str, **claims: Any) -> httpx.AsyncClient:
        """Somebody of 140882 at the office."""
        return self.client_of("140882", *roles, **claims)


async def good(answer: httpx.Response) -> dict[str, Any]:
    """The answer's body, when it is one."""
    assert answer.is_success, answer.text
    return dict(answer.json())


@asynccontextmanager
async def office(
    new_database: Any, keys: Any, tmp_path: Any, client_of: Any
) -> AsyncIterator[Office]:
    """The office on a fresh database: a plant, two officers, an account, an approved scheme."""
    database = new_database("ledger_svc", "case_svc")
    common: dict[str, Any] = {"claims_public_key": keys.public, "follow_every": 3600}

    def below(name: str) -> dict[str, Any]:
        return common | {
            "database_url": database.url(name),
            "files": str(tmp_path / "office" / name), "spool": tmp_path / "spool" / name,
        }  # fmt: skip

    settings = LedgerSettings(
        **below("ledger_svc"), claims_private_key=keys.private, receipt_private_key=keys.private
    )
    await bootstrap(
        settings, administrator_password="Admin-first-1",
        systems=(SystemAccount("case_svc", "follow-me-softly", ("follower", "forwarder")),),
    )  # fmt: skip
    ledger = ledger_app(settings)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(ledger.router.lifespan_context(ledger))
        between = Weather(httpx.ASGITransport(ledger))
        follower = httpx.AsyncClient(
            transport=between, base_url="http://ledger_svc",
            auth=ClientCredentials(
                "case_svc", "follow-me-softly", "http://ledger_svc/v1/oauth/token"
            ),
        )  # fmt: skip
        stack.push_async_callback(follower.aclose)
        case = case_app(
            CaseSettings(
                **below("case_svc"),
                receipt_private_key=keys.private,
                bundle_private_keys=SEALING,
            ),
            follower,
        )
        await stack.enter_async_context(case.router.lifespan_context(case))
        door = gateway_app(
            {"ledger_svc": ledger, "case_svc": case},
            GatewaySettings(claims_public_key=keys.public, console_secret="seal" * 8),
        )

        def acting(region: str, *roles: str, **claims: Any) -> httpx.AsyncClient:
            client: httpx.AsyncClient = client_of(door, region, *roles, **claims)
            return client

        plant, scheme = str(uuid4()), str(uuid4())
        transport = httpx.ASGITransport(door, raise_app_exceptions=False)
        made = Office(transport, case, acting, plant, scheme, between)
        await _fill(made)
        yield made


async def _fill(made: Office) -> None:
    clerk = made.client("administrator", "ledger_clerk")
    await good(await clerk.put(f"/v1/entities/{made.plant}", json={"values": entity_values(1)}))
    for number in (FIRST, SECOND):
        id_ = uuid4()
        told = officer(number, name=NAMES[number])
        await good(await clerk.put(f"/v1/officers/{id_}", json=told))
        if number == FIRST:
            told = account(officer_id=str(id_))
            await good(await clerk.put(f"/v1/accounts/{uuid4()}", json=told))
    for follower in made.case.state.followers:
        await follower.catch_up()
    await approve(made, made.scheme)


async def approve(made: Office, scheme: str) -> None:
    """An approved scheme for the plant."""
    drafter = made.client("officer", officer=FIRST, name="张岳")
    chief = made.client("section_chief", officer="14088200004", name="王衡")
    head = made.client("bureau_head", officer="14088200005", name="赵明远")
    url = f"/v1/inspection-schemes/{scheme}"
    record = {
        "planned_inspection_id": None, "ground": "举报核查", "entity_id": made.plant,
        "officers": [FIRST, SECOND], "inspect_on": TODAY, "checklist": CHECKLIST,
        "contents": ["安全生产责任制"], "method": "现场检查",
    }  # fmt: skip
    opinion = {"opinion": "同意。", "agreed": True}
    await good(await drafter.put(url, json=record))
    await good(await chief.put(f"{url}/review", json=opinion))
    await good(await head.put(f"{url}/approval", json=opinion))
