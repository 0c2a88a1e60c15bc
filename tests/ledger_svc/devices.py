"""A device as the office meets it: its key, its code, its reports."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from field_app.device import text_of

GATEWAY = "https://zhifa.example:8443"


async def given_code(administrator: httpx.AsyncClient, unit: str = "140882") -> dict[str, Any]:
    """A fresh enrolment."""
    answer = await administrator.put(
        f"/v1/device-enrolments/{uuid4()}", json={"unit": unit, "gateway": GATEWAY}
    )
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


@dataclass
class Slate:
    """A device with a memory for numbers and nonces, as the tablet keeps them."""

    id: str = field(default_factory=lambda: str(uuid4()))
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    number: int = 0
    nonce: str | None = None

    def record(self, code: str, **changes: Any) -> dict[str, Any]:
        """What it says of itself when it is enrolled."""
        public = text_of(self.key.public_key().public_bytes_raw())
        return {
            "code": code, "public_key": public, "name": "平板一号", "model": "T10",
            "platform": "Android 14",
        } | changes  # fmt: skip

    def report(self, **changes: Any) -> dict[str, Any]:
        """The next report, signed."""
        self.number += 1
        now = datetime.now(UTC).isoformat()
        body = {
            "number": self.number, "nonce": self.nonce, "reported_at": now, "unsent_letters": 3,
            "unsent_files": 1, "unfinished": 0, "oldest_unsent_at": now,
            "versions": {"app": "2026.11", "store": 1, "packs": {"checklist/metallurgy": "2026.1"}},
            "clock": {
                "wall": now, "monotonic": 1000, "boot": "b", "anchor": None, "gnss": None,
                "skew": None, "earliest": now, "latest": now,
            },
        } | changes  # fmt: skip
        return body | {"signature": self.signed(body)}

    def signed(self, body: dict[str, Any]) -> str:
        """Its signature under a body."""
        said = json.dumps(
            body | {"device": self.id}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        return text_of(self.key.sign(said.encode()))

    async def enrol(self, anybody: httpx.AsyncClient, code: str, **changes: Any) -> httpx.Response:
        """Enter a unit."""
        return await anybody.put(f"/v1/devices/{self.id}", json=self.record(code, **changes))

    async def say(self, officer: httpx.AsyncClient, **changes: Any) -> dict[str, Any]:
        """Report, and remember the nonce of the answer."""
        told = await self.send(officer, self.report(**changes))
        self.nonce = told["nonce"]
        return told

    async def send(self, officer: httpx.AsyncClient, body: dict[str, Any]) -> dict[str, Any]:
        """Send a report; what is answered."""
        answer = await officer.post(f"/v1/devices/{self.id}/reports", json=body)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())
