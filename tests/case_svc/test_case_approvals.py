"""What is put to the head, through the door: his work list, the form that waits, the act that approves it."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from lawbook.penalty.act import Act
from tests.case_svc import papers
from tests.case_svc.casework import Office, acting, story
from tests.case_svc.on_the_spot import uploaded
from tests.case_svc.proceedings import officer_state
from tests.lawbook.penalty import stories as told
from tests.lawbook.penalty.stories import LI, QIAN, SUN, WANG, ZHANG, ZHAO, Story

NEW_DAY = date(2026, 12, 1)
"""From here on cases are filed under the procedure of 2026; its first morning."""
THINGS = [{"name": "安全装置", "amount": "壹台"}]
LATER = "2026-12-01T11:30:00+08:00"


class Running:
    """A story that is told to the lawbook and done through the door, act by act."""

    def __init__(self, office: Office) -> None:
        self.office, self.story, self.case = office, Story(on=NEW_DAY), ""

    @property
    def url(self) -> str:
        return f"/v1/cases/{self.case}"

    async def do(self, kind: str, by: Any = ZHANG, /, **said: Any) -> Act:
        self.story.do(kind, by, **said)
        act = self.story.last
        if len(self.story.case.acts) == 1:
            self.case = (await self.office.begin(act))["id"]
        else:
            # What names an act names it as the door knows it.
            answer = await self.put(act)
            assert answer.status_code == 200, answer.text
        return act

    async def put(self, act: Act) -> Any:
        done = len(self.story.case.acts) - (act is self.story.last)
        body = acting(act, done) | {"said": await self._known(act.said)}
        return await self.office.of(act).put(f"{self.url}/acts/{uuid4()}", json=body)

    async def _known(self, said: Any) -> dict[str, Any]:
        timeline = (await self.office.read(self.case))["timeline"]
        ids = {
            act.id: timeline[n]["id"] for n, act in enumerate(self.story.case.acts[: len(timeline)])
        }
        return {
            name: ids.get(value, value) if isinstance(value, str) else value
            for name, value in said.items()
        }

    async def last(self) -> str:
        return str((await self.office.read(self.case))["timeline"][-1]["id"])

    async def list_of(self, who: Any) -> list[dict[str, Any]]:
        items = (await self.office.clients[who.number].get("/v1/work-list")).json()["items"]
        return [one for one in items if one["case_id"] == self.case]


@pytest.fixture
def told_mirror(request: pytest.FixtureRequest) -> Any:
    """What the ledger tells the mirror; `told` is the stories here."""
    return request.getfixturevalue("told")


@pytest.fixture
async def running(office, as_officer) -> Running:
    office.clients[SUN.number] = as_officer("140882", "officer", officer=SUN.number, name="孙平")
    one = Running(office)
    await one.do("propose-filing", **told.filing(told.BY_2026))
    await one.do("approve-filing", ZHAO, opinion="同意立案")
    return one


async def test_a_case_of_today_is_under_the_new_tables_and_one_of_march_under_the_old(
    running, office
):
    assert (await office.read(running.case))["procedure"] == "ordinary@2026"
    old = await office.begin(story("hearing-and-instalments").acts[0])
    assert old["procedure"] == "ordinary@2021"


async def test_registered_evidence_is_disposed_of_as_the_head_approved_and_the_form_says_so(
    running, office
):
    handler, head = office.clients[ZHANG.number], office.clients[ZHAO.number]
    ask: dict[str, Any] = {
        "measure": "register-evidence",
        "reason": "可能灭失",
        "opinion": "建议登记保存",
    }
    await running.do("request-measure", **ask)
    await running.do(
        "approve-measure", ZHAO, measure="register-evidence", agreed=True, opinion="同意"
    )
    await running.do("register-evidence", things=THINGS, place="库房", manner="就地")
    of = running.story.last.id
    plan: dict[str, Any] = {"measure": "dispose-registered-evidence", "reason": "与案件无关",
                            "opinion": "建议解除", "of": of, "result": "released"}  # fmt: skip
    await running.do("request-measure", **plan)
    first = await running.last()
    # The head's list shows what waits and which form bears it; the picture is of this very request.
    (waits,) = [one for one in await running.list_of(ZHAO) if one["form"]]
    assert (waits["title"], waits["act"], waits["form"], waits["opener"]) == (
        "审批：处理先行登记保存的证据", "approve-measure", "registered-evidence-approval", first,
    )  # fmt: skip
    assert [one for one in await running.list_of(SUN) if one["form"]] == []
    seen = await head.get(f"{running.url}/forms/{waits['form']}/picture", params={"act": first})
    assert (seen.status_code, seen.headers["content-type"]) == (200, "image/png")
    # Typed approvals are none: neither kept in the draft nor printed.
    body: dict[str, Any] = {"kind": waits["form"], "revision": 0,
                            "said": {"approval_by": "李四", "approval_opinion": "同意。"}}  # fmt: skip
    draft = (await handler.put(f"{running.url}/drafts/{uuid4()}", json=body)).json()
    assert draft["act"] == first
    assert "approval_by" not in draft["data"]
    fields = {one["code"]: one for one in draft["fields"]}
    assert not fields["approval_by"]["written"]
    assert fields["handler_opinion"]["recorded"] == "建议解除"
    # Returned: it waits no more, and is asked for anew.
    await running.do(
        "return-measure", ZHAO, measure="dispose-registered-evidence", opinion="写明理由"
    )
    assert [one for one in await running.list_of(ZHAO) if one["form"]] == []
    refused = await running.put(
        running.story.act("dispose-registered-evidence", of=of, result="released", text="还")
    )
    assert refused.status_code == 409
    assert (refused.json()["code"], refused.json()["refusals"][0]["mend"]) == (
        "measure-not-approved",
        "request-measure",
    )
    await running.do("request-measure", **plan | {"reason": "经核实与案件无关"})
    second = await running.last()
    await running.do("endorse-measure", WANG, measure=plan["measure"], agreed=True, opinion="属实")
    await running.do(
        "approve-measure", ZHAO, measure=plan["measure"], agreed=True, opinion="同意解除"
    )
    await running.do("dispose-registered-evidence", of=of, result="released", text="解除")
    await papers.put_on_paper(handler, running.case, LATER)
    documents = (await handler.get(f"{running.url}/documents")).json()["items"]
    made = {one["kind"]: one for one in documents}
    assert made["registered-evidence-approval"]["act"] == second
    issued = (
        await handler.get(f"/v1/documents/{made['registered-evidence-approval']['id']}")
    ).json()
    assert (issued["data"]["approval_by"], issued["data"]["review_by"], issued["data"]["approval_opinion"]) == (
        "赵明远", "王衡", "同意解除",
    )  # fmt: skip
    assert "经核实" in issued["data"]["reasons"]


async def test_the_end_of_a_case_is_asked_for_and_decided_by_the_head(running, office):
    act = running.story.act("terminate", ZHAO, kind="terminated", findings="已注销", reason="消灭")
    refused = await office.of(act).put(f"{running.url}/acts/{uuid4()}", json=acting(act, 2))
    assert (refused.status_code, refused.json()["code"]) == (409, "not-requested")
    wants = {"measure": "terminate", "reason": "主体消灭"}
    incomplete = running.story.act("request-measure", **wants)
    answer = await office.of(incomplete).put(
        f"{running.url}/acts/{uuid4()}", json=acting(incomplete, 2)
    )
    assert "写明终止、撤销的种类、调查情况" in answer.json()["detail"]
    await running.do("request-measure", kind="terminated", findings="企业已注销", **wants)
    (waits,) = [one for one in await running.list_of(ZHAO) if one["form"]]
    assert (waits["act"], waits["form"]) == ("terminate", "case-end-approval")
    await running.do("advise-measure", QIAN, measure="terminate", agreed=True, opinion="合法")
    await running.do(
        "terminate",
        ZHAO,
        kind="terminated",
        findings="企业已注销",
        reason="主体消灭",
        opinion="同意终止",
    )
    handler = office.clients[ZHANG.number]
    contents = (await handler.get(f"{running.url}/archive/contents")).json()
    assert any("案件终止（撤销）审批表（对应" in one for one in contents["lacking"])
    await papers.put_on_paper(handler, running.case, LATER, sealing=True)
    contents = (await handler.get(f"{running.url}/archive/contents")).json()
    assert not any("审批表" in one for one in contents["lacking"])


async def test_who_stands_in_must_be_there_and_may_seal(running, office, told_mirror, as_officer):
    head, chief = office.clients[ZHAO.number], office.clients[WANG.number]
    days = {"since": "2026-12-01", "until": "2026-12-20", "reason": "休假"}
    give: dict[str, Any] = days | {
        "power": "case.approve",
        "to_number": "14088200099",
        "to_name": "无此人",
    }

    async def refused(**changes: Any) -> str:
        answer = await head.put(f"/v1/delegations/{uuid4()}", json=give | changes)
        assert (answer.status_code, answer.json()["code"]) == (422, "delegation-unsound")
        return str(answer.json()["detail"])

    assert "没有证号为 14088200099" in await refused()
    state = officer_state(SUN.number, "孙平")
    await told_mirror("officer.changed", state | {"account_active": False})
    assert "没有可用的帐号" in await refused(to_number=SUN.number, to_name="孙平")
    await told_mirror("officer.changed", state | {"account_active": True})
    assert "有效期至" in await refused(
        to_number=SUN.number, to_name="孙平", since="2029-09-01", until="2030-01-01"
    )
    answer = await head.put(
        f"/v1/delegations/{uuid4()}", json=give | {"to_number": SUN.number, "to_name": "孙平"}
    )
    assert answer.status_code == 200, answer.text
    # In a case alone, the same is asked.
    act = running.story.act("delegate", ZHAO, power="case.review", to="14088200099", name="无此人", reason="休假",
                            **{"from": "2026-12-01", "until": "2026-12-20"})  # fmt: skip
    said = await office.of(act).put(f"{running.url}/acts/{uuid4()}", json=acting(act, 2))
    assert said.json()["code"] == "delegation-unsound"
    # Sealing too may be given: the clerk without the capacity is refused before, and seals after.
    await running.do(
        "request-measure", measure="terminate", reason="消灭", kind="terminated", findings="注销"
    )
    await running.do("terminate", ZHAO, kind="terminated", findings="注销", reason="消灭")
    handler = office.clients[ZHANG.number]
    await uploaded(handler, told.PHOTO)
    await papers.put_on_paper(handler, running.case, LATER, sealing=True)
    clerk = as_officer("140882", "bureau_head", officer=SUN.number, name="孙平")
    now = await office.read(running.case)
    body: dict[str, Any] = {"at": LATER, "after": now["acts"], "number": "2026-罚-9", "kept": "ten"}
    answer = await clerk.put(f"{running.url}/archive", json=body)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    archive = days | {"power": "case.archive", "to_number": SUN.number, "to_name": "孙平"}
    assert (await chief.put(f"/v1/delegations/{uuid4()}", json=archive)).status_code == 200
    answer = await clerk.put(f"{running.url}/archive", json=body)
    assert answer.status_code == 200, answer.text
    assert LI.number in now["handlers"]


async def test_each_instalment_has_its_own_paper_filled_with_its_day_and_sum(office):
    now = await office.replay(story("hearing-and-instalments"), until="close")
    handler = office.clients[ZHANG.number]
    documents = (await handler.get(f"/v1/cases/{now['id']}/documents")).json()["items"]
    reliefs = [
        (await handler.get(f"/v1/documents/{one['id']}")).json()["data"]
        for one in documents if one["kind"] == "payment-relief"
    ]  # fmt: skip
    reliefs.sort(key=lambda one: one["nth"])
    told_ = [(one["nth"], one["amount"], one.get("left")) for one in reliefs]
    assert told_ == [(1, 2_000_000, 4_000_000), (2, 4_000_000, None)]
    allowed = next(
        one
        for one in (await office.read(now["id"]))["timeline"]
        if one["kind"] == "allow-instalments"
    )
    assert [one["pay_by"] for one in reliefs] == [
        one["due_on"] for one in allowed["said"]["instalments"]
    ]
