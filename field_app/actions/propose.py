"""Fill in on the spot what the ledger lacks (现场补充台账), with or without a signal."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import uuid4

from field_app.actions.keep_evidence import require_room
from field_app.actions.take_photo import EXTENSIONS, require_photo
from field_app.moments import kept, now
from field_app.refusals import EntityUnknown
from field_app.store import Store
from field_app.wire_ledger import ProposalBody
from field_app.writing import SHORT, written
from lawbook.proposal import ValueNotFit, proposed_value, require_source


@dataclass(frozen=True, slots=True)
class Shot:
    """A photo that is kept here to go with a proposal (照片)."""

    sha256: str
    path: str
    size: int
    media_type: str


def keep_shot(store: Store, data: bytes, media_type: str) -> Shot:
    """Keep the photo of a licence or of whatever else a value is known from; on disk when it returns.

    The bytes stay as they were taken. Refuses PhotoUnreadable, EvidenceTooLarge, DiskFull.
    """
    require_photo(data, media_type)
    require_room(store, len(data))
    file = store.files.keep(data, EXTENSIONS[media_type])
    return Shot(file.sha256, file.path, file.size, media_type)


def drop_shot(store: Store, shot: Shot) -> None:
    """A photo that was taken and goes with nothing: it does not stay, unless something else has it."""
    known = store.db.conn.execute(
        "select 1 from upload where sha256 = :file union select 1 from evidence where sha256 = :file",
        {"file": shot.sha256},
    ).fetchone()
    if known is None:
        store.files.erase(shot.path)


def propose(
    store: Store,
    entity_id: str,
    found: Mapping[str, str],
    *,
    source: str | None,
    note: str = "",
    photo: Shot | None = None,
) -> list[str]:
    """Keep what was found, by field, each with a letter of its own; the ids of the proposals.

    All of it in one transaction, judged as the office will judge it. What is empty, and what is
    known already, is left out. `photo`: of what it is known from, with each of them; it goes by the
    same way as evidence. Refuses EntityUnknown, SourceUnknown, ValueNotFit, PackMissing.
    """
    entity = store.mirror.as_pulled(entity_id)
    if entity is None:
        raise EntityUnknown
    rules = store.packs.dictionary()
    given = {field: text for field, text in found.items() if text.strip()}
    if not given:
        raise ValueNotFit("没有填写任何一项")
    from_where = require_source(source, note)
    shown = store.proposals.over(entity)["values"]
    values = {field: proposed_value(rules, field, text) for field, text in given.items()}
    at, ids = kept(now()), []
    with store.atomic():
        for field, value in values.items():
            if shown.get(field) == value:
                continue
            body: ProposalBody = {
                "id": str(uuid4()),
                "entity_id": entity_id,
                "field": field,
                "old_value": entity["values"].get(field, ""),
                "new_value": value,
                "source": from_where.value,
                "source_note": written(note, SHORT, "来源说明"),
                "written_at": at,
                "device": store.device,
                "evidence_sha256": photo.sha256 if photo else None,
            }
            store.proposals.keep({name: body[name] for name in KEPT})  # type: ignore[literal-required]
            store.report(f"proposal:{body['id']}", "entity.propose", body, at)
            ids.append(body["id"])
        if photo and ids:
            store.outbox.add_upload(photo.sha256, photo.path, photo.size, photo.media_type, at)
    return ids


KEPT = ("id", "entity_id", "field", "old_value", "new_value", "source", "written_at")
