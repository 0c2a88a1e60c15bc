"""Acts of a case (办案行为): who did what at which moment, chained by hash from the first to the last."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from typing import Any, Self

from lawbook.journal import spelled

BEIJING = timezone(timedelta(hours=8))
START = "0" * 64
"""What stands before the first act of a chain."""


class Power(StrEnum):
    """In which capacity an act is done (办案职权); `content/roles.toml` says who has it."""

    HANDLE = "case.handle"
    ENDORSE = "case.endorse"
    APPROVE = "case.approve"
    REVIEW = "case.review"
    HEAR = "case.hear"
    ARCHIVE = "case.archive"


POWERS: Mapping[Power, str] = {
    Power.HANDLE: "承办",
    Power.ENDORSE: "审核",
    Power.APPROVE: "审批",
    Power.REVIEW: "法制审核",
    Power.HEAR: "主持听证",
    Power.ARCHIVE: "归档",
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the bureau as they stood on that day: certificate, unit, capacities."""

    number: str
    name: str
    unit: str = ""
    certificate_valid_until: date | None = None
    powers: frozenset[str] = frozenset()

    def plain(self) -> dict[str, Any]:
        """As JSON."""
        until = self.certificate_valid_until
        return {
            "number": self.number, "name": self.name, "unit": self.unit,
            "certificate_valid_until": until.isoformat() if until else None,
            "powers": sorted(self.powers),
        }  # fmt: skip

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Self:
        """From JSON."""
        until = plain.get("certificate_valid_until")
        return cls(
            plain["number"], plain["name"], plain.get("unit", ""),
            date.fromisoformat(until) if until else None, frozenset(plain.get("powers", ())),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Act:
    """One act (办案行为), never changed.

    at: when it was done. by: who did it. officers: the handlers who took part. said: what its kind
    says (`acts/`). rules: the versions of procedure and norms by which it was judged. late: why it was
    entered afterwards (补录的理由); "" where it was not, or nobody asked.
    """

    id: str
    kind: str
    at: datetime
    by: Person
    officers: tuple[Person, ...] = ()
    said: Mapping[str, Any] = field(default_factory=dict)
    rules: str = ""
    late: str = ""

    @property
    def on(self) -> date:
        """Its day in Beijing."""
        return self.at.astimezone(BEIJING).date()

    def day(self, name: str | None = None) -> date:
        """A day that it tells of, or its own."""
        told = self.said.get(name) if name else None
        return date.fromisoformat(told) if told else self.on

    def plain(self) -> dict[str, Any]:
        """As JSON, and as the chain hashes it."""
        return {
            "id": self.id, "kind": self.kind,
            "at": self.at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
            "by": self.by.plain(), "officers": [one.plain() for one in self.officers],
            "said": dict(self.said), "rules": self.rules,
            # Left out where there is none: the chains of acts before it are what they were.
            **({"late": self.late} if self.late else {}),
        }  # fmt: skip

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Self:
        """From JSON."""
        return cls(
            str(plain["id"]), plain["kind"], datetime.fromisoformat(plain["at"]),
            Person.of(plain["by"]), tuple(Person.of(one) for one in plain["officers"]),
            plain["said"], plain.get("rules", ""), plain.get("late", ""),
        )  # fmt: skip


def link_of(case: str, prev: str, act: Act) -> str:
    """The link of an act: SHA-256 of the case's id, the link before it, and all that it says."""
    return hashlib.sha256(spelled({"case": case, "prev": prev, **act.plain()})).hexdigest()


def chain(case: str, acts: Iterable[Act]) -> list[str]:
    """The link of every act, in their order."""
    made: list[str] = []
    for act in acts:
        made.append(link_of(case, made[-1] if made else START, act))
    return made
