"""What a region or the bureau sets for penalty cases (处罚程序参数): data, mostly 待确认.

What the statutes themselves fix is code: `lawbook.penalty_kinds`, `lawbook.instalments`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from lawbook.content import need
from lawbook.penalty_kinds import Imposed, Larger, Reason, deliberation_due, hearing_due


@dataclass(frozen=True, slots=True)
class Lengthening:
    """A provision that lets a case take longer than the law's ninety days (延长办案期限的条款).

    most_days: counted from filing, all told. superior_from: what goes beyond so many days is approved
    by the superior organ. valid_until: its last day in force; None while nobody has repealed it.
    """

    law: str
    most_days: int
    superior_from: int
    verified: bool
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Norms:
    """Thresholds in fen, by kind of party, from which the law's "larger" begins (较大数额).

    taken_from: None where no region has said from what a confiscation is larger.
    """

    ref: str
    hearing_from: Larger
    deliberation_from: Larger
    taken_from: Larger | None = None
    extensions: tuple[Lengthening, ...] = ()

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Self:
        """From `content/procedures/penalty.toml`."""
        body = dict(content)
        where = "procedures/penalty"
        hearing = need(body, "hearing", where)
        return cls(
            f"{need(body, 'code', where)}@{need(body, 'version', where)}",
            hearing["fine_from"],
            need(body, "deliberation", where)["fine_from"],
            hearing.get("taken_from"),
            tuple(
                Lengthening(
                    need(one, "law", where),
                    need(one, "most_days", where),
                    need(one, "superior_from", where),
                    one.get("status") != "待确认",
                    one.get("valid_until"),
                )
                for one in body.get("extensions", ())
            ),
        )

    def lengthening(self, law: str, on: date) -> Lengthening | None:
        """The provision of this name, however it is spaced; None for one that nobody entered, or that is
        repealed on that day."""
        named = "".join(law.split())
        fit = (one for one in self.lengthenings(on) if "".join(one.law.split()) == named)
        return next(fit, None)

    def lengthenings(self, on: date) -> tuple[Lengthening, ...]:
        """Every provision in force on a day by which a case may take longer."""
        return tuple(
            one for one in self.extensions if one.valid_until is None or on <= one.valid_until
        )

    def hearing(self, party: str, imposed: Imposed) -> list[Reason]:
        """Why the party may demand a hearing (行政处罚法 §63); empty when it may not."""
        return hearing_due(imposed, party, self.hearing_from, self.taken_from)

    def deliberation(self, party: str, imposed: Imposed, *, complex_case: bool) -> list[Reason]:
        """Why those who lead the organ decide together (行政处罚法 §57(2)); empty when they need not."""
        return deliberation_due(imposed, party, self.deliberation_from, complex_case=complex_case)
