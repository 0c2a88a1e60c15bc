"""The whole house in one process, a county in it, and Chromium before its door."""

import re
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4, uuid5

import httpx
import psycopg
import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from deploy import postgres, secrets
from deploy.all_in_one import Parts, all_in_one
from deploy.county import COUNTY, PASSWORD, plants
from deploy.day import people
from deploy.day.bureau import Bureau, good
from deploy.day.progress import Silent
from deploy.web import free_port, serving
from services.kit.names import SERVICES
from tests.examples import account, entity_values

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
NEIGHBOUR = "140881"
PLANTS = UUID("4d5a3c52-7f33-4b1c-9f5f-2f8f8a0f3a11")


@dataclass
class Office:
    """A running house with people in it: where it stands, and what was entered beforehand."""

    url: str
    bureau: Bureau
    settle: Callable[[], Awaitable[None]]
    console_secret: str
    claims_key: str
    complete: list[str] = field(default_factory=list)
    incomplete: str = ""

    async def act(self, username: str) -> httpx.AsyncClient:
        """A client of the API in the name of one of the people."""
        return await self.bureau.sign_in(username)


@pytest.fixture(scope="session")
def office_database(
    server: postgres.Server, template: Callable[..., str]
) -> Iterator[Callable[[str], str]]:
    """A database for the whole session of browser tests: URL by role."""
    name = f"office_{uuid4().hex[:12]}"
    postgres.create_database(server.url("postgres"), name, template(*SERVICES))
    yield lambda role: server.url(name, role)
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(f"drop database if exists {name} with (force)")


@pytest.fixture(scope="session")
async def office(
    office_database: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Office]:
    """The house, served on a free port; its people, some plants, and the neighbouring county."""
    folder = tmp_path_factory.mktemp("office")
    parts = Parts(database_url=office_database, data=folder, secrets=secrets.make(), follow_every=1)
    async with all_in_one(parts) as house, serving(house.gateway, free_port(0)) as url:
        bureau = Bureau(
            new_client=lambda: httpx.AsyncClient(base_url=url, timeout=60),
            settle=house.catch_up, folder=folder, tell=Silent(),
            administrator_password=parts.secrets.administrator_password,
            province_secret=parts.secrets.province_secret, run=1, began=datetime.now(UTC),
            gateway=url, tablet=folder / "tablet",
        )  # fmt: skip
        made = Office(
            url, bureau, house.catch_up, parts.secrets.console_secret,
            parts.secrets.claims_private_key,
        )  # fmt: skip
        await _people_and_plants(made)
        yield made
        await bureau.close()


async def _people_and_plants(office: Office) -> None:
    await people.enter(office.bureau)
    administrator = await office.bureau.as_administrator()
    neighbour = account(
        "linhai", name="林海", region=NEIGHBOUR, unit=NEIGHBOUR, password=PASSWORD,
        roles=["ledger_clerk", "officer"],
    )  # fmt: skip
    good(await administrator.put(f"/v1/accounts/{uuid5(PLANTS, 'linhai')}", json=neighbour))
    clerk = await office.act("hejing")
    # Numbers beyond those of the workbooks that tests bring in.
    for plant in list(plants(615))[609:]:
        id_ = str(uuid5(PLANTS, str(plant.number)))
        good(await clerk.put(f"/v1/entities/{id_}", json={"values": plant.values}))
        office.complete.append(id_)
    office.incomplete = str(uuid5(PLANTS, "incomplete"))
    values = {
        key: value for key, value in entity_values(616).items()
        if key in ("ent_name", "division_code", "reg_category", "legal_rep")
    }  # fmt: skip
    good(await clerk.put(f"/v1/entities/{office.incomplete}", json={"values": values}))
    await office.settle()


@pytest.fixture(scope="session")
async def reviewer(office: Office) -> str:
    """A legal reviewer beside the people of the day."""
    administrator = await office.bureau.as_administrator()
    body = account(
        "qianmin", name="钱敏", region=COUNTY, unit=COUNTY, password=PASSWORD,
        roles=["legal_reviewer"],
    )  # fmt: skip
    good(await administrator.put(f"/v1/accounts/{uuid4()}", json=body))
    return "qianmin"


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """One Chromium for the session."""
    if CHROMIUM is None:
        pytest.skip("这台机器上没有 Chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS])
        yield browser
        await browser.close()


Visitor = Callable[..., Awaitable[Page]]


@pytest.fixture
async def visitor(office: Office, chromium: Browser) -> AsyncIterator[Visitor]:
    """A browser window, signed in as somebody: `visitor("hejing", width=390)`.

    A page that throws, complains in the console or breaks its own policy fails the test.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    async def open_(username: str | None = None, **options: Any) -> Page:
        width = options.pop("width", 1280)
        context = await chromium.new_context(
            viewport={"width": width, "height": 900}, locale="zh-CN",
            timezone_id="Asia/Shanghai", base_url=office.url, **options,
        )  # fmt: skip
        contexts.append(context)
        page = await context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: _complaint(said, complaints))
        if username:
            await page.goto("/sign-in")
            await sign_in(page, username)
            await page.wait_for_url("**/")
        return page

    yield open_
    for context in contexts:
        await context.close()
    assert complaints == []


def _complaint(said: Any, complaints: list[str]) -> None:
    # The browser itself notes every answer of 4xx; those the tests look at on the page.
    if said.type in ("error", "warning") and not re.match("Failed to load resource", said.text):
        complaints.append(said.text)


async def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    """Fill in the sign-in form and send it."""
    await page.get_by_label("帐号").fill(username)
    await page.get_by_label("口令").fill(password)
    await page.get_by_role("button", name="登录").click()


@pytest.fixture
def workbooks(tmp_path: Path) -> Path:
    """Where a test keeps the workbooks it sends and gets back."""
    return tmp_path


__all__ = ["COUNTY", "NEIGHBOUR", "Office", "sign_in"]
