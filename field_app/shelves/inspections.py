"""Inspections (现场检查) on this tablet: what was answered and photographed, as it was."""

import json
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlite_utils import Database

from field_app.clocks import ClockBody, Ticks
from field_app.wire import Location, Present
from lawbook.inspection import Answer, ground_said


@dataclass(frozen=True, slots=True)
class Inspection:
    """One visit. `ended_at` and `outcome` are None while it goes on.

    `ground_kind` and `ground`: why it is made (检查缘由), where no scheme says so. `also_present`:
    whoever of the plant was there besides the person in charge. `certificate_shown_at`: when the
    certificate was shown (出示执法证). `proposed`: fields that the ledger did not tell when it began,
    but this tablet. `led_by`: the officer on whose tablet it is ended (牵头人);
    None: on this one. `shared_at`: since when the other officers' tablets can know of it.
    `untold`: whether something was said in it that no letter tells yet. `shown_clock`,
    `shown_location`: of showing the certificate; `location` is where it began, `ended_location` where
    it ended. `also_checklists`: the lists that were added to `checklist` during the visit. `called_off`:
    it ended without having been carried out (未能检查); its scheme is another visit's then.
    """

    id: str
    entity_id: str
    scheme_id: str | None
    planned_inspection_id: str | None
    ground: str | None
    region: str
    checklist: str
    officers: list[str]
    place: str
    present: Present
    location: Location | None
    started_at: str
    ended_at: str | None
    outcome: str | None
    ground_kind: str | None = None
    also_present: tuple[Present, ...] = ()
    certificate_shown_at: str | None = None
    proposed: tuple[str, ...] = ()
    led_by: str | None = None
    shared_at: str | None = None
    begun_clock: ClockBody | None = None
    untold: bool = False
    shown_clock: ClockBody | None = None
    shown_location: Location | None = None
    ended_location: Location | None = None
    also_checklists: tuple[str, ...] = ()
    present_at: str | None = None
    """When it was last kept who is there, by which clocks and where."""
    present_clock: ClockBody | None = None
    present_location: Location | None = None
    called_off: bool = False

    @property
    def checklists(self) -> tuple[str, ...]:
        """Every check list by which is asked, the first of them the one it began with."""
        return (self.checklist, *self.also_checklists)

    @property
    def occasion(self) -> str:
        """Its ground in words; empty where a scheme orders it."""
        return ground_said(self.ground_kind, self.ground)

    @property
    def subject(self) -> str:
        """What its letters are about: they are delivered in order."""
        return f"inspection:{self.id}"


@dataclass(frozen=True, slots=True)
class Answered:
    """An item's answer; for an unmet one, what was found and by when it is to be corrected.

    `clock`: of this tablet when it was last told, None where only others said it. A problem that no
    item says, or a further one of an item, stands under an id of its own in the place of the item's
    code: `about` is then that item, if any, `penalty_basis` and `criterion` what was said of it.
    """

    item: str
    answer: Answer
    remark: str
    answered_at: str
    finding_id: str | None
    description: str
    basis: str
    correct_by: str
    major: bool
    clock: Ticks | None = field(default=None, compare=False)
    about: str = ""
    penalty_basis: str = ""
    criterion: str = ""

    @property
    def own(self) -> bool:
        """Whether it goes by an id of its own."""
        return self.finding_id == self.item


@dataclass(frozen=True, slots=True)
class Photo:
    """A piece of evidence, mostly a photo (证据): the original bytes, hashed when captured."""

    id: str
    inspection_id: str
    check_item: str | None
    sha256: str
    size: int
    media_type: str
    path: str
    caption: str
    captured_at: str
    location: Location | None
    clock: ClockBody | None = None


@dataclass(frozen=True, slots=True)
class Reinspection:
    """A re-inspection (整改复查): hazard → (outcome, remark). Open until `reinspected_at` is set."""

    id: str
    inspection_id: str
    officers: list[str]
    results: dict[str, dict[str, str]]
    started_at: str
    reinspected_at: str | None


