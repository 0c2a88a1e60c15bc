"""What the check list shows: the items, one of them at hand, and how far the visit is."""

from dataclasses import dataclass
from datetime import date, timedelta

from field_app.moments import day, read
from field_app.screens.days import day_text, from_today
from field_app.shelves.inspections import Answered, Photo
from field_app.store import Store
from lawbook.checklist import CheckItem
from lawbook.citation import written_out
from lawbook.inspection import Answer
from lawbook.rectification import proposed_correct_by

ANSWERS = (
    (Answer.MET, "符合", "good"),
    (Answer.NOT_MET, "不符合", "bad"),
    (Answer.NOT_APPLICABLE, "不涉及", "plain"),
)
WORDS = {answer: text for answer, text, _ in ANSWERS}
TONES = {Answer.MET: "good", Answer.NOT_MET: "bad", Answer.NOT_APPLICABLE: "quiet"}


@dataclass(frozen=True, slots=True)
class Row:
    """One item in the list of all: its place, its answer in a word."""

    code: str
    text: str
    word: str
    tone: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What is kept of an unmet item (问题): the words, the day, whether it is major."""

    description: str
    correct_by: date
    correct_by_text: str
    major: bool


@dataclass(frozen=True, slots=True)
class Item:
    """The item at hand."""

    code: str
    place: str
    text: str
    basis: str
    hint: str
    answer: Answer | None
    remark: str
    finding: Finding | None
    photos: list[Photo]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole visit. `next_open`: the first item without an answer, empty when there is none."""

    name: str
    checklist: str
    rows: list[Row]
    answered: int
    total: int
    unmet: int
    photos: int
    ended: bool
    next_open: str

    @property
    def progress(self) -> str:
        """How far, in words."""
        told = f"已答 {self.answered}/{self.total} 项"
        return f"{told}，不符合 {self.unmet} 项" if self.unmet else told

    @property
    def part(self) -> float:
        """How far, 0 to 1."""
        return self.answered / self.total if self.total else 0.0


def sheet(store: Store, inspection_id: str) -> Sheet | None:
    """The visit; None when this tablet has no such one. Refuses PackMissing."""
    inspection = store.inspections.one(inspection_id)
    if inspection is None:
        return None
    checklist = store.packs.checklist(inspection.checklist)
    answers = store.inspections.answers(inspection_id)
    entity = store.mirror.entity(inspection.entity_id)
    return Sheet(
        entity["name"] if entity else "（台账中没有的企业）",
        checklist.name,
        [_row(item, answers.get(item.code)) for item in checklist.items],
        sum(item.code in answers for item in checklist.items),
        len(checklist.items),
        sum(one.answer is Answer.NOT_MET for one in answers.values()),
        len(store.inspections.photos(inspection_id)),
        inspection.ended_at is not None,
        next((item.code for item in checklist.items if item.code not in answers), ""),
    )


def _row(item: CheckItem, answered: Answered | None) -> Row:
    if answered is None:
        return Row(item.code, item.text, "未答", "warn")
    return Row(item.code, item.text, WORDS[answered.answer], TONES[answered.answer])


def item(store: Store, inspection_id: str, code: str, today: date) -> Item:
    """The item at hand; KeyError when the check list has none of this code."""
    inspection = store.inspections.one(inspection_id)
    if inspection is None:
        raise KeyError(inspection_id)
    checklist = store.packs.checklist(inspection.checklist)
    asked = checklist.item(code)
    answered = store.inspections.answers(inspection_id).get(code)
    place = [one.code for one in checklist.items].index(code) + 1
    return Item(
        code,
        f"{code}　第 {place}/{len(checklist.items)} 项",
        asked.text,
        written_out(asked.basis),
        asked.hint,
        answered.answer if answered else None,
        answered.remark if answered else "",
        _finding(asked, answered, day(read(inspection.started_at)), today),
        [photo for photo in store.inspections.photos(inspection_id) if photo.check_item == code],
    )


def _finding(
    asked: CheckItem, answered: Answered | None, started: date, today: date
) -> Finding | None:
    if answered is None or answered.answer is not Answer.NOT_MET:
        return None
    by = (
        date.fromisoformat(answered.correct_by)
        if answered.correct_by
        else proposed_correct_by(started, asked.correct_days, major=asked.major)
    )
    return Finding(
        answered.description or asked.unmet,
        by,
        f"{day_text(by)}（{from_today(by, today)}）",
        answered.major,
    )


def neighbour(sheet: Sheet, code: str, step: int) -> str:
    """The item `step` places on, or the same at either end."""
    codes = [row.code for row in sheet.rows]
    return codes[min(max(codes.index(code) + step, 0), len(codes) - 1)]


def onward(sheet: Sheet, code: str) -> str:
    """Where to go after an answer: the next open item, else the next one."""
    codes = [row.code for row in sheet.rows]
    here = codes.index(code)
    later = [row.code for row in sheet.rows[here + 1 :] if row.word == "未答"]
    return later[0] if later else sheet.next_open or neighbour(sheet, code, 1)


def moved(day: date, days: int) -> date:
    """A day moved by this many."""
    return day + timedelta(days)
