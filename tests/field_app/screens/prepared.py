"""A tablet with a day's work before it: a county's ledger, officers, schemes, hazards, content."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from deploy.county import COUNTY, plants
from field_app.actions.begin_inspection import begin_inspection
from field_app.actions.compose_document import shown
from field_app.actions.sign_document import sign_document
from field_app.forecast import NUMBERED
from field_app.moments import day, kept, now
from field_app.refresh import DATASETS
from field_app.shelves.mirror import Place
from field_app.store import Store
from field_app.wire_visits import PatchBody
from field_app.words import rebuild
from lawbook.places import Position
from paper import examples
from tests.field_app.tablet import FORMS, STROKES, keep_packs, opened

ROOT = Path(__file__).resolve().parents[3]
CONTENT = ROOT / "content"
ME, OTHER, THIRD = "14088200001", "14088200002", "14088200003"
PRESENT: Any = {"name": "贺平川", "duty": "安全科科长", "phone": "13903590001"}


HERE = Position(35.596, 110.712)
LONG = 4
"""The plant with a name as long as they come; every seventh has no place."""


def today() -> date:
    return day(now())


def fill(folder: Path, *, signed_in: bool = True, refreshed: bool = True) -> Store:
    """A store as it is after the morning's refresh."""
    store = opened(folder)
    if signed_in:
        store.set(
            "me",
            {"account": "zhangyue", "officer": ME, "name": "张岳", "unit": COUNTY,
             "unit_name": "河津市应急管理局", "region": COUNTY},
        )  # fmt: skip
        later = kept(now() + timedelta(days=1))
        store.set("token", {"access": "a", "refresh": "r", "good_until": later})
    if refreshed:
        with store.atomic():
            keep_packs(store)
        _mirror(store)
        _leases(store)
        store.set("refreshed_at", kept(now()))
    return store


def entities(count: int = 60) -> list[dict[str, Any]]:
    rows = []
    for plant in plants(count):
        missing = ["principal"] if plant.number % 9 == 0 else []
        values = dict(plant.values)
        if plant.number % 7:
            values |= {
                "latitude": f"{HERE.lat + 0.004 * plant.number:.6f}",
                "longitude": f"{HERE.lon + 0.003 * (plant.number % 5):.6f}",
            }
        if plant.number == LONG:
            values["ent_name"] = (
                "山西河津经济技术开发区星澜安和高纯铝基新材料循环利用科技（集团）有限责任公司"
            )
        if missing:
            values.pop("principal_mobile", None)
        rows.append(
            {
                "id": entity_id(plant.number), "region": plant.values["division_code"],
                "name": values["ent_name"], "credit_code": plant.values["uscc"],
                "trades": ["industry_and_trade"], "op_status": plant.values["op_status"],
                "values": values, "missing": missing, "complete": not missing,
            }
        )  # fmt: skip
    return rows


