"""What has left this officer's sight (离开管辖): delivered first, then erased (R9, R10, M9).

A plant that is moved to another region, or an officer who is: its mirror row goes at once, what was
recorded about it stays until the office has signed for all of it. Then nothing of it remains: rows,
bodies of letters, photos, PDFs. Of a letter its place, its hash and its receipt are kept, which say
nothing, so that the journal is proved as before.
"""

from dataclasses import dataclass
from pathlib import Path

from field_app.retention import let_go
from field_app.store import Store

OF_PLANT = (
    "planned-inspections", "inspection-schemes", "hazards", "inspections", "visits", "proposals",
    "cases",
)  # fmt: skip
"""Datasets whose rows name a plant."""


@dataclass(frozen=True, slots=True)
class _About:
    """What there is about a plant: visits, re-inspections, documents, and the letters' subjects."""

    inspections: list[str]
    records: list[str]
    subjects: list[str]
    files: dict[str, str]


def erase_departed(store: Store, at: str) -> list[str]:
    """Erase what is here about plants that have left, where the office has all of it; their ids."""
    found = store.db.conn.execute("select entity_id from departed where erased_at is null")
    erased = [one for (one,) in found.fetchall() if _erase(store, one, at)]
    # What an office still tells of its own visits at a plant that another supervises now.
    store.db.conn.execute(
        f"delete from mirror where dataset in ({', '.join('?' * len(OF_PLANT))}) "
        "and json_extract(body, '$.entity_id') in "
        "(select entity_id from departed where erased_at is not null)",
        OF_PLANT,
    )
    if erased:
        store.files.take_back_drafts()
        # An older SQLite only marks what was deleted from a full-text index; merged, it is gone.
        store.db.conn.execute("insert into plant_words (plant_words) values ('optimize')")
    if erased_here(store):
        # What was deleted must not be read from what was logged either; killed before this, the
        # next look does it.
        store.purge()
    return erased


def erased_here(store: Store) -> list[dict[str, str]]:
    """Plants of which nothing is left here, and since when: as it is reported."""
    found = store.db.conn.execute(
        "select entity_id, erased_at from departed where erased_at is not null order by erased_at"
    )
    return [{"entity_id": one, "erased_at": at} for one, at in found.fetchall()]


def _erase(store: Store, entity_id: str, at: str) -> bool:
    about = _about(store, entity_id)
    if _still_needed(store, entity_id, about):
        return False
    one = store.db.conn.execute
    alone = {sha256: path for sha256, path in about.files.items() if _alone(store, sha256, about)}
    # The files first: killed in between, the rows still name what is to be erased.
    for path in alone.values():
        store.files.erase(path)
    store.drafts.take_in()
    with store.atomic():
        one(
            "delete from draft where about in (select id from scheme where entity_id = ?)",
            (entity_id,),
        )
        for written_about in (entity_id, *about.records):
            one("delete from draft where about = ?", (written_about,))
        for dataset in OF_PLANT:
            one(
                "delete from mirror where dataset = ? and json_extract(body, '$.entity_id') = ?",
                (dataset, entity_id),
            )
        one("delete from mirror where dataset = 'entities' and id = ?", (entity_id,))
        one("delete from scheme where entity_id = ?", (entity_id,))
        one("delete from proposal where entity_id = ?", (entity_id,))
        for record in about.records:
            one("delete from record where id = ?", (record,))
            one("delete from signature where document_id = ?", (record,))
            one("delete from document where id = ?", (record,))
            one("delete from reinspection where id = ?", (record,))
        for subject in about.subjects:
            let_go(store, subject, at)
        for inspection in about.inspections:
            one("delete from answer where inspection_id = ?", (inspection,))
            one("delete from patch where inspection_id = ?", (inspection,))
            one("delete from record where json_extract(body, '$.visit_id') = ?", (inspection,))
            one("delete from evidence where inspection_id = ?", (inspection,))
            one("delete from inspection where id = ?", (inspection,))
        one("delete from cosigned where entity_id = ?", (entity_id,))
        for sha256 in alone:
            one("delete from upload where sha256 = ?", (sha256,))
        one("update departed set erased_at = ? where entity_id = ?", (at, entity_id))
    return True


