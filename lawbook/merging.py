"""What several officers say of one check list, brought together (同行检查、合并).

Each word is a patch (改动): some fields of one item, and for each field which earlier patches its
officer had before him. What nobody has replaced stands. Everything here is a function of the set of
patches: in whatever order, however often and by whatever way they come, the view is the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lawbook.refusal import Refusal

ANSWER, REMARK = "answer", "remark"
CRITERION = "criterion"
FINDING = ("description", "correct_by", "major", "basis", CRITERION)
FIELDS = (ANSWER, REMARK, *FINDING)
"""What may be said of an item: its answer, a remark; of an unmet one words, day, and 重大隐患.

Of a problem that no item of a list says, which goes by an id of its own in the place of an item's
code, also what it breaks and by which criterion it is major.
"""
WITHDRAWN = "withdrawn"
"""The answer of a problem that no list asks about, once it is taken back (撤销)."""
ABOUT, PENALTY_BASIS = "about", "penalty_basis"
"""Said once of a problem with an id of its own: whose item it is, and what penalises it."""
LIST, LISTS = "list", "list:"
"""By which version of a check list a visit asks; said of `list:` and the list's code. Empty: not by it."""
FIELD_WORDS = {
    ANSWER: "检查结果", REMARK: "备注", "description": "发现的问题", "correct_by": "整改期限",
    "major": "重大事故隐患", "basis": "违反的规定", CRITERION: "判定依据",
}  # fmt: skip
Value = str | bool


class ConflictsOpen(Refusal):
    """Ending a visit while two officers' different answers to one item both stand."""

    code = "conflicts-open"
    title = "同行人员的填写不一致，不能结束检查"
    law = "行政处罚法 §42"
    next_step = "打开所列检查项，两人商定后选定一个"


@dataclass(frozen=True, slots=True)
class Change:
    """One field as a patch sets it; `over`: ids of the patches whose word it replaces."""

    value: Value
    over: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Patch:
    """One officer's word on one item (改动). `answered_at`: ISO 8601, UTC; never decides what stands."""

    id: str
    item: str
    fields: Mapping[str, Change]
    officer: str
    device: str
    answered_at: str


@dataclass(frozen=True, slots=True)
class Word:
    """One officer's word on one field, while it stands."""

    patch: str
    value: Value
    officer: str
    device: str
    answered_at: str


@dataclass(frozen=True, slots=True)
class Field:
    """What stands of one field: one value, or the different ones of those who did not see each other's."""

    standing: tuple[Word, ...]

    @property
    def value(self) -> Value:
        """The value to go on with: of several the one said last."""
        return self.standing[-1].value

    @property
    def said_by(self) -> Word:
        """Whose word `value` is."""
        return self.standing[-1]

    @property
    def open(self) -> bool:
        """Whether two different values stand (填写不一致)."""
        return len(set(self.standing_values)) > 1

    @property
    def standing_values(self) -> tuple[Value, ...]:
        """The different values that stand, in the order in which they were said."""
        return tuple(dict.fromkeys(word.value for word in self.standing))

    @property
    def seen(self) -> frozenset[str]:
        """The patches that stand: what a new word replaces when its officer has seen them all."""
        return frozenset(word.patch for word in self.standing)


@dataclass(frozen=True, slots=True)
class Settlement:
    """A choice between different words (选定): by whom, when, which value, and what was left."""

    item: str
    field: str
    chosen: Word
    left: tuple[Word, ...]


Merged = dict[str, dict[str, Field]]
"""Item → field → what stands."""


def merged(patches: Iterable[Patch]) -> Merged:
    """What stands of every item and field. The same for every order and repetition of the patches."""
    said, replaced = _said(patches)
    view: Merged = {}
    for (item, field), words in said.items():
        gone = replaced.get((item, field), set())
        standing = tuple(word for word in words if word.patch not in gone)
        if standing:
            view.setdefault(item, {})[field] = Field(standing)
    return view


def open_items(view: Merged) -> list[str]:
    """The items of which two different answers, remarks, words or days stand, in order.

    What is said of a finding counts only where the item may be unmet.
    """
    return sorted(item for item, fields in view.items() if open_fields(fields))


def open_fields(fields: Mapping[str, Field]) -> list[str]:
    """The fields of an item of which different values stand and that still matter."""
    answer = fields.get(ANSWER)
    unmet = answer is not None and "not_met" in answer.standing_values
    return [
        field
        for field in FIELDS
        if field in fields and fields[field].open and (unmet or field not in FINDING)
    ]


def settlements(patches: Iterable[Patch]) -> list[Settlement]:
    """Where somebody chose between different words, the earliest first."""
    patches = list(patches)
    said, _ = _said(patches)
    by_id = {key: {word.patch: word for word in words} for key, words in said.items()}
    found = []
    for (item, field), words in by_id.items():
        for patch in patches:
            change = patch.fields.get(field)
            if patch.item != item or change is None or patch.id not in words:
                continue
            before = [words[one] for one in sorted(change.over) if one in words]
            if len({word.value for word in before}) > 1:
                left = tuple(word for word in before if word.value != change.value)
                found.append(Settlement(item, field, words[patch.id], left))
    return sorted(set(found), key=lambda one: (one.chosen.answered_at, one.chosen.patch, one.field))


def left_out(
    view: Merged, recorded: Mapping[str, Mapping[str, Value]]
) -> list[tuple[str, str, Word]]:
    """(item, field, word) of what stands and is not what the record of the visit says.

    `recorded`: item → field → value. Nobody's word is lost for having come late (结束后收到).
    """
    found: list[tuple[str, str, Word]] = []
    for item, fields in sorted(view.items()):
        there = recorded.get(item, {})
        differing = {
            field: [word for word in fields[field].standing if word.value != there.get(field)]
            for field in FIELDS
            if field in fields
        }
        unmet = {word.officer for word in differing.get(ANSWER, []) if word.value == "not_met"}
        for field, words in differing.items():
            for word in words:
                # What somebody took back himself, and a criterion of what is not major, say nothing.
                if word.value == WITHDRAWN or (
                    field == CRITERION and there and not there.get("major")
                ):
                    continue
                # Words about a finding that its own officer took back are no more than that.
                if (
                    field in FINDING
                    and there.get(ANSWER) != "not_met"
                    and word.officer not in unmet
                ):
                    continue
                found.append((item, field, word))
    return found


def _said(
    patches: Iterable[Patch],
) -> tuple[dict[tuple[str, str], Sequence[Word]], dict[tuple[str, str], set[str]]]:
    """(item, field) → its words in the order of their moments; and which of them were replaced."""
    known = {patch.id: patch for patch in patches}
    said: dict[tuple[str, str], list[Word]] = {}
    replaced: dict[tuple[str, str], set[str]] = {}
    for patch in sorted(known.values(), key=lambda one: (one.answered_at, one.id)):
        for field, change in patch.fields.items():
            key = (patch.item, field)
            word = Word(patch.id, change.value, patch.officer, patch.device, patch.answered_at)
            said.setdefault(key, []).append(word)
            replaced.setdefault(key, set()).update(change.over)
    return dict(said), replaced