def entity_id(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


def scheme(number: int, on: date, **changes: Any) -> dict[str, Any]:
    return {
        "id": f"5c4e0000-0000-4000-8000-{number:012d}", "region": COUNTY, "unit": COUNTY,
        "planned_inspection_id": f"91a00000-0000-4000-8000-{number:012d}", "ground": None,
        "entity_id": entity_id(number), "officers": [ME, OTHER], "inspect_on": on.isoformat(),
        "checklist": "metallurgy@2026.1", "stage": "approved",
        "number": f"（津）应急检方〔{on.year}〕{number}号",
        "contents": ["安全生产责任制和规章制度", "教育培训与持证上岗", "隐患排查治理"],
        "method": "现场检查、查阅资料、询问",
    } | changes  # fmt: skip


def officer(number: str, name: str, **certificate: Any) -> dict[str, Any]:
    return {
        "id": f"0ff1ce00-0000-4000-8000-{number:0>12}", "name": name, "unit": COUNTY,
        "region": COUNTY, "work_types": ["industry_and_trade"],
        "certificate": {"number": number, "valid_until": "2035-05-09", "state": "valid"}
        | certificate,
    }  # fmt: skip


def planned(number: int, at: date, **changes: Any) -> dict[str, Any]:
    return {
        "id": f"91a00000-0000-4000-8000-{number:012d}", "entity_id": entity_id(number),
        "entity_name": "", "month": at.month, "year": at.year, "office": "执法监督科",
        "kind": "key", "times": 1, "done": 0, "approved": True, "unit": COUNTY, "region": COUNTY,
    } | changes  # fmt: skip


def past(number: int, on: date, found: int) -> dict[str, Any]:
    return {
        "id": f"1a500000-0000-4000-8000-{number:012d}", "entity_id": entity_id(number),
        "entity_name": "", "officers": [ME, OTHER], "checklist": "metallurgy@2026.1",
        "started_at": f"{on}T01:00:00Z", "ended_at": f"{on}T03:00:00Z", "unit": COUNTY,
        "outcome": "problem_found" if found else "no_problem_found", "findings": [{}] * found,
    }  # fmt: skip


def hazard(number: int, by: date, **changes: Any) -> dict[str, Any]:
    texts = (
        "熔炼工段中频炉感应线圈冷却水回水未设置流量监测报警装置",
        "砂处理地坑属于有限空间，入口处未设置明显的安全警示标志",
    )
    return {
        "id": f"4a2a0000-0000-4000-8000-{number:012d}",
        "inspection_id": "1a500000-0000-4000-8000-000000000007", "entity_id": entity_id(7),
        "description": texts[number % 2], "correct_by": by.isoformat(), "state": "open",
    } | changes  # fmt: skip


def case(number: int, decided: date, fine: int, outstanding: int) -> dict[str, Any]:
    return {
        "id": f"4c2a0000-0000-4000-8000-{decided.toordinal():012d}", "entity_id": entity_id(number),
        "party_name": "", "number": "（津）应急立〔2026〕3号", "cause": "未设置有限空间安全警示标志",
        "decided_on": decided.isoformat(), "penalties": ["warning", "fine"] if fine else ["warning"],
        "fine": fine, "outstanding": outstanding, "stage": "served",
    }  # fmt: skip


def _mirror(store: Store) -> None:
    at = today()
    unit = {
        "code": COUNTY, "name": "河津市应急管理局", "short_name": "津", "region": COUNTY,
        "level": "county", "review_organ": "河津市人民政府", "court": "河津市人民法院",
    }  # fmt: skip
    rows: dict[str, list[dict[str, Any]]] = {
        "units": [unit],
        "officers": [
            officer(ME, "张岳"),
            officer(OTHER, "李青"),
            officer(THIRD, "何静", valid_until="2020-01-01"),
        ],
        "entities": entities(),
        "proposals": [],
        "cases": [case(7, at - timedelta(120), 2_000_000, 0), case(7, at - timedelta(400), 0, 0)],
        "planned-inspections": [planned(1, at), planned(8, at), planned(10, at, done=1)],
        "inspections": [past(7, at - timedelta(20), 2), past(3, at - timedelta(200), 0)],
        "inspection-schemes": [
            scheme(1, at), scheme(2, at), scheme(3, at + timedelta(2)),
            scheme(4, at - timedelta(3), planned_inspection_id=None, ground="举报核查"),
            scheme(5, at, officers=[OTHER, THIRD]), scheme(6, at, stage="reviewed"),
        ],
        "hazards": [hazard(1, at - timedelta(2)), hazard(2, at + timedelta(5))],
    }  # fmt: skip
    for dataset in DATASETS:
        found = rows.get(dataset, [])
        store.mirror.apply(dataset, found, Place("1:1", len(found), kept(now())), whole=True)


def _leases(store: Store) -> None:
    marks = {
        "inspection-record": "检记",
        "correction-order": "责改",
        "reinspection-opinion": "复查",
    }
    year = today().year
    for document in NUMBERED:
        lease_id = f"1ea5e000-{document}"
        store.leases.ask(lease_id, document, year, 20, kept(now()))
        pattern = f"（津）应急{marks[document]}〔{year}〕{{sequence}}号"
        store.leases.grant(lease_id, {"unit": COUNTY, "first": 1, "last": 20, "pattern": pattern})


def begun(store: Store, number: int = 2) -> str:
    """An inspection begun by the scheme of this number."""
    return begin_inspection(
        store,
        scheme_id=scheme(number, today())["id"],
        place="熔炼车间、砂处理工段",
        present=PRESENT,
    )


def as_written(kind: str) -> dict[str, Any]:
    """What an officer writes in a document of this kind: the example's."""
    data = examples.example(kind).data
    return {f.code: data[f.code] for f in FORMS[kind].fields if f.written and f.code in data}


def by_all(store: Store, document_id: str) -> str:
    """A draft signed by its officers, and by the plant's person on every page that is signed."""
    kept_draft = store.documents.one(document_id)
    assert kept_draft is not None
    for one in kept_draft.data["officers"]:
        sign_document(store, document_id, "officer", one["name"], one["number"], STROKES)
    for page in range(1, len(shown(store, document_id).pages) + 1) or [0]:
        sign_document(store, document_id, "party", PRESENT["name"], None, STROKES, page=page)
    return document_id


def said_by_colleague(store: Store, inspection: str, said: dict[str, str]) -> None:
    """李青's answers (item → answer), as a refresh brings them from his tablet."""
    visit = store.inspections.one(inspection)
    assert visit is not None
    patches: list[PatchBody] = [
        {
            "id": f"1a500000-0000-4000-8000-0000000c00{item[1:]}", "item": item,
            "fields": {"answer": {"value": answer, "over": []}},
            "officer": OTHER, "device": "another", "answered_at": visit.started_at,
        }
        for item, answer in said.items()
    ]  # fmt: skip
    with store.atomic():
        store.visits.keep(inspection, patches, told=True)
        rebuild(store, visit, set(said))