def _about(store: Store, entity_id: str) -> _About:
    one = store.db.conn.execute
    # A visit of another tablet that was looked at again here counts too.
    inspections = [
        row[0]
        for row in one(
            "select id from inspection where entity_id = :plant "
            "union select inspection_id from reinspection where entity_id = :plant",
            {"plant": entity_id},
        )
    ]
    records, files = list(inspections), {}
    subjects = [f"{kind}:{id_}" for id_ in inspections for kind in ("inspection", "visit")]
    for inspection in inspections:
        for id_, sha256, path in one(
            "select id, sha256, path from evidence where inspection_id = ?", (inspection,)
        ).fetchall():
            records.append(id_)
            files[sha256] = path
        for (id_,) in one("select id from reinspection where inspection_id = ?", (inspection,)):
            records.append(id_)
        for id_, sha256, path in one(
            "select id, pdf_sha256, pdf_path from document where inspection_id = ?", (inspection,)
        ).fetchall():
            records.append(id_)
            subjects.append(f"document:{id_}")
            if path:
                files[sha256] = path
        for id_, sha256, path in one(
            "select r.id, u.sha256, u.path from upload u join record r "
            "on r.kind = 'evidence.declare' and json_extract(r.body, '$.sha256') = u.sha256 "
            "where json_extract(r.body, '$.inspection_id') = ?",
            (inspection,),
        ).fetchall():
            records.append(id_)
            files[sha256] = path
    for (id_,) in one("select id from proposal where entity_id = ?", (entity_id,)):
        subjects.append(f"proposal:{id_}")
        records.append(id_)
    for id_, path in one("select id, pdf_path from scheme where entity_id = ?", (entity_id,)):
        subjects.append(f"scheme:{id_}")
        if path:
            files[Path(path).stem] = path
    records += [
        id_
        for (id_,) in one(
            "select id from record where kind = 'scheme.draft' "
            "and json_extract(body, '$.entity_id') = ?",
            (entity_id,),
        )
    ]
    # What was photographed for the ledger lies under the hash that the letters name.
    for sha256, path in one(
        "select u.sha256, u.path from upload u join record r on r.kind = 'entity.propose' "
        "and json_extract(r.body, '$.evidence_sha256') = u.sha256 "
        "where json_extract(r.body, '$.entity_id') = ?",
        (entity_id,),
    ).fetchall():
        files[sha256] = path
    return _About(inspections, records, subjects, files)


def _still_needed(store: Store, entity_id: str, about: _About) -> bool:
    """Whether something about it goes on here, or the office has not signed for all of it."""
    one = store.db.conn.execute
    # What nobody was asked about yet is its officer's to send or to give up.
    if one(
        "select 1 from scheme where entity_id = ? and drafted_at is null limit 1", (entity_id,)
    ).fetchone():
        return True
    if set(store.visits.to_share()) & set(about.inspections):
        return True
    for inspection in about.inspections:
        if one(
            "select exists (select 1 from inspection where id = :id and ended_at is null) "
            "or exists (select 1 from reinspection where inspection_id = :id "
            "and reinspected_at is null) "
            "or exists (select 1 from document where inspection_id = :id and issued_at is null)",
            {"id": inspection},
        ).fetchone()[0]:
            return True
    for subject in about.subjects:
        if one(
            "select 1 from letter where subject = ? and (state not in ('sent', 'replaced') "
            "or state = 'sent' and json_extract(receipt, '$.signature') is null) limit 1",
            (subject,),
        ).fetchone():
            return True
    return any(
        one("select 1 from upload where sha256 = ? and state <> 'sent'", (sha256,)).fetchone()
        for sha256 in about.files
    )


def _alone(store: Store, sha256: str, about: _About) -> bool:
    """Whether no other visit, and no proposal for another plant, has the same bytes."""
    found = store.db.conn.execute(
        "select inspection_id from evidence where sha256 = :file "
        "union select inspection_id from document where pdf_sha256 = :file "
        "union select json_extract(body, '$.inspection_id') from record "
        "where kind = 'evidence.declare' and json_extract(body, '$.sha256') = :file",
        {"file": sha256},
    ).fetchall()
    proposed = store.db.conn.execute(
        "select id from record where kind = 'entity.propose' "
        "and json_extract(body, '$.evidence_sha256') = ?",
        (sha256,),
    ).fetchall()
    return all(inspection in about.inspections for (inspection,) in found) and all(
        id_ in about.records for (id_,) in proposed
    )
