"""Corrections of issued documents (更正): a new document that names the old; the old one stays."""

from sqlalchemy.ext.asyncio import AsyncSession

from paper.template import DocumentTemplate
from services.case_svc.documents.refusals import CorrectionNamesOther
from services.case_svc.documents.schemas import DocumentBody
from services.case_svc.documents.tables import DocumentRow
from services.case_svc.inspections.commands import day_of
from services.kit.letters import NotKnownYet
from services.kit.once import found
from services.kit.problems import Malformed


async def require(session: AsyncSession, form: DocumentTemplate, body: DocumentBody) -> None:
    """A correction names an issued document of the same inspection by name, number and day."""
    if (form.about == "document") != (body.corrects is not None):
        raise Malformed("只有更正通知书才写明、也必须写明所更正的文书")
    if body.corrects is None:
        return
    old = await found(session, DocumentRow, body.corrects)
    if old is None:
        raise NotKnownYet("服务器上尚无被更正的文书")
    if old.inspection_id != body.inspection_id:
        raise CorrectionNamesOther("被更正的文书不属于这次检查")
    names = (old.name, old.number, day_of(old.issued_at).isoformat())
    told = tuple(body.data.get(f"corrected_{part}") for part in ("name", "number", "on"))
    if told != names:
        raise CorrectionNamesOther(
            f"写的是 {told[1] or told[0]}，编号指的是 {names[1] or names[0]}"
        )
