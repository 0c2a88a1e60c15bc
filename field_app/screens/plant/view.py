"""What the plant screen shows: a plant's facts, its history, and what is needed to begin."""

from dataclasses import dataclass
from datetime import date

from field_app.readiness import lacking
from field_app.screens.choice import Choice
from field_app.screens.confirmed import said, said_short
from field_app.screens.days import day_text
from field_app.screens.plant import filling, past
from field_app.screens.plant.filling import Ask, Found
from field_app.screens.plant.past import Past
from field_app.session import signed_in
from field_app.shelves.inspections import Inspection
from field_app.store import Store
from field_app.whereabouts import distance
from field_app.wire import Entity, InspectionScheme, Officer, Present
from lawbook.checklist import ANY
from lawbook.inspection import GROUNDS
from lawbook.places import Position
from lawbook.refusal import Refusal

SHOWN_FIRST = (
    "uscc", "op_status", "reg_category", "prod_addr", "legal_rep", "contact_phone", "principal",
    "principal_mobile", "supervise_level",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plant:
    """A plant, and all that is needed to begin an inspection of it.

    `scheme`: what the scheme fixes, in words; then only who comes is chosen, beforehand those whom
    it names (`ordered`, without me). `going_on`: the inspection that has been begun already.
    `lacking`: what must still be seen to before the visit. `asks`: what the ledger lacks, to be
    filled in here; `found`: what was, until the office's ledger shows it.
    """

    entity_id: str
    name: str
    facts: list[tuple[str, str]]
    missing: list[str]
    asks: list[Ask]
    found: list[Found]
    far: str
    lacking: list[str]
    visits: list[Past]
    hazards: list[Past]
    penalties: list[Past]
    scheme_id: str
    scheme: list[tuple[str, str]]
    going_on: str
    checklists: list[Choice]
    officers: list[Choice]
    ordered: list[str]
    place: str
    present: Present


GROUND_CHOICES = [Choice(kind.value, said) for kind, said in GROUNDS.items()]


def plant(
    store: Store, entity_id: str, scheme_id: str, today: date, at: Position | None = None
) -> Plant | None:
    """A plant as it is known here; None when the ledger here does not have it."""
    entity = store.mirror.entity(entity_id)
    if entity is None:
        return None
    fields, items = labels(store)
    values = entity["values"]
    facts = [(fields.get(code, code), values[code]) for code in SHOWN_FIRST if values.get(code)] + [
        (fields.get(code, code), value)
        for code, value in values.items()
        if value and code not in SHOWN_FIRST and code not in ("ent_name", "division_code")
    ]
    going_on = _going_on(store, entity_id, scheme_id)
    scheme = store.mirror.scheme(scheme_id) if scheme_id else None
    officers, ordered = colleagues(store, today), _ordered(store, scheme)
    offered = {one.value for one in officers}
    return Plant(
        entity_id,
        entity["name"],
        facts,
        [items.get(code, code) for code in entity["missing"]],
        filling.asks(store, entity_id),
        filling.found(store, entity_id),
        distance(store, entity_id, at),
        lacking(store, scheme, today) if scheme else [],
        past.visits(store, entity_id, today),
        past.hazards(store, entity_id, today),
        past.penalties(store, entity_id, today),
        scheme_id,
        _scheme(store, scheme),
        going_on.id if going_on else "",
        checklists(store, entity, today),
        # Whom the scheme names stands there even where he may not come today: beginning says why.
        officers + [Choice(one, _called(store, one)) for one in ordered if one not in offered],
        ordered,
        values.get("prod_addr", ""),
        {
            "name": values.get("principal", ""),
            "duty": "主要负责人" if values.get("principal") else "",
            "phone": values.get("principal_mobile", ""),
        },
    )


def labels(store: Store) -> tuple[dict[str, str], dict[str, str]]:
    """Chinese labels of the ledger's fields and items; none before the dictionary is here."""
    try:
        dictionary = store.packs.body("ledger", "ledger")
    except Refusal:
        return {}, {}
    return (
        {field["code"]: field["label"] for field in dictionary.get("field", ())},
        {item["code"]: item["label"] for item in dictionary.get("item", ())},
    )


def checklists(store: Store, entity: Entity, today: date) -> list[Choice]:
    """The check lists in force: of the plant's trade, its own industry first; for any; the rest."""
    industry = entity["values"].get("reg_category", "")
    known = store.packs.checklists(today)
    known.sort(
        key=lambda one: (
            one.trade not in entity["trades"],
            one.trade != ANY,
            industry not in one.industries,
            one.code,
        )
    )
    return [
        Choice(one.ref, f"{one.name}\n{len(one.items)} 项　{said_short(one.status)}".rstrip("　"))
        for one in known
    ]


def colleagues(store: Store, today: date) -> list[Choice]:
    """Officers of my unit, then those of other bureaus with whom I may inspect (联合检查); myself left
    out, and whose certificate is not valid today.
    """
    me = signed_in(store)
    if me is None:
        return []
    return [
        Choice(officer["certificate"]["number"], officer["name"])
        for officer in (cast_officer(row) for row in store.mirror.rows("officers", unit=me["unit"]))
        if officer["certificate"]["number"] != me["officer"]
        and officer["certificate"]["state"] == "valid"
        and date.fromisoformat(officer["certificate"]["valid_until"]) >= today
    ] + [
        Choice(one["certificate"]["number"], f"{one['name']}（{one['unit_name']}）")
        for one in store.mirror.joint()
        if one["certificate"]["state"] == "valid"
        and date.fromisoformat(one["certificate"]["valid_until"]) >= today
    ]


def cast_officer(row: dict[str, object]) -> Officer:
    """A row of the mirror as an officer."""
    return row  # type: ignore[return-value]


def _ordered(store: Store, scheme: InspectionScheme | None) -> list[str]:
    me = signed_in(store)
    mine = me["officer"] if me else None
    return [one for one in scheme["officers"] if one != mine] if scheme else []


def _called(store: Store, number: str) -> str:
    return known["name"] if (known := store.mirror.officer(number)) else number


def _scheme(store: Store, scheme: InspectionScheme | None) -> list[tuple[str, str]]:
    if scheme is None:
        return []
    names = [
        f"{known['name']}（{number}）" if (known := store.mirror.officer(number)) else number
        for number in scheme["officers"]
    ]
    on = date.fromisoformat(scheme["inspect_on"])
    try:
        pack = store.packs.checklist(scheme["checklist"])
        unconfirmed = said(pack.status)
        checklist = f"{pack.name}（{unconfirmed}）" if unconfirmed else pack.name
    except Refusal as missing:
        checklist = f"{scheme['checklist']}：{missing.title}"
    told = [
        ("方案文号", str(scheme.get("number") or "")),
        ("检查日期", day_text(on)),
        ("检查人员", "、".join(names)),
        ("检查表", checklist),
        ("检查内容", "；".join(scheme.get("contents", ()))),  # type: ignore[arg-type]
        ("检查方式", str(scheme.get("method") or "")),
    ]
    return [(label, text) for label, text in told if text]


def _going_on(store: Store, entity_id: str, scheme_id: str) -> Inspection | None:
    if scheme_id:
        return store.inspections.of_scheme(scheme_id)
    going_on = (one for one in store.inspections.all() if one.ended_at is None)
    return next((one for one in going_on if one.entity_id == entity_id), None)
