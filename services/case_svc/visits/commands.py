"""Taking what the tablets of a visit tell (同行检查). Everything is kept; who wins is not asked here."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.case_svc.around import around
from services.case_svc.ledger_mirror.queries import entity_visited
from services.case_svc.letter_reviews.authority import When
from services.case_svc.rows import announce
from services.case_svc.visits.schemas import VisitAnswerBody, VisitOpenBody
from services.case_svc.visits.tables import OpeningRow, PatchRow
from services.kit.claims import Claims
from services.kit.letters import NotKnownYet
from services.kit.once import enter_once, fingerprint
from services.kit.problems import DifferentContent, Malformed


async def open_visit(session: AsyncSession, claims: Claims, body: VisitOpenBody) -> OpeningRow:
    """A tablet opens a visit (开启同行检查); the same again changes nothing."""
    # Its word is taken for when it began: the record, which counts, is judged by its clock.
    then = When(body.started_at, body.started_at)
    entity = await entity_visited(session, claims, body.entity_id, body.region, then)
    row, made = await enter_once(
        session, OpeningRow, body.id, body,
        entity_name=entity.name, present=body.present.model_dump(),
        **body.model_dump(exclude={"id", "present"}),
    )  # fmt: skip
    if made:
        (await around(session, row.visit_id)).shared = True
        announce(session, claims, "visit.opened", row.visit_id, row.region)
    return row


async def answer(session: AsyncSession, claims: Claims, body: VisitAnswerBody) -> OpeningRow:
    """Keep what was answered (同行检查的填写): each patch once, beside all others.

    After the visit has been recorded too: it is kept and shown as come late. DifferentContent when
    a patch's id holds another word.
    """
    opening = await session.scalar(
        select(OpeningRow).where(OpeningRow.visit_id == body.visit_id).limit(1)
    )
    if opening is None:
        raise NotKnownYet("服务器上尚无该次检查，或不在您的管辖范围内")
    rows: dict[UUID, dict[str, Any]] = {}
    for patch in body.patches:
        plain = patch.model_dump(mode="json")
        if patch.id in rows and rows[patch.id]["fields"] != plain["fields"]:
            raise Malformed(f"改动 {patch.id} 有两种内容")
        rows[patch.id] = {
            **patch.model_dump(exclude={"fields"}),
            "fields": plain["fields"],
            "fingerprint": fingerprint(plain | {"visit_id": str(body.visit_id)}),
            "visit_id": body.visit_id,
            "region": opening.region,
            "told_by": claims.who,
        }
    made = set(
        await session.scalars(
            insert(PatchRow).on_conflict_do_nothing().returning(PatchRow.id), list(rows.values())
        )
    )
    await _require_same(session, {id_: row for id_, row in rows.items() if id_ not in made})
    if made:
        announce(
            session, claims, "visit.answered", body.visit_id, opening.region, patches=len(made)
        )
    return opening


async def _require_same(session: AsyncSession, before: dict[UUID, dict[str, Any]]) -> None:
    """What was here already is what has come again."""
    if not before:
        return
    found = await session.execute(
        select(PatchRow.id, PatchRow.fingerprint).where(PatchRow.id.in_(before))
    )
    known = {id_: mark for id_, mark in found}
    if other := [id_ for id_, row in before.items() if known.get(id_) != row["fingerprint"]]:
        raise DifferentContent(f"改动 {other[0]} 已登记了不同的内容")
