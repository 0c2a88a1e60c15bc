"""Which findings a document on this tablet covers (文书所针对的问题): offered, chosen, covered already."""

from collections.abc import Mapping, Sequence
from typing import Any

from field_app.found import found_at
from field_app.moments import day, now, read
from field_app.shelves.inspections import Inspection
from field_app.sources import FINDINGS, in_words
from field_app.store import Store
from lawbook.covering import PENALTY, FindingUnknown, Suggestion, covering, suggest
from lawbook.on_the_spot import punished
from paper.template import DocumentTemplate

ALL = "inspection.findings.all"
"""Among what is known of a matter: every finding, before the officer has chosen."""
SUGGESTED = "inspection.findings.suggested"
"""And what the law suggests of each."""


def covered(store: Store, inspection_id: str, kind: str, party: object = None) -> dict[str, str]:
    """Finding → the issued document of this kind that covers it; a corrected one covers nothing.

    `party`: of a penalty, who is punished: the unit and a person may both be.
    """
    found = found_at(store, inspection_id)
    told: dict[str, str] = {}
    for one in store.documents.of_inspection(inspection_id):
        if one.kind != kind or not one.issued_at or store.documents.corrected(one.id):
            continue
        # What the office refused, and what left its place to another, covers nothing.
        if store.documents.given_back(one.id):
            continue
        if kind == PENALTY and one.data.get("party") != party:
            continue
        name = one.number or store.packs.template(one.template).name
        told |= dict.fromkeys(covering(one.data, found), name)
    return told


def left_over(store: Store, inspection_id: str, kind: str) -> list[str]:
    """What was found and no issued document of this kind covers."""
    held = covered(store, inspection_id, kind)
    found = found_at(store, inspection_id)
    return [one["id"] for one in found if one["id"] not in held]


def narrowed(
    store: Store,
    template: DocumentTemplate,
    inspection: Inspection,
    found: Mapping[str, Any],
    said: Mapping[str, Any],
) -> dict[str, object]:
    """The findings that the officer chose, else those that the law suggests; and what they come to.

    Refuses FindingUnknown.
    """
    field = template.selects
    if field is None:
        return {}
    every: Sequence[Mapping[str, Any]] = found[FINDINGS]
    party = said.get("party", found.get("entity.name"))
    offered = suggest(
        template.code, every, day(read(inspection.started_at)),
        covered(store, inspection.id, template.code, party),
        _punished(store, every) if template.code == PENALTY else None,
    )  # fmt: skip
    wanted = said.get(field.code)
    if wanted is None:
        wanted = [one.finding for one in offered if one.covers]
    if strangers := set(wanted) - {one["finding"] for one in every}:
        raise FindingUnknown(f"{len(strangers)} 项不是本次检查发现的问题")
    chosen = [one for one in every if one["finding"] in wanted]
    return in_words(inspection, chosen) | {ALL: every, SUGGESTED: offered}


def _punished(store: Store, every: Sequence[Mapping[str, Any]]) -> dict[str, tuple[bool, str, str]]:
    """Finding → how its article punishes it on the spot, for those that the catalogue knows."""
    scales = store.packs.scales()
    if scales is None:
        return {}
    told = {
        one["finding"]: punished(scales.catalogue, one["penalty_basis"], day(now()))
        for one in every
        if one["penalty_basis"]
    }
    return {id_: how for id_, how in told.items() if how is not None}


def offered(found: Mapping[str, Any]) -> list[tuple[Mapping[str, Any], Suggestion]]:
    """Every finding of a matter with what the law suggests of it."""
    return list(zip(found.get(ALL, ()), found.get(SUGGESTED, ()), strict=True))
