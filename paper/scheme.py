"""What 现场检查方案 says, from a scheme as the wire tells it: the same words in office and field."""

from collections.abc import Mapping, Sequence
from typing import Any

from lawbook.inspection import GROUNDS, GroundKind
from paper.template import DocumentTemplate

KIND = "inspection-scheme"
PLANNED, OTHER = "plan", "other"
AS_SAID = {GROUNDS[GroundKind.COMPLAINT]: "complaint", GROUNDS[GroundKind.SPECIAL]: "special"}
"""How a tablet says a ground (检查缘由) → the box of the form that means it."""


def content_of(
    form: DocumentTemplate,
    scheme: Mapping[str, Any],
    *,
    organ: str,
    entity_name: str,
    values: Mapping[str, str],
    officers: Sequence[Mapping[str, str]],
) -> dict[str, Any]:
    """What the form says: each field of the template from scheme, plant and unit.

    `scheme`: members as on the wire, days as YYYY-MM-DD; opinions may be missing, while nobody has
    given them. `officers`: name and number of each.
    """
    ground, remark = _ground(form, scheme.get("ground"))
    told = {
        "organ": organ,
        "entity_name": entity_name,
        "address": values.get("prod_addr") or values.get("reg_addr") or "",
        "contact": values.get("principal") or values.get("legal_rep") or "",
        "phone": values.get("principal_mobile") or values.get("contact_phone") or "",
        "trade": values.get("reg_category", ""),
        "inspect_on": scheme["inspect_on"],
        "ground": ground,
        "officers": [{"name": one["name"], "number": one["number"]} for one in officers],
        "contents": list(scheme["contents"]),
        "method": scheme["method"],
        "remark": remark,
    }
    return told | {
        "review_opinion": scheme.get("review_opinion"),
        "reviewed_by": scheme.get("reviewed_by_name"),
        "reviewed_on": scheme.get("reviewed_on"),
        "approval_opinion": scheme.get("approval_opinion"),
        "approved_by": scheme.get("approved_by_name"),
        "approved_on": scheme.get("approved_on"),
    }


def _ground(form: DocumentTemplate, ground: str | None) -> tuple[str, str | None]:
    """Which box of 检查类别 is ticked, and what the remark adds when none of them says it."""
    if ground is None:
        return PLANNED, None
    for value, printed in form.field("ground").options.items():
        if ground in (value, printed):
            return value, None
    said = next((one for one in AS_SAID if ground.startswith(one)), "")
    return AS_SAID.get(said, OTHER), None if ground == said else f"检查事由：{ground}"
