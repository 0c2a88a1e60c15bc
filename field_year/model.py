"""What people were shown: the memory of everybody who looked at a tablet. Plain Python.

A tablet's screen shows what its store holds, so looking is reading the store. What was seen once
is remembered here and must be found ever after; what an act returned must be seen at once.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from field_app.shelves.inspections import Inspection
from field_app.store import Store
from field_app.withdrawal import erased_here

LIVE = ("waiting", "sent", "refused", "held")


class Broken(Exception):
    """An invariant does not hold. `name` is the invariant's."""

    def __init__(self, name: str, detail: str) -> None:
        super().__init__(f"{name}：{detail}")
        self.name, self.detail = name, detail


@dataclass
class Visit:
    """An inspection as it was seen."""

    id: str
    entity: str
    region: str
    answers: dict[str, tuple[str, str]] = field(default_factory=dict)
    photos: dict[str, str] = field(default_factory=dict)
    paths: set[str] = field(default_factory=set)
    """Where the photos lay."""
    ended: bool = False
    joined: bool = False
    """Begun by a colleague's tablet, which may end it with more than is known here."""
    spoken: set[str] = field(default_factory=set)
    """Items of which a colleague has said something: what stands may change by it."""


@dataclass
class Paper:
    """A document as it was seen."""

    id: str
    about: str
    kind: str
    number: str | None
    inspection: str
    issued: str | None = None
    pdf: str | None = None
    path: str | None = None
    lease: str | None = None


@dataclass
class Sent:
    """A letter as it was seen."""

    id: str
    kind: str
    body_id: str
    sha256: str
    state: str
    emptied: bool = False