_INSPECTION = (
    "id, entity_id, scheme_id, planned_inspection_id, ground, region, checklist, officers, place, "
    "present, location, started_at, ended_at, outcome, ground_kind, also_present, certificate_shown_at, "
    "proposed, led_by, shared_at, begun_clock, untold, shown_clock, shown_location, ended_location, "
    "also_checklists, present_at, present_clock, present_location, called_off"
)
_ANSWER = (
    "item, answer, remark, answered_at, finding_id, description, basis, correct_by, major, clock, "
    "about, penalty_basis, criterion"
)
_PHOTO = (
    "id, inspection_id, check_item, sha256, size, media_type, path, caption, captured_at, location, "
    "clock"
)
_AGAIN = "id, inspection_id, officers, results, started_at, reinspected_at"


@lru_cache(maxsize=256)
def _inspection(row: tuple[Any, ...]) -> Inspection:
    location = json.loads(row[10]) if row[10] else None
    told = json.loads(row[7]), row[8], json.loads(row[9]), location
    also = tuple(json.loads(row[15]))
    proposed, clock = tuple(json.loads(row[17])), json.loads(row[20]) if row[20] else None
    later = (json.loads(part) if part else None for part in row[22:25])
    led = (proposed, *row[18:20], clock, bool(row[21]), *later)
    lists = tuple(json.loads(row[25]))
    met = (row[26], *(json.loads(part) if part else None for part in row[27:29]), bool(row[29]))
    return Inspection(*(*row[:7], *told, *row[11:15], also, row[16], *led, lists, *met))


def _answered(row: tuple[Any, ...]) -> Answered:
    found = (part or "" for part in row[5:8])
    clock = json.loads(row[9]) if row[9] else None
    own = (part or "" for part in row[10:13])
    return Answered(*(row[0], Answer(row[1]), *row[2:5], *found, bool(row[8]), clock, *own))


def _row(one: Answered) -> tuple[str | int | None, ...]:
    """An answer as `_answered` reads it."""
    clock = json.dumps(one.clock) if one.clock else None
    found = one.finding_id, one.description, one.basis, one.correct_by, int(one.major)
    own = one.about or None, one.penalty_basis or None, one.criterion or None
    return (one.item, one.answer.value, one.remark, one.answered_at, *found, clock, *own)


def _photo(row: tuple[Any, ...]) -> Photo:
    location, clock = (json.loads(part) if part else None for part in row[9:11])
    return Photo(*(*row[:9], location, clock))


def _again(row: tuple[Any, ...]) -> Reinspection:
    return Reinspection(*(*row[:2], json.loads(row[2]), json.loads(row[3]), *row[4:]))


