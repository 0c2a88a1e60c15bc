"""What the tablet has found that forms ask for (文书要素的来源): findings, people, photos, papers."""

from collections.abc import Mapping, Sequence
from typing import Any

from field_app.found import found_in, item_of
from field_app.moments import day, local, read
from field_app.shelves.inspections import Inspection
from field_app.store import Store
from field_app.wire import FindingBody, Present
from lawbook.checklist import CheckItem
from lawbook.citation import written_out
from paper.values import written_date

NOT_SERVED = frozenset(("service-receipt",))
"""Issued, and not among what a receipt of service lists."""
FINDINGS = "inspection.findings"
"""The source of what was found."""
MARK = 16
"""Characters of a photo's SHA-256 that a list shows."""


def of_present(present: Present, plant: str) -> dict[str, object]:
    """The plant's person on the spot, by source."""
    duty = present["duty"] or ""
    return {
        "inspection.present.name": present["name"],
        "inspection.present.duty": duty,
        "inspection.present.phone": present["phone"],
        "inspection.present.unit_duty": f"{plant}　{duty}".strip("　"),
        "inspection.present.whole": f"{present['name']}（{plant}{duty}）",
    }


def of_findings(store: Store, inspection: Inspection) -> dict[str, object]:
    """Findings and photos, by source; and the findings as a sentence for the officer to write on."""
    found = [
        problem(one, item_of(store, inspection, one["check_item"]) if one["check_item"] else None)
        for one in found_in(store, inspection)
    ]
    return in_words(inspection, found) | {
        "inspection.evidence": [
            {
                "caption": photo.caption or "现场情况",
                "captured_at": local(photo.captured_at),
                "mark": photo.sha256[:MARK],
            }
            for photo in store.inspections.photos(inspection.id)
        ],
    }


def in_words(inspection: Inspection, found: Sequence[Mapping[str, Any]]) -> dict[str, object]:
    """Findings, and what they come to in sentences for the officer to write on, by source."""
    on = written_date(day(read(inspection.started_at)))
    told = "；".join(str(one["description"]).rstrip("。；") for one in found)
    return {
        FINDINGS: list(found),
        "inspection.facts": f"{on}现场检查发现：{told}。" if found else None,
        "inspection.violated": _joined(found, "basis"),
        "inspection.penalty_basis": _joined(found, "penalty_basis"),
    }


def _joined(found: Sequence[Mapping[str, Any]], column: str) -> str | None:
    return "、".join(dict.fromkeys(str(one[column]) for one in found if one[column])) or None


def problem(found: FindingBody, item: CheckItem | None) -> Mapping[str, Any]:
    """A finding as forms print it: articles written out, whether it is major only where it is, and
    then by which criterion (判定依据). `item`: that says it, if any does."""
    penalty = found.get("penalty_basis") or (item.penalty_basis if item else None)
    criterion = found.get("criterion")
    return {
        **found,
        "finding": found["id"],
        "basis": written_out(found["basis"]),
        "penalty_basis": written_out(penalty) if penalty else None,
        "major": True if found["major"] else None,
        "criterion": written_out(criterion) if criterion else None,
    }


def handed_over(store: Store, inspection_id: str) -> list[dict[str, object]]:
    """The issued documents of an inspection of which the party has a copy (送达的文书)."""
    made: list[dict[str, object]] = []
    for kept in store.documents.of_inspection(inspection_id):
        form = store.packs.template(kept.template)
        if kept.issued_at and kept.kind not in NOT_SERVED and form.copies > 1:
            on = day(read(kept.issued_at)).isoformat()
            made.append({"name": form.name, "number": kept.number, "issued_on": on})
    return made
