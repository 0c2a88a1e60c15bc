"""Tablets with letters to deliver, an office that knows their county, and the bare INSERTs beside."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import httpx

from benches import plants, visits
from benches.ground import Ground
from deploy.county import COUNTY
from field_app.crypt.keys import new_key
from field_app.store import Store
from lawbook.content import load
from services.case_svc.ledger_mirror.follow import apply
from services.case_svc.settings import CaseSettings
from services.kit.claims import service_itself
from services.kit.database import Database
from services.kit.receipts import Signer
from services.kit.settings import ROOT

WRITTEN_AT = "2026-06-23T03:00:00Z"
MOST_OF_A_LEASE = 100
INSERT = """
insert into bare.letter (id, device, region, account, subject, kind, sha256, written_at, state, body)
values ($1, $2, $3, $4, $5, $6, $7, $8, 'applied', $9)"""


async def tell_of_the_county(ground: Ground) -> str:
    """What case_svc would have followed: units, two officers, a plant. The plant's id."""
    plant = str(uuid4())
    (values,) = plants.values(1)
    told: list[tuple[str, str, dict[str, Any]]] = [
        ("unit", unit["code"], unit) for unit in load(ROOT / "content/units/1408.toml")["unit"]
    ]
    for number, name in visits.OFFICERS.items():
        certificate = {"number": number, "valid_until": "2039-05-09", "state": "valid"}
        officer: dict[str, Any] = {
            "id": str(uuid4()), "region": COUNTY, "unit": COUNTY, "name": name,
            "certificate": certificate,
        }  # fmt: skip
        told.append(("officer", officer["id"], officer))
    entity = {
        "id": plant, "region": COUNTY, "name": values["ent_name"], "credit_code": values["uscc"],
        "trades": ["industry_and_trade"], "op_status": "在营", "values": values, "missing": [],
    }  # fmt: skip
    told.append(("entity", plant, entity))
    await tell(ground, told)
    return plant


async def tell(ground: Ground, told: Sequence[tuple[str, str, dict[str, Any]]]) -> None:
    """Tell the mirror of these: kind, id and state of each."""
    database = Database(
        CaseSettings(
            **ground.settings("case_svc"), receipt_private_key=ground.secrets.receipt_private_key
        )
    )
    async with database.transaction(service_itself("case_svc")) as session:
        for kind, subject, state in told:
            change = {"kind": f"{kind}.changed", "subject": subject, "state": state, "position": 1}
            await apply(session, change)
    await database.close()


async def bare_table(owner: asyncpg.Connection) -> None:
    """The table of letters without anything around it."""
    await owner.execute("create schema bare")
    await owner.execute("create table bare.letter (like case_svc.letter including all)")


async def letters_of(asking: httpx.AsyncClient, plant: str, count: int) -> list[visits.Letter]:
    """The letters of so many visits to the plant, with numbers leased for them."""
    letters: list[visits.Letter] = []
    for begun in range(0, count, MOST_OF_A_LEASE):
        of_lease = min(MOST_OF_A_LEASE, count - begun)
        leases = {kind: await _lease(asking, kind, of_lease) for kind in visits.DOCUMENTS}
        letters += [one for nth in range(of_lease) for one in visits.visit(plant, leases, nth)]
    return letters


async def _lease(client: httpx.AsyncClient, document: str, count: int) -> dict[str, Any]:
    asked = {"document": document, "year": 2026, "device": visits.DEVICE, "count": count}
    answer = await client.put(f"/v1/number-leases/{uuid4()}", json=asked)
    assert answer.is_success, answer.text
    return dict(answer.json())


def tablet(ground: Ground, letters: Sequence[visits.Letter]) -> Store:
    """A tablet on which these letters wait, its officer signed in."""
    store = Store(ground.folder / f"tablet-{uuid4().hex[:8]}", new_key())
    until = (datetime.now(UTC) + timedelta(hours=8)).isoformat()
    access = ground.token(COUNTY, "officer")
    store.set("token", {"access": access, "refresh": None, "good_until": until})
    # As the last refresh brought them.
    store.set("receipt_keys", Signer(ground.secrets.receipt_private_key).public_keys)
    with store.atomic():
        for subject, kind, body in letters:
            store.outbox.write(subject, kind, body, WRITTEN_AT)
    return store


async def bare(owner: asyncpg.Connection, letters: Sequence[visits.Letter]) -> None:
    """The same bodies into the same table without anything, each committed."""
    at = datetime.fromisoformat(WRITTEN_AT)
    rows: list[tuple[Any, ...]] = [
        (uuid4(), visits.DEVICE, COUNTY, "bench", subject, kind, "0" * 64, at,
         json.dumps(body, ensure_ascii=False))
        for subject, kind, body in letters
    ]  # fmt: skip
    prepared = await owner.prepare(INSERT)
    for row in rows:
        await prepared.fetch(*row)
