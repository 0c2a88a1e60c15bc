"""Evidence beside an item: what there is, how far it is on its way, and its stamped copy."""

from dataclasses import dataclass
from io import BytesIO

from field_app.moments import read, spoken
from field_app.shelves.inspections import Photo
from field_app.store import Store
from lawbook.inspection import Answer
from lawbook.media import PICTURE, SOUND, VIDEO, family
from paper.stamp import Stamp, position, stamped
from paper.values import BEIJING

NAMES = {PICTURE: "照片", SOUND: "录音", VIDEO: "录像"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of evidence as a line: what, when, how large, and whether the office has it."""

    photo: Photo
    title: str
    detail: str
    is_picture: bool


def piece(store: Store, photo: Photo) -> Piece:
    """A piece of evidence as it is shown."""
    size = f"{photo.size / 1e6:.1f} MB" if photo.size >= 100_000 else f"{photo.size // 1000 + 1} KB"
    sent = {one.sha256 for one in store.outbox.uploads("sent")}
    where = "已送达" if photo.sha256 in sent else "在本机"
    kind = family(photo.media_type)
    title = f"{NAMES[kind]}　{photo.caption}"
    return Piece(photo, title, f"{spoken(photo.captured_at)}　{size}　{where}", kind == PICTURE)


def counted(photos: list[Photo]) -> str:
    """How many of each kind, in words."""
    kinds = [family(one.media_type) for one in photos]
    told = [f"{NAMES[kind]} {kinds.count(kind)}" for kind in NAMES if kind in kinds]
    return "　".join(told) or "还没有证据"


def on_its_way(store: Store, inspection_id: str) -> str:
    """How much of an ended visit's evidence the office has; empty when there is none."""
    sent, all_ = store.inspections.evidence_sent(inspection_id)
    if not all_:
        return ""
    return f"证据 {sent}/{all_} 已传" if sent < all_ else f"证据 {all_} 件已全部送达"


def unproven(store: Store, inspection_id: str) -> list[str]:
    """Items and problems that are a major hazard of which there is no picture and no video."""
    shown = {
        one.check_item
        for one in store.inspections.photos(inspection_id)
        if family(one.media_type) in (PICTURE, VIDEO)
    }
    answers = store.inspections.answers(inspection_id)
    return [
        one.item
        for one in answers.values()
        if one.answer is Answer.NOT_MET and one.major and one.item not in shown
    ]


def stamp_of(store: Store, photo: Photo) -> Stamp:
    """What is written on the copy of a photo."""
    inspection = store.inspections.one(photo.inspection_id)
    assert inspection is not None
    entity = store.mirror.entity(inspection.entity_id)
    officers = []
    for number in inspection.officers:
        known = store.mirror.officer(number)
        officers.append(f"{known['name']}（{number}）" if known else number)
    return Stamp(
        f"{read(photo.captured_at).astimezone(BEIJING):%Y-%m-%d %H:%M:%S}",
        f"{entity['name'] if entity else ''}{inspection.place}",
        position(photo.location),
        photo.sha256,
        tuple(officers),
    )


def stamped_copy(store: Store, photo: Photo) -> bytes:
    """A copy of a photo with its stamp, as JPEG; the original is only read. PictureUnreadable."""
    return stamped(BytesIO(store.files.read(photo.path)), stamp_of(store, photo))
