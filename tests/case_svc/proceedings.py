"""One good value of each thing that proceedings begin with; keyword changes only."""

from typing import Any
from uuid import UUID, uuid5

from tests.examples import dictionary, entity_values, officer

SPACE = UUID("7be3c0e5-6a3d-4ad5-8f8e-6f6f0d5a9b01")
FIRST, SECOND, CHIEF, HEAD = "14088200001", "14088200002", "14088200004", "14088200005"


def plan(**changes: Any) -> dict[str, Any]:
    return {
        "region": "140882", "unit": "140882", "year": 2026, "approval_number": None,
        "approved_on": None, "title": "河津市应急管理局 2026 年度安全生产监督检查计划",
    } | changes  # fmt: skip


def approval(**changes: Any) -> dict[str, Any]:
    return {"approval_number": "河应急发〔2026〕3号", "approved_on": "2026-01-12"} | changes


def planned(plan_id: str, entity_id: str, **changes: Any) -> dict[str, Any]:
    return {
        "plan_id": plan_id, "entity_id": entity_id, "month": 6, "office": "工贸股",
        "trade": "industry_and_trade", "kind": "key", "times": 1,
    } | changes  # fmt: skip


def scheme(entity_id: str, **changes: Any) -> dict[str, Any]:
    return {
        "planned_inspection_id": None, "ground": "举报核查", "entity_id": entity_id,
        "officers": [FIRST, SECOND], "inspect_on": "2026-06-23", "checklist": "metallurgy@2026.1",
        "contents": ["安全生产责任制和规章制度", "教育培训与持证上岗"],
        "method": "现场检查、查阅资料、询问",
    } | changes  # fmt: skip


def entity_state(number: int = 1, *, without: str | None = None, **changes: str) -> dict[str, Any]:
    """A plant as feeds/ledger tells it; `without` leaves one value out."""
    values = entity_values(number, division_code="140882001", reg_category="机械", op_status="在营")
    values |= changes
    values.pop(without or "", None)
    ledger = dictionary()
    missing = ledger.missing(values)
    return {
        "id": str(uuid5(SPACE, f"entity/{number}")), "region": values["division_code"][:6],
        "name": values["ent_name"], "credit_code": values.get("uscc"),
        "division_code": values["division_code"], "trades": ledger.trades(values),
        "op_status": values["op_status"], "values": values, "missing": missing,
        "complete": not missing, "dictionary": ledger.ref, "version": 1,
        "changed_at": "2026-06-01T01:00:00Z",
    }  # fmt: skip


def officer_state(
    certificate: str, name: str, *, state: str = "valid", valid_until: str = "2029-05-09",
    **changes: Any,
) -> dict[str, Any]:  # fmt: skip
    """An officer as feeds/ledger tells it."""
    told = officer(certificate, name=name, **changes)
    told["certificate"] |= {"state": state, "valid_until": valid_until}
    return told | {
        "id": str(uuid5(SPACE, f"officer/{certificate}")), "account_active": True, "trained_on": [],
    }  # fmt: skip


def change(
    kind: str, state: dict[str, Any] | None, subject: str | None = None,
    at: str = "2026-08-01T01:00:00Z",
) -> dict[str, Any]:  # fmt: skip
    """A change as feeds/ledger tells it; by itself made after all that is captured here."""
    return {
        "position": 1, "kind": kind, "region": (state or {}).get("region", "140882"),
        "subject": subject or (state or {}).get("id") or (state or {})["code"],
        "officer": "administrator", "made_at": at, "body": {}, "state": state,
    }  # fmt: skip
