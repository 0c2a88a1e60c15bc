"""Kinds of acts (办案行为种类): title, capacity, article, shape, guards, effect on the clocks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lawbook.choice_of_law import FineBefore
from lawbook.days import Calendar
from lawbook.penalty.act import Act, Power
from lawbook.penalty.case import Case
from lawbook.penalty.norms import Norms
from lawbook.penalty.procedure import When
from lawbook.penalty.shape import Field
from lawbook.penalty.weighing import Scales
from lawbook.refusal import Refusal

if TYPE_CHECKING:
    from lawbook.paper_matching import Issued


@dataclass(frozen=True, slots=True)
class World:
    """What guards ask besides the case: the calendar as announced, the norms of the day, what
    violations are weighed by (None: they are not weighed), and the documents issued in the case, void
    ones apart (None: nobody asks for paper); which units now carry on for the bureau that filed it
    (承接单位; lawbook.succession); the fines in force that other cases gave the same party (一事不二罚); held: the
    limits under which something sealed or registered at the visit is still held, not taken over by a case."""

    calendar: Calendar
    norms: Norms
    scales: Scales | None = None
    papers: Sequence["Issued"] | None = None
    successors: frozenset[str] = frozenset()
    fined: tuple[FineBefore, ...] = ()
    held: frozenset[str] = frozenset()
    inspectors: Mapping[str, str] = field(default_factory=dict)
    """Certificate number → name of who inspected at the visit behind the case: investigators too (本案调查人员)."""


Guard = Callable[[Case, Act, World], Refusal | None]
"""Why the law refuses an act, or None."""
Effect = Callable[[Case, Act], bool]
"""Whether an effect takes place."""


@dataclass(frozen=True, slots=True)
class Opens:
    """A limit that an act opens: from its day, or from the day that a field tells."""

    limit: str
    since: str | None = None
    when: Effect | None = None


@dataclass(frozen=True, slots=True)
class Closes:
    """A limit that an act closes: the one that `of` names by its opener, else every open one.

    same: only those whose opener said the same in this field. meant: only those whose opener this act is
    about.
    """

    limit: str
    of: str | None = None
    when: Effect | None = None
    same: str | None = None
    meant: Callable[[Case, Act, Act], bool] | None = None


@dataclass(frozen=True, slots=True)
class Reopens:
    """A limit that an act opens again, where an act of this kind had closed it."""

    limit: str
    closer: str


@dataclass(frozen=True, slots=True)
class ActKind:
    """One kind of act.

    standing: guards that ask only the case, the day and who acts: they tell which acts are lawful
    now. content: guards that also ask what the act says. together: two certified handlers take
    part, but where `alone` holds. pauses, resumes, extends, reopens: limits, by name.
    """

    code: str
    title: str
    power: Power
    law: str
    shape: tuple[Field, ...] = ()
    together: bool = False
    alone: When | None = None
    standing: tuple[Guard, ...] = ()
    content: tuple[Guard, ...] = ()
    opens: tuple[Opens, ...] = ()
    closes: tuple[Closes, ...] = ()
    pauses: tuple[str, ...] = ()
    resumes: tuple[str, ...] = ()
    extends: tuple[str, ...] = ()
    reopens: tuple["Reopens", ...] = ()
    past: tuple[str, ...] = ()
    """Fields whose day cannot lie ahead."""
    verified: bool = True
    """Whether its article was checked; else 待确认."""


REGISTRY: dict[str, ActKind] = {}
"""Every kind, by code; filled by `lawbook.penalty.acts`."""


def kind_of(code: str) -> ActKind:
    """The kind of this code. KeyError."""
    return REGISTRY[code]


def told(said: Mapping[str, Any], name: str) -> int:
    """A sum or number that an act tells; nought when it does not."""
    value = said.get(name)
    return value if isinstance(value, int) else 0
