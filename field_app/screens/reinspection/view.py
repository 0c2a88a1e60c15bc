"""What a re-inspection shows: each hazard that was found, and whether it has been corrected."""

from dataclasses import dataclass
from datetime import date

from field_app.actions.correct_letter import AGAIN
from field_app.actions.photograph_hazard import photographed
from field_app.actions.reinspect import open_hazards
from field_app.screens.choice import Choice
from field_app.screens.days import day_text, from_today
from field_app.screens.plant.view import colleagues
from field_app.session import signed_in
from field_app.shelves.outbox import Letter
from field_app.store import Store


@dataclass(frozen=True, slots=True)
class HazardLine:
    """One hazard: what was found, by when, what is said of it now."""

    hazard_id: str
    description: str
    due: str
    overdue: bool
    outcome: str
    remark: str
    photos: str = ""
    """What has been photographed of it since it is looked at again, in words."""
    waits: bool = False
    """Whether its day has not ended: it may be left for another day."""


@dataclass(frozen=True, slots=True)
class Reinspection:
    """A re-inspection (整改复查) before, during and after. `open_id`: the one going on; `ended_id`: the last
    one that has ended, when nothing is going on."""

    name: str
    hazards: list[HazardLine]
    open_id: str
    ended_id: str
    me: str
    officers: list[Choice]
    answered: int
    letter: Letter | None = None
    """The letter of the last one, when the office refused it: its results may be put right."""

    @property
    def progress(self) -> str:
        """How far, in words."""
        return f"已复查 {self.answered}/{len(self.hazards)} 项"


def view(store: Store, inspection_id: str, today: date) -> Reinspection:
    """What to show of the re-inspection of this inspection."""
    agains = store.inspections.agains(inspection_id)
    going_on = next((one for one in agains if one.reinspected_at is None), None)
    ended = next((one for one in agains if one.reinspected_at), None)
    results = going_on.results if going_on else {}
    hazards = open_hazards(store, inspection_id)
    letter = store.outbox.refused_of(AGAIN, ended.id) if ended and not going_on else None
    lines = (
        [_refused(store, one, result) for one, result in ended.results.items()]
        if letter and ended
        else []
    )
    if letter:
        hazards = []
    taken = photographed(store, going_on.id) if going_on else {}
    for hazard in hazards:
        by = date.fromisoformat(hazard["correct_by"])
        result = results.get(hazard["id"], {})
        lines.append(
            HazardLine(
                hazard["id"],
                hazard["description"],
                f"整改期限 {day_text(by)}（{from_today(by, today)}）",
                by < today,
                result.get("outcome", ""),
                result.get("remark", ""),
                f"已拍 {taken[hazard['id']]} 张" if hazard["id"] in taken else "尚未拍照",
                by >= today,
            )
        )
    me = signed_in(store)
    inspection = store.inspections.one(inspection_id)
    entity_id = hazards[0]["entity_id"] if hazards else inspection.entity_id if inspection else ""
    entity = store.mirror.entity(entity_id)
    return Reinspection(
        entity["name"] if entity else "（台账中没有的企业）",
        lines,
        going_on.id if going_on else "",
        ended.id if ended else "",
        me["officer"] if me else "",
        colleagues(store, today),
        sum(bool(line.outcome) for line in lines),
        letter,
    )


def _refused(store: Store, hazard_id: str, result: dict[str, str]) -> HazardLine:
    """A hazard as it was told in a refused letter."""
    due = next((one["correct_by"] for one in store.mirror.hazards(id=hazard_id)), "")
    return HazardLine(
        hazard_id, result["description"],
        f"整改期限 {day_text(date.fromisoformat(due))}" if due else "", False,
        result["outcome"], result["remark"],
    )  # fmt: skip
