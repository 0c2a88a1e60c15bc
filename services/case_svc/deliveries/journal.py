"""A device's journal at the office: links that must be right, forks that must be noticed.

A fork is not the officer's fault and costs no letter: both sides are done, and the office is told
that two tablets write in one journal (a copied or a restored one), or that something is missing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import func, literal_column, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.case_svc.deliveries.tables import JournalForkRow
from services.case_svc.rows import announce
from services.kit.claims import Claims

PLACES = text(
    "select id, seq, prev, link"
    " from case_svc.journal_places(:device, :journal, cast(:seqs as bigint[]))"
)


class Place(NamedTuple):
    """A letter's place in a journal."""

    id: UUID
    seq: int
    prev: str | None
    link: str | None


async def notice_forks(
    session: AsyncSession, claims: Claims, device: str, decided: Sequence[Mapping[str, Any]]
) -> None:
    """Note for the office where letters that were just decided fork their journal (日志分叉).

    Before they are written: `decided` are the columns of their rows. Deliveries of one device
    take turns, so that nobody writes in between.
    """
    journals: dict[str, list[Place]] = defaultdict(list)
    for one in decided:
        if one["link"]:
            place = Place(one["id"], one["seq"], one["prev"], one["link"])
            journals[one["journal"]].append(place)
    for journal, fresh in journals.items():
        seqs = sorted({place.seq + step for place in fresh for step in (-1, 0, 1)})
        asked = {"device": device, "journal": journal, "seqs": seqs}
        held: dict[int, list[Place]] = defaultdict(list)
        for row in await session.execute(PLACES, asked):
            held[row.seq].append(Place(*row))
        forks = []
        for place in fresh:
            if found := _fork(journal, place, held):
                forks.append((place, *found))
            held[place.seq].append(place)
        if forks:
            await _note(session, claims, device, journal, forks)


def _fork(
    journal: str, place: Place, held: Mapping[int, Sequence[Place]]
) -> tuple[str, UUID | None] | None:
    """Why a letter does not fit what the office has; the letter in its place, if it is that."""
    if others := [one for one in held.get(place.seq, ()) if one.id != place.id]:
        return "same-seq", others[0].id
    before, behind = held.get(place.seq - 1, ()), held.get(place.seq + 1, ())
    misfits = (
        (before and place.prev not in _links(before))
        or (place.seq == 1 and journal and place.prev != journal)
        or any(one.prev != place.link for one in behind)
    )
    return ("prev-differs", None) if misfits else None


def _links(places: Iterable[Place]) -> set[str | None]:
    return {place.link for place in places}


async def _note(
    session: AsyncSession, claims: Claims, device: str, journal: str,
    forks: Sequence[tuple[Place, str, UUID | None]],
) -> None:  # fmt: skip
    """One row for a journal, told once in the feed; what is noticed later is counted."""
    place, reason, other = forks[0]
    made = await session.scalar(
        insert(JournalForkRow)
        .values(
            device=device, journal=journal, region=claims.region, account=claims.account, name=claims.name,
            seq=place.seq, reason=reason, letter=place.id, other=other, letters=len(forks),
        )
        .on_conflict_do_update(
            index_elements=["device", "journal", "region"],
            set_={
                "letters": JournalForkRow.letters + len(forks),
                "last_noticed_at": func.now(),
            },
        )
        .returning(literal_column("xmax = 0"))
    )  # fmt: skip
    if made:
        announce(
            session, claims, "journal.forked", device, claims.region,
            journal=journal, seq=place.seq, reason=reason, letter=str(place.id),
        )  # fmt: skip
