"""What the check list shows: the items, one of them at hand, and how far the visit is."""

from dataclasses import dataclass
from datetime import date, timedelta

from field_app.moments import day, read, spoken
from field_app.officers import name_of
from field_app.screens import confirmed
from field_app.screens.days import day_text, from_today
from field_app.sharing import me
from field_app.shelves.inspections import Answered, Inspection, Photo
from field_app.store import Store
from lawbook.checklist import CheckItem
from lawbook.citation import written_out
from lawbook.inspection import Answer
from lawbook.merging import (
    ANSWER,
    FIELD_WORDS,
    Value,
    Word,
    merged,
    open_fields,
    open_items,
)
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
    by: str = ""
    """Who answered it and when, where that was a colleague: 李秋 10:32."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the different words of the officers on a field, to be chosen from."""

    patch: str
    text: str
    by: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A field on which the officers differ (填写不一致)."""

    field: str
    label: str
    choices: list[Choice]


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
    criterion: str
    answer: Answer | None
    remark: str
    finding: Finding | None
    photos: list[Photo]
    by: str = ""
    differences: tuple[Difference, ...] = ()


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
    led_by: str = ""
    """Who ends the visit, where that is a colleague (牵头人)."""
    differing: tuple[str, ...] = ()
    """The items on which the officers differ."""
    unconfirmed: str = ""
    """That nobody has confirmed the list, its days to correct among the rest, and what is missing."""

    @property
    def progress(self) -> str:
        """How far, in words."""
        told = f"已答 {self.answered}/{self.total} 项"
        if self.unmet:
            told = f"{told}，不符合 {self.unmet} 项"
        if self.differing:
            told = f"{told}，不一致 {len(self.differing)} 项"
        return f"{told}　{self.led_by}牵头" if self.led_by else told

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
    said = _Said(store, inspection)
    return Sheet(
        entity["name"] if entity else "（台账中没有的企业）",
        checklist.name,
        [_row(item, answers.get(item.code), said) for item in checklist.items],
        sum(item.code in answers for item in checklist.items),
        len(checklist.items),
        sum(one.answer is Answer.NOT_MET for one in answers.values()),
        len(store.inspections.photos(inspection_id)),
        inspection.ended_at is not None,
        next((item.code for item in checklist.items if item.code not in answers), ""),
        name_of(store, inspection.led_by) if inspection.led_by else "",
        tuple(open_items(said.view)),
        confirmed.said(checklist.status),
    )


class _Said:
    """Whose words stand in a visit, as this officer is to read it."""

    def __init__(self, store: Store, inspection: Inspection, item: str | None = None) -> None:
        self.store, self.me = store, me(store, inspection)
        self.view = merged(store.visits.patches(inspection.id, item))

    def by(self, word: Word) -> str:
        """李秋 10:32."""
        return f"{name_of(self.store, word.officer)} {spoken(word.answered_at).split()[-1]}"

    def by_colleague(self, item: str) -> str:
        """Who answered an item and when; empty for one's own."""
        answer = self.view.get(item, {}).get(ANSWER)
        if answer is None or answer.said_by.officer == self.me:
            return ""
        return self.by(answer.said_by)

    def differences(self, item: str) -> tuple[Difference, ...]:
        """What the officers say differently of an item."""
        fields = self.view.get(item, {})
        return tuple(
            Difference(
                name,
                FIELD_WORDS[name],
                [
                    Choice(word.patch, _told(name, word.value), self.by(word))
                    for value in fields[name].standing_values
                    for word in [one for one in fields[name].standing if one.value == value][-1:]
                ],
            )
            for name in open_fields(fields)
        )


def _told(field: str, value: Value) -> str:
    if field == ANSWER:
        return WORDS[Answer(str(value))]
    if field == "major":
        return "重大事故隐患" if value else "一般隐患"
    return (
        day_text(date.fromisoformat(str(value)))
        if field == "correct_by"
        else str(value) or "（无）"
    )


def _row(item: CheckItem, answered: Answered | None, said: _Said) -> Row:
    if open_fields(said.view.get(item.code, {})):
        return Row(item.code, item.text, "不一致", "bad", said.by_colleague(item.code))
    if answered is None:
        return Row(item.code, item.text, "未答", "warn")
    word, tone = WORDS[answered.answer], TONES[answered.answer]
    return Row(item.code, item.text, word, tone, said.by_colleague(item.code))


def item(store: Store, inspection_id: str, code: str, today: date) -> Item:
    """The item at hand; KeyError when the check list has none of this code."""
    inspection = store.inspections.one(inspection_id)
    if inspection is None:
        raise KeyError(inspection_id)
    checklist = store.packs.checklist(inspection.checklist)
    asked = checklist.item(code)
    answered = store.inspections.answers(inspection_id).get(code)
    place = [one.code for one in checklist.items].index(code) + 1
    said = _Said(store, inspection, code)
    return Item(
        code,
        f"{code}　第 {place}/{len(checklist.items)} 项",
        asked.text,
        written_out(asked.basis),
        asked.hint,
        asked.criterion or "",
        answered.answer if answered else None,
        answered.remark if answered else "",
        _finding(asked, answered, day(read(inspection.started_at)), today),
        [photo for photo in store.inspections.photos(inspection_id) if photo.check_item == code],
        said.by_colleague(code),
        said.differences(code),
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
