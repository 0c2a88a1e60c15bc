"""The bureau on that day: its one door, its folder, its clock, and who speaks to it."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import httpx

from deploy.county import PASSWORD
from deploy.day.progress import Teller
from field_app.store import Store
from field_app.vault import Vault

HERE = ZoneInfo("Asia/Shanghai")
OFFICER = "zhangyue"
"""Whose tablet it is."""
DAY = UUID("0c6f2c0a-6f0e-4a57-8a6b-3d3c9b2a7d10")


class DayFailed(Exception):
    """The day cannot go on, and this is why."""


def good(response: httpx.Response) -> Any:  # noqa: ANN401 - whatever the resource is
    """The answer's content; DayFailed with the server's own words when it is none."""
    if response.is_success:
        return response.json() if response.content else None
    request = response.request
    raise DayFailed(
        f"{request.method} {request.url.path} → {response.status_code} {response.text[:600]}"
    )


def refusal(response: httpx.Response, code: str) -> dict[str, Any]:
    """The problem of an answer that had to be a refusal with this code."""
    body = response.json() if "json" in response.headers.get("content-type", "") else {}
    if response.is_success or body.get("code") != code:
        raise DayFailed(
            f"{response.request.url.path} 应当被拒绝（{code}），实际 {response.status_code} {response.text[:300]}"
        )
    return dict(body)


@dataclass
class Bureau:
    """Clients of the gateway for each who acts, and ids that are the same when a day is resumed.

    `settle` waits until the services have followed one another's feeds to the end.

    `run` counts the days played in this folder. A day that was killed is played again under its
    own number and start: every id and body is as before, so the server takes nothing twice.
    """

    new_client: Callable[..., httpx.AsyncClient]
    settle: Callable[[], Awaitable[None]]
    folder: Path
    tell: Teller
    administrator_password: str
    province_secret: str
    run: int
    began: datetime
    gateway: str
    tablet: Path
    clients: dict[str, httpx.AsyncClient] = field(default_factory=dict)
    good_until: dict[str, float] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day's date where the bureau stands."""
        return self.began.astimezone(HERE).date()

    def at(self, minutes: int) -> str:
        """A moment of this day, in minutes after it began."""
        return (self.began + timedelta(minutes=minutes)).isoformat()

    def id(self, name: str) -> str:
        """An id that belongs to this day and no other."""
        return str(uuid5(DAY, f"{self.folder.name}/{self.run}/{name}"))

    async def sign_in(self, username: str, password: str = PASSWORD) -> httpx.AsyncClient:
        """A client in the name of this account (RFC 6749 §4.3), with a token that is not nearly over."""
        if time.monotonic() < self.good_until.get(username, 0.0):
            return self.clients[username]
        client = self.clients.get(username) or self.new_client()
        form = {"grant_type": "password", "username": username, "password": password}
        told = good(await client.post("/v1/oauth/token", data=form))
        client.headers["authorization"] = f"Bearer {told['access_token']}"
        self.clients[username] = client
        self.good_until[username] = time.monotonic() + told["expires_in"] / 2
        return client

    async def as_administrator(self) -> httpx.AsyncClient:
        """The first administrator, made when the house was set up."""
        return await self.sign_in("administrator", self.administrator_password)

    def open_tablet(self) -> Store:
        """The officer's store on the tablet, by the password: no signal is needed."""
        return Vault(self.tablet).open(OFFICER, PASSWORD)

    async def close(self) -> None:
        """Let every client go."""
        for client in self.clients.values():
            await client.aclose()
        self.clients.clear()
        self.good_until.clear()
