"""Penalty cases by the hundred thousand (案件): a few of them folded from their acts, copied many times.

A prefecture after years: its counties have as many cases each, and one case in five is still open.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg

import lawbook.penalty.acts  # noqa: F401 - every kind of act enters itself
from deploy.county import COUNTY
from lawbook.content import load
from lawbook.penalty.act import START, Act, Person, link_of
from lawbook.penalty.case import Case
from services.case_svc.cases.caching import columns, duty_columns, open_duties
from services.case_svc.cases.tables import CaseRow
from services.case_svc.cases.world import law
from services.kit.settings import ROOT

HANDLERS = 40
"""How many officers share the cases, two on each."""
FINE = 2_000_000
BEGUN = datetime(2026, 3, 2, 1, tzinfo=UTC)
PARTY = {
    "kind": "organisation", "name": "河津市测速机械有限公司", "legal_rep": "周正", "legal_rep_post": "经理",
    "address": "河津市汾滨街 1 号", "phone": "0359-5550001",
}  # fmt: skip
VIOLATION = {
    "offence": "aqscf-99", "description": "冲压设备安全防护装置缺失", "broke": "安全生产法 §36(1)",
    "basis": "安全生产法 §99(2)", "penalties": ["fine"], "fine": FINE, "factors": [],
}  # fmt: skip
EVIDENCE = {"name": "现场照片", "kind": "photo", "sha256": "0" * 64, "taken_on": "2026-03-02"}
DECIDED = {"penalties": ["fine"], "fine": FINE, "text": "罚款人民币贰万元整。"}
FILING = {
    "procedure": "ordinary@2021", "unit": COUNTY, "source": "inspection", "cause": "安全设备不符合标准",
    "name": "河津市测速机械有限公司安全设备安装不符合标准案", "summary": "检查发现冲压设备无防护装置。",
    "party": PARTY, "violations": [VIOLATION], "evidence": [EVIDENCE], "hazards": [], "linked": [],
}  # fmt: skip
Behind = Sequence[tuple[str, int, dict[str, Any]]]
ACTS: Behind = (
    ("propose-filing", 0, FILING),
    ("approve-filing", 1, {"opinion": "同意立案"}),
    ("add-evidence", 2, {"evidence": [EVIDENCE]}),
    ("conclude-investigation", 10, {
        "violations": [VIOLATION], "facts": "事实清楚，证据确凿", "outcome": "penalty", **DECIDED}),
    ("notify-penalty", 11, {"facts": "无防护装置", **DECIDED}),
    ("serve", 11, {"of": "penalty-notice", "method": "direct", "received_by": "周正",
                   "served_on": "2026-03-13"}),
    ("submit-decision", 20, {"outcome": "penalty", "opinion": "建议处罚", **DECIDED}),
    ("approve-decision", 21, {"outcome": "penalty", "opinion": "同意", **DECIDED}),
    ("decide", 22, DECIDED),
    ("serve", 23, {"of": "decision", "method": "direct", "received_by": "周正",
                   "served_on": "2026-03-25"}),
    ("pay", 25, {"towards": "fine", "amount": FINE, "paid_on": "2026-03-27", "method": "bank",
                 "receipt": "No.0001"}),
    ("propose-closing", 28, {"performance": "已缴清", "opinion": "建议结案", "receipts": ["No.0001"]}),
    ("endorse-closing", 29, {"agreed": True, "opinion": "同意"}),
    ("close", 30, {"opinion": "同意结案"}),
    ("archive", 35, {"number": "2026-CF-001", "kept": "permanent"}),
)  # fmt: skip
"""(kind, days later, what it says): an ordinary case from its filing to its archive."""
DECLINED: Behind = (
    ACTS[0], ("decline-filing", 3, {"opinion": "违法事实不能成立，不予立案"}),
)  # fmt: skip
FILED, TOLD, DECIDING, ARCHIVED = ACTS[:2], ACTS[:6], ACTS[:10], ACTS
STANDING = (FILED, TOLD, DECIDING, ARCHIVED, ARCHIVED, *([DECLINED] * 8), ACTS[:3], ARCHIVED, ARCHIVED,
            *([DECLINED] * 4))  # fmt: skip
"""What twenty cases have behind them; four are open, the others archived or never filed."""
UNITS = sorted(
    str(one["code"]) for one in load(ROOT / "content/units/1408.toml")["unit"] if one["level"] == "county"
)  # fmt: skip
CASE_COLUMNS = (
    "id", "fingerprint", "region", "unit", "opened_at", "number", "sequence", "link", "procedure",
    "stage", "name", "cause", "source", "party_kind", "party_name", "party_code", "search",
    "handlers", "offences", "filed_on", "decided_on", "fine", "outstanding", "next_due_on",
    "next_due", "acts", "calendar",
)  # fmt: skip
ACT_COLUMNS = (
    "id", "fingerprint", "case_id", "region", "seq", "kind", "done_at", "done_by", "body", "prev",
    "link",
)  # fmt: skip
DUTY_COLUMNS = (
    "case_id", "place", "region", "unit", "name", "title", "law", "power", "person", "handlers",
    "due_on", "act", "verified", "waiting", "unknown",
)  # fmt: skip


def officer(nth: int, unit: str = COUNTY) -> str:
    """The certificate number of the nth officer of a unit, from 0."""
    return f"{unit[:6]}{nth % HANDLERS + 1:05d}"


def acts(behind: Behind, unit: str, first: int = 0) -> tuple[Act, ...]:
    """The acts of a case that officers `first` and the next one of a unit handle."""
    pair = tuple(Person(officer(nth, unit), f"第{nth}号", unit) for nth in (first, first + 1))
    return tuple(
        Act(str(uuid4()), kind, BEGUN + timedelta(days, minutes=nth), pair[0], pair, said,
            "ordinary@2021 penalty@2026.1")
        for nth, (kind, days, said) in enumerate(behind)
    )  # fmt: skip


@dataclass(frozen=True)
class Mould:
    """A case folded once, to be copied under other ids: its columns, its acts, what is due."""

    unit: str
    columns: dict[str, Any]
    acts: tuple[Act, ...]
    bodies: tuple[str, ...]
    duties: list[dict[str, Any]]


def mould(behind: Behind, unit: str, first: int) -> Mould:
    """A case with those acts, of those officers."""
    told, rules = acts(behind, unit, first), law(ROOT / "content")
    case = Case.of(told)
    found = open_duties(case, rules)
    row = CaseRow(id=uuid4(), region=unit, unit=unit)
    return Mould(
        unit, columns(case, rules, found), told,
        tuple(json.dumps(one.plain(), ensure_ascii=False) for one in told),
        duty_columns(row, case, found),
    )  # fmt: skip


def _case(id_: UUID, nth: int, made: Mould, link: str) -> tuple[Any, ...]:
    own = made.columns | {
        "id": id_, "fingerprint": "0" * 64, "region": made.unit, "unit": made.unit, "link": link,
        "opened_at": BEGUN + timedelta(seconds=nth), "sequence": nth,
        "number": f"（河）应急立〔2026〕{nth}号", "search": f"{made.columns['search']} {nth}",
        "name": f"{made.columns['name']}{nth}",
    }  # fmt: skip
    return tuple(own[name] for name in CASE_COLUMNS)


def _acts(id_: UUID, made: Mould, *, chained: bool) -> Iterator[tuple[Any, ...]]:
    prev = START
    for seq, (act, body) in enumerate(zip(made.acts, made.bodies, strict=True), 1):
        link = link_of(str(id_), prev, act) if chained else f"{seq:064d}"
        yield (
            uuid4(), "0" * 64, id_, made.unit, seq, act.kind, act.at, act.by.number, body, prev, link,
        )  # fmt: skip
        prev = link


async def fill(owner: asyncpg.Connection, count: int) -> list[UUID]:
    """`count` cases in all their stages, by COPY; the links of their acts are stand-ins. Their ids."""
    moulds = [
        mould(behind, unit, first)
        for first in range(0, HANDLERS, 4) for unit in UNITS for behind in STANDING
    ]  # fmt: skip
    ids = [uuid4() for _ in range(count)]
    given = [(id_, moulds[nth % len(moulds)]) for nth, id_ in enumerate(ids)]
    tables: dict[str, tuple[Sequence[str], Iterator[tuple[Any, ...]]]] = {
        "case": (CASE_COLUMNS, (_case(id_, nth, made, f"{len(made.acts):064d}")
                                for nth, (id_, made) in enumerate(given, 1))),
        "case_act": (ACT_COLUMNS, (row for id_, made in given
                                   for row in _acts(id_, made, chained=False))),
        "case_duty": (DUTY_COLUMNS, (tuple((one | {"case_id": id_})[name] for name in DUTY_COLUMNS)
                                     for id_, made in given for one in made.duties)),
    }  # fmt: skip
    for table, (columns_, rows) in tables.items():
        await owner.copy_records_to_table(
            table, schema_name="case_svc", records=rows, columns=columns_
        )
    await owner.execute("analyze case_svc.case, case_svc.case_act, case_svc.case_duty")
    return ids
