"""Letters that wait (暂缓的信件): noted as they come, so that the office sees which wait too long."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.case_svc.deliveries.schemas import LetterBody
from services.case_svc.deliveries.speaking import ids_in
from services.case_svc.deliveries.tables import HeldLetterRow
from services.case_svc.inspections.tables import InspectionRow
from services.kit.claims import Claims

DECIDED = text("select case_svc.letters_decided(cast(:ids as uuid[]))")
TAKEN = ("code", "title", "detail")


async def note(
    session: AsyncSession, claims: Claims, device: str,
    held: Sequence[tuple[LetterBody, dict[str, Any]]], decided: Sequence[UUID],
) -> None:  # fmt: skip
    """Note the letters that are held now and why; forget those that have been decided."""
    if decided:
        await session.execute(DECIDED, {"ids": list(decided)})
    plants = await _plants(session, [letter for letter, _ in held])
    rows = {
        letter.id: letter.model_dump(include={"id", "subject", "kind", "written_at"})
        | {"device": device, "region": claims.region, "account": claims.account}
        | {"name": claims.name, "entity_id": plants.get(letter.subject)}
        | {name: problem[name] for name in TAKEN}
        for letter, problem in held
        if letter.id not in decided  # held, then done further down in the same delivery
    }
    if not rows:
        return
    told = insert(HeldLetterRow).values(list(rows.values()))
    await session.execute(
        told.on_conflict_do_update(
            index_elements=["id", "region"],
            set_={name: told.excluded[name] for name in ("name", *TAKEN)}
            | {"last_sent_at": func.now()}
            | {"entity_id": func.coalesce(told.excluded.entity_id, HeldLetterRow.entity_id)},
        )
    )


async def _plants(session: AsyncSession, letters: Sequence[LetterBody]) -> dict[str, UUID]:
    """The plant that each subject is about: named by a letter of it, or by its inspection here."""
    plants: dict[str, UUID] = {}
    about: dict[UUID, str] = {}
    for letter in letters:
        for id_ in ids_in([letter.body.get("entity_id")]):
            plants[letter.subject] = id_
        for id_ in ids_in([letter.body.get("inspection_id")]):
            about[id_] = letter.subject
    if about:
        row = InspectionRow
        for id_, plant in await session.execute(
            select(row.id, row.entity_id).where(row.id.in_(about))
        ):
            plants.setdefault(about[id_], plant)
    return plants
