"""By which provision a finding is punished (处罚依据): the check item says, the catalogue names the offence."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from services.case_svc.packs.content import ChecklistUnknown, checklist, packs

TO_BE_SETTLED = "待核定"
"""Stands where nothing says it yet: the handlers settle it in the investigation."""


def penalty_basis(folder: Path, checklist_ref: str, item: str) -> str:
    """The provision that a check item names, or that it is to be settled."""
    try:
        return checklist(folder, checklist_ref).item(item).penalty_basis or TO_BE_SETTLED
    except (ChecklistUnknown, KeyError):
        return TO_BE_SETTLED


def offence_of(folder: Path, basis: str, on: date) -> str | None:
    """The catalogue's code for a provision in force on a day: of the very item, else of its article."""
    article = basis.partition("(")[0]
    known = list(_offences(folder, on))
    for wanted in dict.fromkeys((basis, article)):
        for one in known:
            if one["basis"] == wanted:
                return str(one["code"])
    return None


def _offences(folder: Path, on: date) -> Iterator[dict[str, Any]]:
    for (kind, _, _), file in packs(folder).items():
        body = file.pack.body
        since, until = body.get("valid_from") or on, body.get("valid_to") or on
        if kind == "offences" and since <= on <= until:
            yield from body["offence"]
