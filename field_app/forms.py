"""What a form's fields hold (文书要素): from the `source` that its template names to the value."""

from collections.abc import Mapping, Sequence
from typing import Any

from field_app.found import answered_items, answers_of
from field_app.moments import day, local, read
from field_app.officers import named
from field_app.refusals import EntityUnknown
from field_app.shelves.documents import Kept
from field_app.shelves.inspections import Inspection, Reinspection
from field_app.sources import handed_over, of_findings, of_present
from field_app.store import Store
from field_app.wire import Unit
from lawbook.inspection import Answer
from lawbook.preconditions import MEASURES, ORDER, RECORD
from lawbook.refusal import Refusal
from paper.template import DocumentTemplate, Field
from paper.values import empty

AS_RECORDED = frozenset(
    (
        "unit.name",
        "entity.name",
        "inspection.started_at",
        "inspection.ended_at",
        "inspection.officers",
        "inspection.findings",
        "reinspection.reinspected_at",
        "reinspection.officers",
        "reinspection.results",
        "document.issued_at",
        "inspection.evidence",
        "inspection.issued",
        "record.number",
        "corrected.name",
        "corrected.number",
        "corrected.issued_on",
    )
)
"""What a document says as it was recorded; nobody chooses it."""


class NotForChoosing(Refusal):
    """A field that says what was recorded cannot be filled in otherwise."""

    code = "as-recorded"
    title = "此项依检查记录生成，不能另行填写"
    law = "安全生产法 §68"
    next_step = "删除另行填写的内容"


def filled(
    template: DocumentTemplate, found: Mapping[str, object], chosen: Mapping[str, object]
) -> dict[str, Any]:
    """A form's data: what was chosen, else what was found; fields left empty are left out.

    What was chosen and has no place on the form stays in, so that composing refuses it by name.
    """
    data = dict(chosen)
    for field in template.fields:
        # Of what was recorded the officer chooses which: those are what was found for this document.
        if field.code not in chosen or field.select:
            data[field.code] = _as(field, found.get(field.source))
        elif field.source in AS_RECORDED and not field.written:
            raise NotForChoosing(f"“{field.label}”依检查记录生成，不能另行填写")
    return {code: value for code, value in data.items() if not empty(value)}


def _as(field: Field, value: Any) -> object:  # noqa: ANN401 - sources of every kind
    """A source's value as this version of the form takes it."""
    if empty(value):
        return None
    if field.kind == "instant":
        return local(value)
    if field.kind == "date":
        return value if len(value) == len("2026-03-05") else day(read(value)).isoformat()
    if field.kind == "items":
        codes = [column.code for column in field.columns]
        return [{code: one[code] for code in codes if not empty(one.get(code))} for one in value]
    return value


def of_inspection(store: Store, inspection: Inspection) -> dict[str, object]:
    """What the tablet knows of an inspection, by source."""
    checklist = store.packs.asked(inspection.checklists)
    officers = named(store, inspection.officers)
    record = store.documents.about(inspection.id, RECORD)
    orders = store.documents.of_kind(inspection.id, ORDER)
    plant = _of_plant(store, inspection.entity_id)
    return (
        plant
        | of_present(inspection.present, str(plant["entity.name"]))
        | of_findings(store, inspection)
        | {
            "inspection.place": inspection.place,
            "inspection.ground": inspection.ground,
            "inspection.checklist_name": checklist.name,
            "inspection.started_at": inspection.started_at,
            "inspection.ended_at": inspection.ended_at,
            "inspection.officers": officers,
            "inspection.officers.first": officers[0]["name"] if officers else None,
            "inspection.situation": _situation(store, inspection),
            "inspection.handling": _handling(store, orders),
            "inspection.issued": handed_over(store, inspection.id),
            "record.number": record.number if record and record.issued_at else None,
        }
    )


