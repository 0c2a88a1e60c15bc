"""The handler of a case at work on its documents: drafted, confirmed, issued over the API."""

from typing import Any
from uuid import uuid4

import httpx
from sqlalchemy import func, select

from services.case_svc.documents.tables import DocumentRow
from services.case_svc.numbers.tables import NumberEndRow
from services.kit.claims import service_itself

AT = "2026-04-28T09:00:00+08:00"
REPORT: dict[str, Any] = {
    "handler_opinion": "事实清楚，建议处罚。",
    "handled_on": "2026-03-13",
    "discretion": "一般情节。",
}
TELLING: dict[str, Any] = {"organ_address": "河津市泰兴路 2 号", "contact": "张岳　0359-5550009"}
MATTER: dict[str, Any] = {
    "matter": "extension",
    "content": "案情复杂，提请延长三十日。",
    "handler_opinion": "建议延长。",
}
HANDLING: dict[str, Any] = {
    "heard": "当事人请求从轻。", "approval_opinion": "同意。", "approval_by": "赵明远",
    "approval_on": "2026-04-24",
}  # fmt: skip
BANK: dict[str, Any] = {"bank": "河津市农商银行", "account": "财政专户 00000000"}


class Desk:
    """The handler at work on documents."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def draft(
        self, case: str, kind: str, id_: Any = None, revision: int = 0, **said: Any
    ) -> httpx.Response:
        url = f"/v1/cases/{case}/drafts/{id_ or uuid4()}"
        body = {"kind": kind, "said": said, "revision": revision}
        return await self.client.put(url, json=body)

    async def issue(
        self, now: dict[str, Any], draft: str, revision: int = 1, **changes: Any
    ) -> httpx.Response:
        body = {"revision": revision, "at": AT, "after": now["acts"]} | changes
        return await self.client.put(f"/v1/cases/{now['id']}/documents/{draft}", json=body)

    async def made(self, now: dict[str, Any], kind: str, **said: Any) -> dict[str, Any]:
        """A document drafted and issued."""
        drafted = await self.draft(now["id"], kind, **said)
        assert drafted.status_code == 200, drafted.text
        answer = await self.issue(now, drafted.json()["id"])
        assert answer.status_code == 200, (kind, answer.text)
        return dict(answer.json())

    async def told(self, now: dict[str, Any]) -> dict[str, Any]:
        await self.made(now, "investigation-report", **REPORT)
        return await self.made(now, "prior-notice", **TELLING)


async def counted(app, *kinds: str) -> int:
    async with app.state.database.transaction(service_itself("case_svc")) as session:
        found = await session.execute(
            select(func.count()).select_from(DocumentRow).where(DocumentRow.kind.in_(kinds))
        )
        return int(found.scalar_one())


async def ends(app, kind: str) -> list[int]:
    async with app.state.database.transaction(service_itself("case_svc")) as session:
        found = await session.scalars(
            select(NumberEndRow.first)
            .where(NumberEndRow.document == kind)
            .order_by(NumberEndRow.first)
        )
        return list(found)
