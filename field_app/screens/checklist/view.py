"""What the check list shows: the items, one of them at hand, and how far the visit is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from field_app.found import answered_items, answers_of, found_in, item_of, labels
from field_app.moments import day, read, spoken
from field_app.officers import name_of
from field_app.screens import confirmed
from field_app.screens.checklist.naming import TONES, WORDS
from field_app.screens.days import day_text, from_today
from field_app.sharing import me
from field_app.shelves.inspections import Answered, Inspection, Photo
from field_app.store import Store
from lawbook.checklist import CheckItem
from lawbook.citation import written_out
from lawbook.findings import contradicted
from lawbook.inspection import Answer
from lawbook.merging import (
    ANSWER,
    FIELD_WORDS,
    WITHDRAWN,
    Value,
    Word,
    merged,
    open_fields,
    open_items,
)
from lawbook.rectification import proposed_correct_by


@dataclass(frozen=True, slots=True)
class Row:
    """One item in the list of all: its place, its answer in a word; or a problem beside the items."""

    code: str
    text: str
    word: str
    tone: str
    by: str = ""
    """Who answered it and when, where that was a colleague: 李秋 10:32."""
    label: str = ""
    """What it is called: its code, or 另1."""


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
    basis: str = ""
    criterion: str = ""


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
    label: str = ""
    beyond: bool = False
    """Whether no list of the visit asks it: it is a problem, or it is taken back."""
    own: bool = False
    """Whether the officer says what it breaks and by which criterion it is major."""
    about: str = ""
    """The item of which another problem can be recorded; empty where there is none."""


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
    beside: int = 0
    """Problems beside the items of the lists."""

    @property
    def progress(self) -> str:
        """How far, in words."""
        told = f"已答 {self.answered}/{self.total} 项"
        if self.unmet:
            told = f"{told}，不符合 {self.unmet} 项"
        if self.beside:
            told = f"{told}，另记 {self.beside} 个问题"
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
    asked = store.packs.asked(inspection.checklists)
    answers = answered_items(store, inspection)
    beside = [one for one in answers_of(store, inspection) if _beside(one, answers)]
    entity = store.mirror.entity(inspection.entity_id)
    said = _Said(store, inspection)
    against = contradicted(
        {item: one.answer for item, one in answers.items()}, found_in(store, inspection)
    )
    return Sheet(
        entity["name"] if entity else "（台账中没有的企业）",
        asked.name,
        _rows(store, inspection, answers, beside, said),
        len(answers),
        len(asked.items),
        sum(one.answer is Answer.NOT_MET for one in answers.values()),
        len(store.inspections.photos(inspection_id)),
        inspection.ended_at is not None,
        next((item.code for item in asked.items if item.code not in answers), ""),
        name_of(store, inspection.led_by) if inspection.led_by else "",
        tuple(dict.fromkeys([*open_items(said.view), *against])),
        confirmed.said(asked.status),
        len(beside),
    )


def _beside(one: Answered, answers: Mapping[str, Answered]) -> bool:
    return one.item not in answers and one.answer is Answer.NOT_MET


def _rows(
    store: Store, inspection: Inspection, answers: Mapping[str, Answered],
    beside: list[Answered], said: "_Said",
) -> list[Row]:  # fmt: skip
    """The items in the order of the lists, each followed by its further problems; then the others."""
    called = labels(store, inspection)
    rows: list[Row] = []
    placed: set[str] = set()
    for asked in store.packs.asked(inspection.checklists).items:
        rows.append(_row(asked, answers.get(asked.code), said))
        further = [one for one in beside if one.about == asked.code]
        rows += [_problem(one, called.get(one.item, one.item), said) for one in further]
        placed |= {one.item for one in further}
    return rows + [
        _problem(one, called.get(one.item, one.item), said)
        for one in beside
        if one.item not in placed
    ]


def _problem(one: Answered, label: str, said: "_Said") -> Row:
    """A problem beside the items of the lists."""
    apart = bool(open_fields(said.view.get(one.item, {})))
    word, by = "不一致" if apart else "问题", said.by_colleague(one.item)
    return Row(one.item, one.description, word, "bad", by, label)


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
        return "撤销" if value == WITHDRAWN else WORDS[Answer(str(value))]
    if field == "major":
        return "重大事故隐患" if value else "一般隐患"
    return (
        day_text(date.fromisoformat(str(value)))
        if field == "correct_by"
        else str(value) or "（无）"
    )


def _row(item: CheckItem, answered: Answered | None, said: _Said) -> Row:
    if open_fields(said.view.get(item.code, {})):
        return Row(item.code, item.text, "不一致", "bad", said.by_colleague(item.code), item.code)
    if answered is None:
        return Row(item.code, item.text, "未答", "warn", "", item.code)
    word, tone = WORDS[answered.answer], TONES[answered.answer]
    return Row(item.code, item.text, word, tone, said.by_colleague(item.code), item.code)


def item(store: Store, inspection_id: str, code: str, today: date) -> Item:
    """The item at hand, or the problem with this id; KeyError when there is none of this code."""
    inspection = store.inspections.one(inspection_id)
    if inspection is None:
        raise KeyError(inspection_id)
    answered = store.inspections.answered(inspection_id, code)
    own = answered is not None and answered.own
    about = answered.about if answered and own else code
    asked = item_of(store, inspection, about) if about else None
    if asked is None and not own:
        raise KeyError(code)
    label = labels(store, inspection).get(code, code)
    said = _Said(store, inspection, code)
    place, beyond = _place(store, inspection, code, label, about)
    return Item(
        code,
        place,
        asked.text if asked else "检查表没有问到的问题",
        _cited(asked, answered),
        asked.hint if asked and not beyond else "",
        "" if own else (asked.criterion if asked else None) or "",
        answered.answer if answered else None,
        answered.remark if answered else "",
        _finding(asked, answered, day(read(inspection.started_at)), today),
        [photo for photo in store.inspections.photos(inspection_id) if photo.check_item == code],
        said.by_colleague(code),
        said.differences(code),
        label,
        beyond,
        own,
        about,
    )


def _place(
    store: Store, inspection: Inspection, code: str, label: str, about: str
) -> tuple[str, bool]:
    """Where an item stands, in words; and whether no list of the visit asks it."""
    codes = [one.code for one in store.packs.asked(inspection.checklists).items]
    if code in codes:
        return f"{code}　第 {codes.index(code) + 1}/{len(codes)} 项", False
    if about in codes:
        return f"{label}　{about} 的另一处问题", True
    elsewhere = store.packs.anywhere(about, inspection.checklists) if about else None
    if elsewhere is None:
        return f"{label}　检查表以外的问题", True
    return f"{label}　检查表以外，见{store.packs.checklist(elsewhere[0]).name}", True


def _cited(asked: CheckItem | None, answered: Answered | None) -> str:
    """What an item rests on; of the officer's own problem what penalises it, where that is known."""
    if asked is not None:
        return f"依据：{written_out(asked.basis)}"
    penalised = answered.penalty_basis if answered else ""
    return f"处罚依据：{written_out(penalised)}" if penalised else ""


def _finding(
    asked: CheckItem | None, answered: Answered | None, started: date, today: date
) -> Finding | None:
    if answered is None or answered.answer is not Answer.NOT_MET:
        return None
    if answered.correct_by or asked is None:
        by = date.fromisoformat(answered.correct_by)
    else:
        by = proposed_correct_by(started, asked.correct_days, major=asked.major)
    return Finding(
        answered.description or (asked.unmet if asked else ""),
        by,
        f"{day_text(by)}（{from_today(by, today)}）",
        answered.major,
        answered.basis,
        answered.criterion,
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