def of_reinspection(store: Store, again: Reinspection) -> dict[str, object]:
    """What the tablet knows of a finished re-inspection, by source."""
    inspection = store.inspections.one(again.inspection_id)
    hazards = store.mirror.hazards(inspection_id=again.inspection_id)
    entity_id = inspection.entity_id if inspection else hazards[0]["entity_id"] if hazards else ""
    # Only what was issued: an opinion that quotes a draft would wait at the office for ever.
    issued = [
        [one for one in store.documents.of_kind(again.inspection_id, kind) if one.issued_at]
        for kind in (ORDER, MEASURES)
    ]
    orders: list[Kept] = next((some for some in issued if some), [])
    order = orders[0] if orders else None
    return _of_plant(store, entity_id) | {
        "order.name": store.packs.template(order.template if order else ORDER).name,
        "order.number": "、".join(one.called for one in orders) or None,
        "order.issued_on": order.data["issued_on"] if order else None,
        "reinspection.reinspected_at": again.reinspected_at,
        "reinspection.officers": named(store, again.officers),
        "reinspection.results": list(again.results.values()),
    }


def of_document(store: Store, old: Kept) -> dict[str, object]:
    """What the tablet knows for the correction of an issued document, by source."""
    inspection = store.inspections.one(old.inspection_id)
    again = store.inspections.again(old.about)
    known = (
        of_inspection(store, inspection)
        if inspection
        else of_reinspection(store, again)
        if again
        else {}
    )
    return known | {
        "inspection.officers": old.data["officers"],
        "corrected.name": store.packs.template(old.template).name,
        "corrected.number": old.number,
        "corrected.issued_on": old.issued_at,
    }


def _of_plant(store: Store, entity_id: str) -> dict[str, object]:
    """The plant, and the unit in whose name the officer acts."""
    entity = store.mirror.entity(entity_id)
    if entity is None:
        raise EntityUnknown
    values = entity["values"]
    me = store.setting("me") or {}
    unit = store.mirror.unit(me.get("unit", ""))
    place = _place(store, unit)
    return {
        "unit.name": me.get("unit_name"),
        # The government of the same level (行政复议法 §24); the court of the county
        # (行政诉讼法 §18): which one is a city bureau's is left to be chosen.
        "unit.review_organ": f"{place}人民政府" if place else None,
        "unit.court": f"{place}人民法院" if place and unit and unit["level"] == "county" else None,
        "entity.name": entity["name"],
        "entity.credit_code": entity["credit_code"],
        "entity.address": values.get("prod_addr") or values.get("reg_addr"),
        "entity.legal_rep": values.get("legal_rep"),
        "entity.phone": values.get("contact_phone"),
    }


def _place(store: Store, unit: Unit | None) -> str | None:
    """The county or city whose bureau this is; None where the name does not tell, as for a zone."""
    name = unit["name"] if unit and unit["region"].isdigit() else ""
    place = name.removesuffix("应急管理局")
    if not unit or place == name:
        return None
    # A district is named with its city: 运城市盐湖区.
    above = store.mirror.unit(unit["region"][:4]) if place.endswith("区") else None
    return (above["name"].removesuffix("应急管理局") if above else "") + place


def _situation(store: Store, inspection: Inspection) -> str:
    """What was looked at, in words, for the officer to write on (检查情况)."""
    answers = answered_items(store, inspection)
    said = answers_of(store, inspection)
    lists = [store.packs.checklist(ref) for ref in inspection.checklists if store.packs.has(ref)]
    names = "".join(f"《{one.name}》" for one in lists)
    count = {one: sum(it.answer is one for it in answers.values()) for one in Answer}
    lines = [f"检查缘由：{inspection.occasion}。"] if inspection.occasion else []
    lines.append(
        f"按照{names}检查{len(answers)}项，其中符合{count[Answer.MET]}项、"
        f"不符合{count[Answer.NOT_MET]}项、不涉及{count[Answer.NOT_APPLICABLE]}项。"
    )
    beyond = [one for one in said if one.item not in answers and not one.about]
    if beyond:
        lines.append(f"另发现检查表未列的问题{len(beyond)}项。")
    for item in store.packs.asked(inspection.checklists).items:
        if (told := answers.get(item.code)) and told.remark:
            lines.append(f"{item.text}：{told.remark.rstrip('。')}。")
    for one in said:
        if one.item not in answers and one.remark:
            lines.append(f"{one.description.rstrip('。')}：{one.remark.rstrip('。')}。")
    return "\n".join(lines)


def _handling(store: Store, orders: Sequence[Kept]) -> str | None:
    """Names the correction orders, once they have their numbers (处理情况)."""
    if not orders:
        return None
    name = store.packs.template(orders[-1].template).name
    numbers = "、".join(one.called for one in orders)
    return f"现场下达《{name}》（{numbers}），责令限期整改。"
