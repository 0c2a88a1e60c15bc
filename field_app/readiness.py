"""What is missing before an officer can go (出发前准备): said in the morning, not at the gate."""

from collections.abc import Iterable
from datetime import date, timedelta

from field_app.officers import WITHHELD
from field_app.store import Store
from field_app.wire import InspectionScheme
from lawbook.refusal import Refusal

SOON = timedelta(days=30)
"""A certificate that ends within this is told."""
RECORD = "inspection-record"
WAITING = {"drafted": "方案待审核", "reviewed": "方案待批准", "returned": "方案被退回，须修改"}  # fmt: skip


def lacking(store: Store, scheme: InspectionScheme, today: date) -> list[str]:
    """What the visit of a scheme still lacks, the gravest first."""
    stage = scheme["stage"]
    return [
        *([] if stage == "approved" else [WAITING.get(stage, "方案尚未批准")]),
        *of_plant(store, scheme["entity_id"]),
        *of_officers(store, scheme["officers"], date.fromisoformat(scheme["inspect_on"])),
        *_of_checklist(store, scheme["checklist"]),
        *of_numbers(store, today),
    ]


def of_plant(store: Store, entity_id: str) -> list[str]:
    """What the plant's ledger lacks."""
    entity = store.mirror.entity(entity_id)
    if entity is None:
        return ["本机没有这家企业的台账"]
    return [] if entity["complete"] else [f"台账缺 {len(entity['missing'])} 项"]


def of_officers(store: Store, numbers: Iterable[str], on: date) -> list[str]:
    """Whose certificate is not valid that day, or ends soon after it."""
    return [said for number in numbers if (said := certificate_doubt(store, number, on))]


def certificate_doubt(store: Store, number: str, on: date) -> str:
    """What is wrong with an officer's certificate on a day; empty when nothing is."""
    officer = store.mirror.officer(number)
    if officer is None:
        return f"本机没有执法证 {number} 的信息"
    name, certificate = officer["name"], officer["certificate"]
    if what := WITHHELD.get(certificate["state"]):
        return f"{name}的执法证已{what}"
    left = date.fromisoformat(certificate["valid_until"]) - on
    if left < timedelta(0):
        return f"{name}的执法证届时已过期"
    return f"{name}的执法证只剩 {left.days} 天" if left <= SOON else ""


def _of_checklist(store: Store, ref: str) -> list[str]:
    try:
        store.packs.checklist(ref)
    except Refusal:
        return ["检查表尚未下载"]
    return []


def of_numbers(store: Store, today: date) -> list[str]:
    """Whether there is still a number for the record of the visit."""
    unit = str((store.setting("me") or {}).get("unit", ""))
    return [] if store.leases.left(RECORD, today.year, unit) else ["没有现场检查记录的文号"]
