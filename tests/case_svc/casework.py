"""Cases told through the one door, act by act, by the people of the lawbook's stories."""

from typing import Any
from uuid import UUID, uuid4, uuid5

import httpx
from sqlalchemy import select

from lawbook.penalty.act import Act
from lawbook.penalty.case import Case
from services.case_svc.cases import reading
from services.case_svc.cases.tables import CaseActRow, CaseDutyRow, CaseRow
from services.kit.claims import service_itself
from tests.case_svc import papers
from tests.case_svc.on_the_spot import uploaded
from tests.lawbook.penalty import stories as told
from tests.lawbook.penalty.stories import LI, QIAN, WANG, ZHANG, ZHAO

BEGINNINGS = ("propose-filing", "begin-summary", "supplement-filing")
CARRIED = (
    "source", "source_note", "cause", "name", "summary", "party", "violations", "evidence",
    "certificate_shown", "investigated_from", "urgent_reason",
)  # fmt: skip


def moment(act: Act) -> str:
    return act.at.isoformat()


def beginning(act: Act, **changes: Any) -> dict[str, Any]:
    """The body that begins a case as this act does."""
    said = {name: act.said[name] for name in CARRIED if name in act.said}
    return said | {
        "procedure": act.said["procedure"].partition("@")[0], "at": moment(act),
        "officers": [one.number for one in act.officers], "region": "140882",
    } | changes  # fmt: skip


def acting(act: Act, after: int) -> dict[str, Any]:
    """The body of this act, done after so many."""
    return {"kind": act.kind, "at": moment(act), "after": after, "said": dict(act.said)}


class Office:
    """Who works at the bureau, each with a client of their own."""

    def __init__(self, clients: dict[str, httpx.AsyncClient]) -> None:
        self.clients = clients

    def of(self, act: Act) -> httpx.AsyncClient:
        return self.clients[act.by.number]

    async def begin(self, act: Act, case: UUID | None = None, **changes: Any) -> dict[str, Any]:
        id_ = case or uuid4()
        answer = await self.of(act).put(f"/v1/cases/{id_}", json=beginning(act, **changes))
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def put(self, case: str, act: Act, after: int, /, **changes: Any) -> httpx.Response:
        """This act, done after so many; `changes` to what is sent.

        Before closing is proposed, what the acts make is put on paper.
        """
        if act.kind == "propose-closing" and not changes:
            await papers.put_on_paper(self.clients[told.ZHANG.number], case, moment(act))
        url = f"/v1/cases/{case}/acts/{uuid5(UUID(case), f'{after}/{act.id}')}"
        return await self.of(act).put(url, json=acting(act, after) | changes)

    async def replay(self, case: Case, *, until: str | None = None) -> dict[str, Any]:
        """Every act of a case, one after the other; up to but not with the first of kind `until`."""
        now = await self.begin(case.acts[0])
        for after, act in enumerate(case.acts[1:], 1):
            if act.kind == until:
                break
            if act.kind == "archive":
                return await self.sealed(now["id"], act, after)
            answer = await self.put(now["id"], act, after)
            assert answer.status_code == 200, (act.kind, answer.text)
            now = answer.json()
        return now

    async def sealed(self, case: str, act: Act, after: int) -> dict[str, Any]:
        """The file sealed, which does the act `archive`."""
        handler = self.clients[told.ZHANG.number]
        await uploaded(handler, told.PHOTO)
        await papers.put_on_paper(handler, case, moment(act), sealing=True)
        body = {"at": moment(act), "after": after} | {
            name: act.said[name] for name in ("number", "kept")
        }
        answer = await self.of(act).put(f"/v1/cases/{case}/archive", json=body)
        assert answer.status_code == 200, answer.text
        return await self.read(case)

    async def read(self, case: str, number: str = told.ZHANG.number) -> dict[str, Any]:
        answer = await self.clients[number].get(f"/v1/cases/{case}")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())


STORIES = dict(told.every_story())
ROLES = {
    ZHANG: "officer",
    LI: "officer",
    WANG: "section_chief",
    ZHAO: "bureau_head",
    QIAN: "legal_reviewer",
}


def story(name: str) -> Case:
    return STORIES[name]


async def rows_of(app, case: str) -> tuple[CaseRow, list[CaseActRow], list[CaseDutyRow]]:
    async with app.state.database.transaction(service_itself("case_svc")) as session:
        row = await reading.one(session, UUID(case))
        due = await session.scalars(
            select(CaseDutyRow).where(CaseDutyRow.case_id == row.id).order_by(CaseDutyRow.place)
        )
        return row, await reading.act_rows(session, row.id), list(due)