@dataclass
class Seen:
    """All that was seen on one tablet. `erased`: of plants that have left, after the office had all."""

    visits: dict[str, Visit] = field(default_factory=dict)
    papers: dict[str, Paper] = field(default_factory=dict)
    erased: dict[str, Visit] = field(default_factory=dict)
    erased_papers: dict[str, Paper] = field(default_factory=dict)
    given_up: set[str] = field(default_factory=set)
    """Drafts that somebody meant to give up: they may be gone, what was issued may not."""
    beyond: set[str] = field(default_factory=set)
    """What nobody can bring back: erased here after it was delivered, then lost by a restore."""
    agains: dict[str, str | None] = field(default_factory=dict)
    letters: dict[str, Sent] = field(default_factory=dict)
    uploads: dict[str, str] = field(default_factory=dict)

    @property
    def ever(self) -> dict[str, Visit]:
        """Every visit that was ever seen here, erased or not."""
        return self.visits | self.erased

    def _let_go(self, store: Store) -> None:
        """What the tablet says it has erased: nothing that was not finished, nothing unsent."""
        gone = {one["entity_id"] for one in erased_here(store)}
        here = {one.id for one in store.inspections.all()}
        for visit in [one for one in self.visits.values() if one.entity in gone]:
            if visit.id in here:
                continue  # begun since, or not yet erased: the region's check looks into that
            if not visit.ended:
                raise Broken("saved", f"检查 {visit.id} 没有结束就被清除")
            self.erased[visit.id] = self.visits.pop(visit.id)
            for paper in [one for one in self.papers.values() if one.inspection == visit.id]:
                self.erased_papers[paper.id] = self.papers.pop(paper.id)
        # What was erased was shown as delivered: the office must have it.
        self.uploads |= dict.fromkeys(self._erased_files(), "sent")

    def _erased_files(self) -> set[str]:
        photos = {sha256 for one in self.erased.values() for sha256 in one.photos.values()}
        return photos | {one.pdf for one in self.erased_papers.values() if one.pdf}

    def office_restored(self) -> None:
        """What was erased here before the office lost it is in the backup, or nowhere any more."""
        emptied = {one.id for one in self.letters.values() if one.emptied}
        self.beyond |= {*self.erased, *self.erased_papers, *self._erased_files(), *emptied}

    def look(self, store: Store) -> None:
        """Look at everything."""
        self._let_go(store)
        here = {one.id: one for one in store.inspections.all()}
        for gone in self.visits.keys() - here.keys():
            raise Broken("saved", f"检查 {gone} 曾显示已保存，现在不见了")
        self._visits(store, here, None)
        self._papers(store, self.visits)
        self._letters(store)

    def glance(self, store: Store, visit: str, changing: str | None) -> None:
        """Look at one visit. `changing`: the item whose answer was just being given anew."""
        if visit in self.erased:
            return
        one = store.inspections.one(visit)
        if one is None:
            raise Broken("saved", f"检查 {visit} 曾显示已保存，现在不见了")
        self._visits(store, {visit: one}, changing)
        self._papers(store, [visit])

    def must_be(self, visit: str, item: str, answer: str, remark: str) -> None:
        """An answer was shown as saved: it is what is seen."""
        seen = self.visits[visit].answers.get(item)
        if seen != (answer, remark):
            raise Broken("saved", f"{item} 显示已保存为 {(answer, remark)}，实为 {seen}")

    def _visits(self, store: Store, here: Mapping[str, Inspection], changing: str | None) -> None:
        for id_, one in here.items():
            seen = self.visits.setdefault(id_, Visit(id_, one.entity_id, one.region))
            if seen.ended:
                continue  # what has ended never changes: the nightly look goes into it
            answers = {
                item: (said.answer.value, said.remark)
                for item, said in store.inspections.answers(id_).items()
            }
            seen.joined = seen.joined or one.led_by is not None
            seen.spoken |= {
                patch.item for patch in store.visits.patches(id_) if patch.device != store.device
            }
            for item, said in seen.answers.items():
                if answers.get(item) != said and item != changing and item not in seen.spoken:
                    raise Broken(
                        "saved", f"检查 {id_} 的 {item} 曾为 {said}，现为 {answers.get(item)}"
                    )
                if item not in answers:
                    raise Broken("saved", f"检查 {id_} 的 {item} 不见了")
            seen.answers, seen.ended = answers, one.ended_at is not None
            self._photos(store, seen)
            for again in store.inspections.agains(id_):
                self.agains[again.id] = again.reinspected_at

    def _photos(self, store: Store, seen: Visit) -> None:
        here = {photo.id: photo for photo in store.inspections.photos(seen.id)}
        for gone in seen.photos.keys() - here.keys():
            raise Broken("saved", f"照片 {gone} 不见了")
        seen.photos = {id_: photo.sha256 for id_, photo in here.items()}
        seen.paths = {photo.path for photo in here.values()}

    def _papers(self, store: Store, visits: Collection[str]) -> None:
        here: set[str] = set()
        for visit in visits:
            for kept in store.documents.of_inspection(visit):
                here.add(kept.id)
                seen = self.papers.get(kept.id)
                if seen and seen.issued:
                    now = (kept.number, kept.issued_at, kept.pdf_sha256)
                    if now != (seen.number, seen.issued, seen.pdf):
                        raise Broken("saved", f"已出具的 {seen.number} 变了：{now}")
                self.papers[kept.id] = Paper(
                    kept.id, kept.about, kept.kind, kept.number, visit, kept.issued_at,
                    kept.pdf_sha256, kept.pdf_path, kept.lease_id,
                )  # fmt: skip
        for given_up in self.given_up & self.papers.keys() - here:
            if self.papers[given_up].issued is None and self.papers[given_up].inspection in visits:
                del self.papers[given_up]
        for gone in {id_ for id_, one in self.papers.items() if one.inspection in visits} - here:
            raise Broken("saved", f"文书 {self.papers[gone].number} 不见了")

    def _letters(self, store: Store) -> None:
        here = {one.id: one for one in store.outbox.letters()}
        for gone in self.letters.keys() - here.keys():
            seen = self.letters[gone]
            raise Broken("letters", f"信件 {seen.kind} {gone}（{seen.state}）不见了")
        for id_, one in here.items():
            seen_ = self.letters.get(id_)
            if seen_ and seen_.sha256 != one.sha256:
                raise Broken("letters", f"信件 {one.kind} {id_} 的内容变了")
            # Of a letter about what was erased its place, its hash and its receipt stay.
            body_id = str(one.body.get("id") or (seen_.body_id if seen_ else id_))
            if not one.body and one.state not in ("sent", "replaced"):
                raise Broken("letters", f"信件 {one.kind} {id_} 没有送达，内容已不在")
            self.letters[id_] = Sent(
                id_, one.kind, body_id, one.sha256, one.state, emptied=not one.body
            )
        files = {one.sha256: one.state for one in store.outbox.uploads()}
        for gone in self.uploads.keys() - files.keys() - self._erased_files():
            raise Broken("letters", f"待传文件 {gone[:12]} 不见了")
        self.uploads |= files

    def look_closely(self, store: Store) -> None:
        """Every photo and document, byte for byte, and every answer of every visit."""
        departed = {str(one) for (one,) in store.db.conn.execute("select entity_id from departed")}
        # Power lost while a plant that has left was erased: its files go before its rows.
        going = {sha256 for sha256, state in self.uploads.items() if state == "sent"}

        def whole(path: str, sha256: str, entity: str) -> None:
            if not (entity in departed and sha256 in going):
                _whole(store, path, sha256)

        for visit in self.visits.values():
            answers = store.inspections.answers(visit.id)
            now = {item: (said.answer.value, said.remark) for item, said in answers.items()}
            if now != visit.answers:
                raise Broken("saved", f"检查 {visit.id} 的答案变了")
            for photo in store.inspections.photos(visit.id):
                whole(photo.path, photo.sha256, visit.entity)
        for paper in self.papers.values():
            kept = store.documents.one(paper.id)
            if kept is None:
                raise Broken("saved", f"文书 {paper.number} 不见了")
            if kept.pdf_path:
                entity = (
                    self.visits[paper.inspection].entity if paper.inspection in self.visits else ""
                )
                whole(kept.pdf_path, str(kept.pdf_sha256), entity)


def _whole(store: Store, path: str, sha256: str) -> None:
    if not store.files.whole(path, sha256):
        raise Broken("saved", f"文件 {path} 缺失或损坏")
