"""What the tablet has found that forms ask for (文书要素的来源): findings, people, photos, papers."""

from collections.abc import Mapping
from typing import Any

from field_app.moments import day, local, read
from field_app.shelves.inspections import Answered, Inspection, findings
from field_app.store import Store
from field_app.wire import FindingBody, Present
from lawbook.citation import written_out
from paper.values import written_date

NOT_SERVED = frozenset(("service-receipt",))
"""Issued, and not among what a receipt of service lists."""
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


def of_findings(
    store: Store, inspection: Inspection, answers: dict[str, Answered]
) -> dict[str, object]:
    """Findings and photos, by source; and the findings as a sentence for the officer to write on."""
    found = [problem(one) for one in findings(answers)]
    bases = list(dict.fromkeys(str(one["basis"]) for one in found if one["basis"]))
    on = written_date(day(read(inspection.started_at)))
    told = "；".join(str(one["description"]).rstrip("。；") for one in found)
    return {
        "inspection.findings": found,
        "inspection.facts": f"{on}现场检查发现：{told}。" if found else None,
        "inspection.violated": "、".join(bases) or None,
        "inspection.evidence": [
            {
                "caption": photo.caption or "现场情况",
                "captured_at": local(photo.captured_at),
                "mark": photo.sha256[:MARK],
            }
            for photo in store.inspections.photos(inspection.id)
        ],
    }


def problem(found: FindingBody) -> Mapping[str, Any]:
    """A finding as forms print it: its article written out, whether it is major only where it is."""
    return {
        **found,
        "basis": written_out(found["basis"]),
        "major": True if found["major"] else None,
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
