"""Whether an authority still stands when what was done under it arrives (授权撤回)."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.case_svc.ledger_mirror.tables import OfficerRow
from services.kit.claims import Claims


async def seen(session: AsyncSession, claims: Claims, over: bool) -> str:
    """What has become of the authority of `claims`, in words; empty while it stands.

    `over`: the grant's own end has passed.
    """
    if claims.officer:
        row = await session.scalar(
            select(OfficerRow)
            .where(OfficerRow.certificate_number == claims.officer)
            .order_by(OfficerRow.left_at.nulls_first())
            .limit(1)
        )
        if row is None or row.left_at is not None:
            return "本人已离任或调离本辖区"
        if row.unit != claims.unit or row.region != claims.region:
            return "本人已调往其他单位"
        if not row.account_active:
            return "帐号已停用"
    return "离线授权已到期" if over else ""
