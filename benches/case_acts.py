"""16 handlers act at once, each in a case of their own, against the same rows by as many connections."""

import asyncio
import json
import time
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import asyncpg

from benches.ground import Ground
from benches.measure import Figure, seconds
from benches.penalties import EVIDENCE, FILING, officer
from benches.served import served
from benches.small_get import Line
from benches.tablets import tell, tell_of_the_county
from deploy.county import COUNTY

AT_ONCE, EACH, PROCESSES = 16, 10, 2
HEAD = f"{COUNTY}00099"
CARRIED = ("cause", "name", "summary", "party", "violations", "evidence")
TABLE = "create schema bare; create table bare.act (like case_svc.case_act including indexes)"
INSERT = """
insert into bare.act (id, fingerprint, case_id, region, seq, kind, done_at, done_by, body, prev, link,
    received_at)
values ($1, $2, $3, $4, $5, $6, now(), $7, $8, $9, $10, now())"""


async def measure(ground: Ground, rows: int, turns: int) -> list[Figure]:
    """Acts a second of all together: judged, chained, committed, with what is due written anew."""
    figure = Figure(
        f"{AT_ONCE} handlers at once, {EACH} acts each", f"INSERT, commit each, {AT_ONCE} connections",
        "acts/s", 1 / 10,
    )  # fmt: skip
    owner = await ground.owner()
    await owner.execute(TABLE)
    await tell_of_the_county(ground)
    officers = [officer_state(one) for one in _numbers()]
    await tell(ground, [("officer", one["id"], one) for one in officers])
    bare: list[asyncpg.Connection] = [await ground.owner() for _ in range(AT_ONCE)]
    async with served(ground, "case_svc", workers=PROCESSES) as service:
        head = Line(service, "/", ground.token(COUNTY, "bureau_head", officer=HEAD))
        lines = [
            Line(service, "/", ground.token(COUNTY, "officer", officer=officer(nth)))
            for nth in range(AT_ONCE)
        ]
        await asyncio.gather(head.open(), *(line.open() for line in lines))
        for turn in range(turns + 1):
            cases = [await filed(line, head, nth) for nth, line in enumerate(lines)]
            started = time.perf_counter()
            await asyncio.gather(*map(_act, lines, cases))
            ours = time.perf_counter() - started
            limit = await seconds(asyncio.gather(*map(_insert, bare, cases)))
            if turn:  # the first turn warms both
                figure.add(AT_ONCE * EACH / ours, AT_ONCE * EACH / limit)
        for line in (head, *lines):
            line.close()
    for connection in (owner, *bare):
        await connection.close()
    return [figure]


def _numbers() -> list[str]:
    return [HEAD, *(officer(nth) for nth in range(2, AT_ONCE + 1))]


def officer_state(number: str) -> dict[str, Any]:
    """An officer of the county as the ledger tells of one."""
    certificate = {"number": number, "valid_until": "2039-05-09", "state": "valid"}
    return {
        "id": str(uuid4()), "region": COUNTY, "unit": COUNTY, "name": f"第{number[-2:]}号",
        "certificate": certificate,
    }  # fmt: skip


def said(body: dict[str, Any]) -> bytes:
    """JSON as it goes over the wire."""
    return json.dumps(body, ensure_ascii=False).encode()


def _now() -> str:
    return datetime.now(UTC).isoformat()


async def filed(line: Line, head: Line, nth: int) -> str:
    """A case that this officer and the next one handle, approved: its id."""
    case = str(uuid4())
    told = {name: FILING[name] for name in CARRIED} | {
        "at": _now(), "source": "complaint", "region": COUNTY,
        "officers": [officer(nth), officer(nth + 1)],
    }  # fmt: skip
    await line.put(f"/v1/cases/{case}", said(told))
    approved = {
        "kind": "approve-filing", "at": _now(), "after": 1, "said": {"opinion": "同意立案"},
    }  # fmt: skip
    await head.put(f"/v1/cases/{case}/acts/{uuid4()}", said(approved))
    return case


async def _act(line: Line, case: str) -> None:
    for after in range(2, EACH + 2):
        told = {
            "kind": "add-evidence",
            "at": _now(),
            "after": after,
            "said": {"evidence": [EVIDENCE]},
        }
        await line.put(f"/v1/cases/{case}/acts/{uuid4()}", said(told))


async def _insert(connection: asyncpg.Connection, case: str) -> None:
    body = json.dumps({"said": {"evidence": [EVIDENCE]}, "officers": [officer_state(HEAD)] * 2})
    for seq in range(EACH):
        await connection.execute(
            INSERT,
            uuid4(),
            "0" * 64,
            case,
            COUNTY,
            seq,
            "add-evidence",
            HEAD,
            body,
            str(seq),
            "0" * 64,
        )
