"""What the office judges cases by: the calendars and the norms of the content folder."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lawbook.content import load
from lawbook.days import Calendar
from lawbook.penalty.deadlines import enter_targets
from lawbook.penalty.kind import World
from lawbook.penalty.norms import Norms
from lawbook.penalty.weighing import Scales
from paper.template import Numbering
from services.case_svc.weighings.law import benchmarks, catalogue

CALENDARS = "calendars/*.toml"
LIMITS = "limits/*.toml"
SIGNATURES = "archive/signatures.toml"
NORMS = "procedures/penalty.toml"


@dataclass(frozen=True, slots=True)
class Law:
    """The law (法) as the office has it: what guards ask, the numbering, a mark of the calendars."""

    world: World
    numbering: Numbering
    calendar: str
    signatures: bool = False
    """Whether a file is sealed only with the signed copies that the law wants (签名件)."""


@lru_cache(maxsize=4)
def law(folder: Path) -> Law:
    """The law in a content folder, read once."""
    paths = sorted(folder.glob(CALENDARS))
    mark = hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()
    norms = load(folder / NORMS)
    enter_targets(*(load(path) for path in sorted(folder.glob(LIMITS))))
    numbering = norms["numbering"]
    return Law(
        World(
            Calendar.from_content(*(load(path) for path in paths)), Norms.from_content(norms),
            Scales(catalogue(folder), benchmarks(folder)),
        ),
        Numbering(numbering["abbreviation"], numbering["pattern"], numbering["status"]),
        mark,
        bool(load(folder / SIGNATURES)["asked"]),
    )  # fmt: skip
