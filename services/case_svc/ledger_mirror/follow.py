"""Following feeds/ledger into the mirror (跟随台账变更)."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import date, datetime
from typing import Any, NotRequired, TypedDict
from uuid import UUID

import httpx
from fastapi import FastAPI
from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.case_svc.ledger_mirror.devices import learn
from services.case_svc.ledger_mirror.tables import (
    EntityPastRow,
    EntityRow,
    KnownDeviceRow,
    OfficerPastRow,
    OfficerRow,
    UnitRow,
)
from services.case_svc.numbers.freezing import device_changed
from services.case_svc.proposal_photos.tables import ProposalPhotoRow
from services.case_svc.rows import FollowedFeedRow, Row
from services.kit.app import Companion
from services.kit.change_feed import noun
from services.kit.follower import Follower

FEED = "ledger"


class EntityState(TypedDict):
    """What is read of an `entity` on feeds/ledger (企业)."""

    id: str
    region: str
    name: str
    credit_code: str | None
    trades: list[str]
    op_status: str
    values: dict[str, str]
    missing: list[str]


class CertificateState(TypedDict):
    """Part of OfficerState (执法证)."""

    number: str
    valid_until: str
    state: str


class OfficerState(TypedDict):
    """What is read of an `officer` on feeds/ledger (执法人员)."""

    id: str
    region: str
    unit: str
    name: str
    certificate: CertificateState
    account_active: NotRequired[bool]


class UnitState(TypedDict):
    """What is read of a `unit` on feeds/ledger (执法单位)."""

    code: str
    region: str
    name: str
    short_name: str
    level: str


class ProposalState(TypedDict):
    """What is read of a `proposal` on feeds/ledger (台账补充)."""

    id: str
    region: str
    evidence_sha256: str | None


def following_ledger(ledger: httpx.AsyncClient | None) -> Companion:
    """The service's follower of feeds/ledger, as `app.state.followers`; None follows nothing."""

    @asynccontextmanager
    async def companion(app: FastAPI) -> AsyncIterator[None]:
        app.state.followers = []
        if ledger is None:
            yield
            return
        follower = Follower(
            "case_svc", FEED, ledger, app.state.database, FollowedFeedRow, apply, reset
        )
        app.state.followers.append(follower)
        async with follower.running(app.state.settings.follow_every):
            yield

    return companion


async def apply(session: AsyncSession, change: Mapping[str, Any]) -> None:
    """Take one change of the ledger: the subject's state as it is now, or its absence."""
    if noun(change["kind"]) == "device" and change["state"] is not None:
        await device_changed(session, change["state"])
        await learn(session, change["state"])
        return
    reader = READERS.get(noun(change["kind"]))
    if reader is None:
        return
    kind, key, columns = reader
    state = change["state"]
    if state is None:
        subject = change["subject"]
        if kind is OfficerRow:
            await _left(session, UUID(subject), change["made_at"])
            return
        column = getattr(kind, key)
        if kind is EntityRow:
            await _plant_was(session, UUID(subject), None, change["made_at"])
        await session.execute(
            delete(kind).where(column == (subject if key == "code" else UUID(subject)))
        )
        return
    if kind is ProposalPhotoRow and not state["evidence_sha256"]:
        return
    values = columns(state)
    if kind is EntityRow:
        await _plant_was(session, values["id"], values["region"], change["made_at"])
    if kind is OfficerRow:
        values["changed_at"] = await _officer_was(session, values, change["made_at"])
    await session.execute(
        insert(kind)
        .values(**values)
        .on_conflict_do_update(
            index_elements=[key], set_={name: values[name] for name in values if name != key}
        )
    )


async def _left(session: AsyncSession, officer: UUID, at: str) -> None:
    """Remember an officer who has left: what was done until then arrives later."""
    await session.execute(
        update(OfficerRow)
        .where(OfficerRow.id == officer, OfficerRow.left_at.is_(None))
        .values(left_at=datetime.fromisoformat(at), account_active=False)
    )


STANDING = ("region", "unit", "certificate_number", "certificate_state")
"""What of an officer, once it changes, is kept as it was: letters of before arrive later."""


async def _officer_was(session: AsyncSession, now: Mapping[str, Any], at: str) -> datetime | None:
    """Keep how an officer stood until this change; when that last changed."""
    row = await session.get(OfficerRow, now["id"], populate_existing=True)
    if row is None:
        # Known from before the mirror was emptied, perhaps.
        past = OfficerPastRow
        wanted = select(func.max(past.until)).where(past.officer_id == now["id"])
        return await session.scalar(wanted)
    if all(getattr(row, name) == now[name] for name in STANDING):
        return row.changed_at
    until = datetime.fromisoformat(at)
    session.add(
        OfficerPastRow(
            officer_id=row.id, until=until, name=row.name, valid_until=row.valid_until,
            **{name: getattr(row, name) for name in STANDING},
        )
    )  # fmt: skip
    await session.flush()
    return until


async def _plant_was(session: AsyncSession, id_: UUID, region: str | None, at: str) -> None:
    """Keep how a region knew a plant that leaves it."""
    row = await session.get(EntityRow, id_, populate_existing=True)
    if row is None or row.region == region:
        return
    session.add(
        EntityPastRow(
            entity_id=id_, region=row.region, until=datetime.fromisoformat(at), name=row.name,
            values=row.values, missing=row.missing,
        )
    )  # fmt: skip
    await session.flush()


async def reset(session: AsyncSession) -> None:
    """Empty the mirror: the ledger begins anew. How things stood before remains."""
    for kind in (EntityRow, OfficerRow, UnitRow, ProposalPhotoRow, KnownDeviceRow):
        await session.execute(delete(kind))


def _entity(state: EntityState) -> dict[str, Any]:
    return {
        "id": UUID(state["id"]), "region": state["region"], "name": state["name"],
        "credit_code": state["credit_code"], "trades": state["trades"],
        "op_status": state["op_status"], "values": state["values"], "missing": state["missing"],
    }  # fmt: skip


def _officer(state: OfficerState) -> dict[str, Any]:
    certificate = state["certificate"]
    return {
        "id": UUID(state["id"]), "region": state["region"], "unit": state["unit"],
        "name": state["name"], "certificate_number": certificate["number"],
        "valid_until": date.fromisoformat(certificate["valid_until"]),
        "certificate_state": certificate["state"], "left_at": None,
        "account_active": state.get("account_active", True),
    }  # fmt: skip


def _unit(state: UnitState) -> dict[str, Any]:
    return {
        "code": state["code"], "region": state["region"], "name": state["name"],
        "short_name": state["short_name"], "level": state["level"],
    }  # fmt: skip


def _photo(state: ProposalState) -> dict[str, Any]:
    return {
        "id": UUID(state["id"]), "region": state["region"], "sha256": state["evidence_sha256"],
    }  # fmt: skip


READERS: Mapping[str, tuple[type[Row], str, Any]] = {
    "entity": (EntityRow, "id", _entity),
    "officer": (OfficerRow, "id", _officer),
    "unit": (UnitRow, "code", _unit),
    "proposal": (ProposalPhotoRow, "id", _photo),
}
