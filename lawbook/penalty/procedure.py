"""Procedures (程序) as tables: which act leads from which stage to which, by which article.

A case pins one by version. When the law changes a second table is added, and running cases keep theirs.
"""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from lawbook.penalty.act import Act
from lawbook.penalty.matters import MEASURES
from lawbook.penalty.stages import FINAL, Stage
from lawbook.refusal import SYSTEM_RULE, Refusal

if TYPE_CHECKING:
    from lawbook.penalty.case import Case


class ProcedureUnknown(Refusal):
    """A procedure that the lawbook does not have in this version, or not on that day."""

    code = "procedure-unknown"
    title = "没有这个版本的办案程序"
    law = SYSTEM_RULE
    next_step = "核对程序及版本"


@dataclass(frozen=True, slots=True)
class When:
    """A condition on which of several ways an act leads: in words, and as a question."""

    told: str
    holds: "Callable[[Case, Act], bool]"


@dataclass(frozen=True, slots=True)
class Step:
    """One way on: from a stage, by an act, to a stage."""

    stage: Stage
    act: str
    to: Stage
    law: str
    when: When | None = None


@dataclass(frozen=True)
class Procedure:
    """A procedure (程序): its steps, and what may be done on the way without leaving a stage."""

    code: str
    version: str
    title: str
    valid_from: date
    valid_to: date | None
    steps: tuple[Step, ...]
    beside: Mapping[str, frozenset[Stage]]
    matters: frozenset[str] = frozenset(MEASURES)
    """What is put to the head beforehand, or decided by him at the handlers' request (`matters.py`)."""

    @property
    def ref(self) -> str:
        """code@version, as a case pins it."""
        return f"{self.code}@{self.version}"

    def to(self, case: "Case", act: Act) -> Stage | None:
        """The stage to which an act leads; the same one for what is done on the way; else None."""
        for step in self._from.get((case.stage, act.kind), ()):
            if step.when is None or step.when.holds(case, act):
                return step.to
        return case.stage if case.stage in self.beside.get(act.kind, ()) else None

    def may(self, stage: Stage, kind: str) -> bool:
        """Whether the table knows this act at this stage, whatever its conditions."""
        return (stage, kind) in self._from or stage in self.beside.get(kind, ())

    @cached_property
    def _from(self) -> Mapping[tuple[Stage, str], Sequence[Step]]:
        """The steps by where they begin and by what act: a page of a case asks some thousand times."""
        found: dict[tuple[Stage, str], list[Step]] = {}
        for step in self.steps:
            found.setdefault((step.stage, step.act), []).append(step)
        return found

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Every kind of act that the table knows."""
        return frozenset(step.act for step in self.steps) | self.beside.keys()

    @property
    def stages(self) -> frozenset[Stage]:
        """Every stage that the table knows."""
        return frozenset(stage for step in self.steps for stage in (step.stage, step.to))

    def way(self, stage: Stage, kind: str) -> tuple[str, ...] | None:
        """The shortest run of acts from a stage to one at which `kind` is known; None for no way."""
        if (stage, kind) not in self._ways:
            self._ways[stage, kind] = self._way(stage, kind)
        return self._ways[stage, kind]

    @cached_property
    def _ways(self) -> dict[tuple[Stage, str], tuple[str, ...] | None]:
        return {}

    def _way(self, stage: Stage, kind: str) -> tuple[str, ...] | None:
        seen, waiting = {stage}, deque([(stage, tuple[str, ...]())])
        while waiting:
            here, gone = waiting.popleft()
            if self.may(here, kind):
                return gone
            for step in self.steps:
                if step.stage is here and step.to not in seen and step.to not in FINAL:
                    seen.add(step.to)
                    waiting.append((step.to, (*gone, step.act)))
        return None
