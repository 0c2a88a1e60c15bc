"""Shapes of enforcement officers on the wire (执法人员)."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field

from lawbook.identifiers import certificate_number_fault
from services.kit.wire import Name, RegionCode, Wire


def _certificate_number(number: str) -> str:
    if fault := certificate_number_fault(number):
        raise ValueError(fault)
    return number


CertificateNumber = Annotated[str, AfterValidator(_certificate_number)]


class Certificate(Wire):
    """An enforcement certificate (执法证)."""

    number: CertificateNumber
    issuer: Name
    issued_on: date
    valid_until: date
    state: Literal["valid", "expired", "suspended", "cancelled"]


class OfficerRecord(Wire):
    """What the office sends of an officer (录入执法人员)."""

    name: Name
    unit: Annotated[str, Field(pattern=r"^[0-9A-Z]{4,12}$")]
    region: RegionCode
    office: Name
    work_types: list[Name] = Field(max_length=20)
    certificate: Certificate


class Officer(OfficerRecord):
    """An officer as the ledger knows them (执法人员)."""

    id: UUID
    account_active: bool
    trained_on: list[date] = Field(description="参加系统应用培训的日期")


class OfficerPage(Wire):
    """A page of officers."""

    items: list[Officer]
    next: str | None
