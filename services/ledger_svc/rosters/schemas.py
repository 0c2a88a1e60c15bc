"""Shapes of rosters on the wire (应录名单)."""

from uuid import UUID

from pydantic import Field

from services.kit.wire import Name, Wire
from services.ledger_svc.officers.schemas import CertificateNumber


class RosterPerson(Wire):
    """Somebody who holds a certificate and does one of the eight kinds of work (应录人员)."""

    certificate_number: CertificateNumber
    name: Name
    work_type: Name


class Roster(Wire):
    """The people whom a unit is to enter in a year (应录名单): the denominator of indicators 2 and 3."""

    people: list[RosterPerson] = Field(max_length=5000)


class RosterPersonState(RosterPerson):
    """One of them, as the feed tells."""

    id: UUID
    unit: str
    year: int
    region: str
