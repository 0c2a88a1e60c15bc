"""Who takes part (执法人员), from the mirror: names and certificates, without a signal."""

from collections.abc import Sequence
from datetime import date

from field_app.store import Store
from lawbook.inspection import CertificateNotValid, PresentOfficer, require_officers

WITHHELD = {"suspended": "暂扣", "cancelled": "注销"}


def taking_part(store: Store, numbers: Sequence[str], on: date) -> list[PresentOfficer]:
    """The officers of these certificates. Refuses too few, and a certificate not valid on the day."""
    present = []
    for number in numbers:
        known = store.mirror.officer(number)
        if known and (what := WITHHELD.get(known["certificate"]["state"])):
            raise CertificateNotValid(f"{known['name']}的执法证（{number}）已{what}")
        until = date.fromisoformat(known["certificate"]["valid_until"]) if known else None
        present.append(PresentOfficer(number, known["name"] if known else "", until))
    require_officers(present, on)
    return present


def name_of(store: Store, number: str) -> str:
    """An officer's name; the certificate number where the mirror has none."""
    known = store.mirror.officer(number)
    return known["name"] if known else number


def named(store: Store, numbers: Sequence[str]) -> list[dict[str, str]]:
    """Name and certificate number of each, as forms print them."""
    found = ((store.mirror.officer(number), number) for number in numbers)
    return [{"name": known["name"] if known else "", "number": number} for known, number in found]
