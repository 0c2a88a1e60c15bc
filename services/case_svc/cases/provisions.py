"""By which provision a finding is punished (处罚依据): the check item says, the catalogue names the offence."""

from datetime import date
from pathlib import Path

from lawbook import on_the_spot
from services.case_svc.packs.content import ChecklistUnknown, checklist
from services.case_svc.weighings.law import catalogue

TO_BE_SETTLED = "待核定"
"""Stands where nothing says it yet: the handlers settle it in the investigation."""


def penalty_basis(folder: Path, checklist_ref: str, item: str) -> str:
    """The provision that a check item names, or that it is to be settled."""
    try:
        return checklist(folder, checklist_ref).item(item).penalty_basis or TO_BE_SETTLED
    except (ChecklistUnknown, KeyError):
        return TO_BE_SETTLED


def offence_of(folder: Path, basis: str, on: date) -> str | None:
    """The catalogue's code for a provision in force on a day; None where none or several fit."""
    return on_the_spot.offence_of(catalogue(folder), basis, on)
