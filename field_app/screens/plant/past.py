"""What has been before at a plant (历史): inspections, hazards that are open, penalties."""

from dataclasses import dataclass
from datetime import date

from field_app.moments import day, read
from field_app.screens.days import day_text
from field_app.store import Store
from field_app.wire import PastCase
from lawbook.inspection import Outcome
from lawbook.money import in_figures
from lawbook.penalty_kinds import KINDS, PenaltyKind

SHOWN = 6
CALLED_OFF = "called_off"
"""In the place of an outcome: the visit was not carried out."""


@dataclass(frozen=True, slots=True)
class Past:
    """A line of history: what, when or by when, and how grave it is."""

    text: str
    aside: str
    tone: str = "plain"


def visits(store: Store, entity_id: str, today: date) -> list[Past]:
    """The last inspections: those that the office has and those of this tablet, each once."""
    known = {
        one["id"]: (one["started_at"], one["outcome"], one["found"], "")
        for one in store.mirror.inspections(entity_id)
    }
    for mine in store.inspections.all():
        if mine.entity_id == entity_id and mine.ended_at and mine.id not in known:
            answers = store.inspections.answers(mine.id).values()
            count = sum(one.finding_id is not None for one in answers)
            known[mine.id] = (
                mine.started_at,
                CALLED_OFF if mine.called_off else mine.outcome or "",
                count,
                "，本机记录",
            )
    told = sorted(known.values(), reverse=True)[:SHOWN]
    return [_visit(*one, today) for one in told]


def _visit(at: str, outcome: str, found: int, whose: str, today: date) -> Past:
    on = day(read(at))
    year = "" if on.year == today.year else f"{on.year}年"
    text = f"{year}{day_text(on)}　现场检查"
    if outcome == CALLED_OFF:
        return Past(text, f"未能检查{whose}", "warn")
    if outcome == Outcome.PROBLEM_FOUND:
        return Past(text, f"发现 {found} 项问题{whose}", "warn")
    return Past(text, f"未发现问题{whose}")


def penalties(store: Store, entity_id: str, today: date) -> list[Past]:
    """The last penalties: for what, how much, and what of it is not paid."""
    return [_penalty(one, today) for one in store.mirror.cases(entity_id)[:SHOWN]]


def _penalty(case: PastCase, today: date) -> Past:
    on = date.fromisoformat(case["decided_on"])
    year = "" if on.year == today.year else f"{on.year}年"
    kinds = "、".join(
        KINDS[PenaltyKind(one)][0] if one in KINDS else one for one in case["penalties"]
    )
    what = kinds + (f" {in_figures(case['fine'])} 元" if case["fine"] else "")
    owed = f"，未缴 {in_figures(case['outstanding'])} 元" if case["outstanding"] else ""
    return Past(
        f"{year}{day_text(on)}　{case['cause']}", f"{what}{owed}", "bad" if owed else "plain"
    )


def hazards(store: Store, entity_id: str, today: date) -> list[Past]:
    """Open hazards, those due soonest first, each with the days that are left."""
    known = store.mirror.hazards(entity_id=entity_id, state="open")
    known.sort(key=lambda one: (one["correct_by"], one["id"]))
    return [_hazard(one["description"], date.fromisoformat(one["correct_by"]), today)
            for one in known]  # fmt: skip


def _hazard(text: str, by: date, today: date) -> Past:
    left = (by - today).days
    if left < 0:
        return Past(text, f"{day_text(by)}到期，已逾期 {-left} 天", "bad")
    aside = f"{day_text(by)}到期，{'今天是最后一天' if not left else '还有 ' + str(left) + ' 天'}"
    return Past(text, aside, "warn" if left <= 3 else "plain")
