"""Letters that wait (暂缓的信件): noted as they come, so that the office sees which wait too long."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.case_svc.deliveries.schemas import LetterBody
from services.case_svc.deliveries.tables import HeldLetterRow
from services.kit.claims import Claims

DECIDED = text("select case_svc.letters_decided(cast(:ids as uuid[]))")
TAKEN = ("code", "title")


async def note(
    session: AsyncSession, claims: Claims, device: str,
    held: Sequence[tuple[LetterBody, dict[str, Any]]], decided: Sequence[UUID],
) -> None:  # fmt: skip
    """Note the letters that are held now and why; forget those that have been decided."""
    if decided:
        await session.execute(DECIDED, {"ids": list(decided)})
    rows = {
        letter.id: letter.model_dump(include={"id", "subject", "kind", "written_at"})
        | {"device": device, "region": claims.region, "account": claims.account}
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
            set_={name: told.excluded[name] for name in TAKEN} | {"last_sent_at": func.now()},
        )
    )