class Inspections:
    """Visits, answers, photos and re-inspections."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def begin(self, row: dict[str, Any]) -> None:
        """A visit begins."""
        self._db.table("inspection").insert(row)

    def one(self, inspection_id: str) -> Inspection | None:
        """A visit, or None."""
        row = self._db.conn.execute(
            f"select {_INSPECTION} from inspection where id = ?", (inspection_id,)
        ).fetchone()
        return _inspection(row) if row else None

    def of_scheme(self, scheme_id: str) -> Inspection | None:
        """The visit that carries out a scheme, or None."""
        row = self._db.conn.execute(
            f"select {_INSPECTION} from inspection where scheme_id = ?", (scheme_id,)
        ).fetchone()
        return _inspection(row) if row else None

    def going_on(self, entity_id: str) -> Inspection | None:
        """The visit without a scheme that goes on at a plant, or None."""
        row = self._db.conn.execute(
            f"select {_INSPECTION} from inspection "
            "where entity_id = ? and scheme_id is null and ended_at is null",
            (entity_id,),
        ).fetchone()
        return _inspection(row) if row else None

    def all(self) -> list[Inspection]:
        """Every visit, the latest first."""
        found = self._db.conn.execute(
            f"select {_INSPECTION} from inspection order by started_at desc, id"
        )
        return [_inspection(row) for row in found.fetchall()]

    def change(self, inspection_id: str, changes: dict[str, Any]) -> None:
        """Set members of a visit."""
        self._db.table("inspection").update(inspection_id, changes)

    def answer(self, inspection_id: str, answered: Answered) -> None:
        """Keep one answer in the place of what was answered before."""
        # Plain SQL: every answer comes through here, and the table is not asked about itself.
        self._db.conn.execute(
            f"insert or replace into answer (inspection_id, {_ANSWER}) "
            "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (inspection_id, *_row(answered)),
        )

    def answered(self, inspection_id: str, item: str) -> Answered | None:
        """The answer of an item, or None."""
        row = self._db.conn.execute(
            f"select {_ANSWER} from answer where inspection_id = ? and item = ?",
            (inspection_id, item),
        ).fetchone()
        return _answered(row) if row else None

    def take_back(self, inspection_id: str, item: str) -> None:
        """Nothing is said of this any more (撤销); the patches that said it stay."""
        self._db.conn.execute(
            "delete from answer where inspection_id = ? and item = ?", (inspection_id, item)
        )

    def further(self, inspection_id: str, item: str) -> list[str]:
        """The problems of an item that go by ids of their own."""
        found = self._db.conn.execute(
            "select item from answer where inspection_id = ? and about = ? order by item",
            (inspection_id, item),
        )
        return [key for (key,) in found.fetchall()]

    def answers(self, inspection_id: str) -> dict[str, Answered]:
        """Item → its answer."""
        found = self._db.conn.execute(
            f"select {_ANSWER} from answer where inspection_id = ? order by item", (inspection_id,)
        )
        return {row[0]: _answered(row) for row in found.fetchall()}

    def add_photo(self, row: dict[str, Any]) -> None:
        """A photo has been taken."""
        self._db.table("evidence").insert(row)

    def photos(self, inspection_id: str) -> list[Photo]:
        """The photos of a visit, in the order in which they were taken."""
        found = self._db.conn.execute(
            f"select {_PHOTO} from evidence where inspection_id = ? order by captured_at, rowid",
            (inspection_id,),
        )
        return [_photo(row) for row in found.fetchall()]

    def photo(self, inspection_id: str, sha256: str) -> Photo | None:
        """The photo of a visit that holds these bytes, or None."""
        row = self._db.conn.execute(
            f"select {_PHOTO} from evidence where inspection_id = ? and sha256 = ?",
            (inspection_id, sha256),
        ).fetchone()
        return _photo(row) if row else None

    def caption_photo(self, photo_id: str, caption: str) -> None:
        """What a piece of evidence shows."""
        self._db.table("evidence").update(photo_id, {"caption": caption})

    def evidence_sent(self, inspection_id: str) -> tuple[int, int]:
        """How many pieces of evidence of a visit the office has whole, and how many there are."""
        row = self._db.conn.execute(
            "select count(upload.sha256), count(*) from evidence left join upload "
            "on upload.sha256 = evidence.sha256 and upload.state = 'sent' where inspection_id = ?",
            (inspection_id,),
        ).fetchone()
        return int(row[0]), int(row[1])

    def begin_again(self, row: dict[str, Any]) -> None:
        """A re-inspection begins."""
        self._db.table("reinspection").insert(row)

    def again(self, reinspection_id: str) -> Reinspection | None:
        """A re-inspection, or None."""
        row = self._db.conn.execute(
            f"select {_AGAIN} from reinspection where id = ?", (reinspection_id,)
        ).fetchone()
        return _again(row) if row else None

    def agains(self, inspection_id: str) -> list[Reinspection]:
        """The re-inspections of a visit, the latest first."""
        found = self._db.conn.execute(
            f"select {_AGAIN} from reinspection where inspection_id = ? order by started_at desc",
            (inspection_id,),
        )
        return [_again(row) for row in found.fetchall()]

    def change_again(self, reinspection_id: str, changes: dict[str, Any]) -> None:
        """Set members of a re-inspection."""
        self._db.table("reinspection").update(reinspection_id, changes)

    def meet(self, inspection_id: str, present: Present) -> None:
        """Who of the plant is in charge on the spot (现场负责人)."""
        text = json.dumps(present, ensure_ascii=False)
        self._db.table("inspection").update(inspection_id, {"present": text})

    def state_again(self, reinspection_id: str, results: dict[str, dict[str, str]]) -> None:
        """What was found of each hazard."""
        text = json.dumps(results, ensure_ascii=False)
        self._db.table("reinspection").update(reinspection_id, {"results": text})
