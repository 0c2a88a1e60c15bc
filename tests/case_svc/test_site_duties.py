"""What was sealed or registered at the plant is followed until the head has answered."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.case_svc.site_duties.tables import SiteDutyRow
from services.kit.claims import service_itself
from tests.case_svc.on_the_spot import document, document_data, inspection, leased, recorded
from tests.case_svc.proceedings import FIRST
from tests.case_svc.test_case_approvals import Running
from tests.case_svc.test_documents import issued
from tests.lawbook.penalty import stories
from tests.lawbook.penalty.stories import ZHAO

SEIZURE, REGISTRATION = "seizure-decision", "evidence-registration-notice"
PENALTY = "on-the-spot-penalty"


@pytest.fixture
async def visit(officer, county):
    await recorded(officer, body := inspection(county.plant, ("G06",)))
    return body


async def made(officer, visit, kind, **said) -> dict[str, Any]:
    """A document of the site, as its tablet issued it."""
    data = document_data(kind, visit) | said
    for name in [name for name, value in said.items() if value is None]:
        del data[name]
    lease = await leased(officer, kind)
    body = document(visit, lease, kind=kind, data=data, template=f"{kind}@2026.1")
    return dict(await issued(officer, body))


async def owed(client, **asked) -> list[dict[str, Any]]:
    answer = await client.get("/v1/site-duties", params=asked)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


URGENT: dict[str, Any] = {
    "approval": "urgent", "urgent_reason": "随时可能发生爆炸", "approved_by": None,
    "approved_at": None, "until": "2026-07-20",
}  # fmt: skip


async def test_an_urgent_seizure_waits_for_the_head_and_is_closed_by_the_answer(
    officer, head, as_officer, visit
):
    decision = await made(officer, visit, SEIZURE, **URGENT)
    one, sealing = await owed(head)
    assert (sealing["name"], sealing["due_on"]) == ("sealing", "2026-07-20")
    assert (one["document_id"], one["number"]) == (decision["id"], decision["number"])
    assert (one["due_at"], one["law"]) == ("2026-06-24T03:40:00Z", "行政强制法 §19")
    assert one["overdue"]
    assert one["answers"] == ["approved", "lifted"]
    assert await owed(as_officer("140802", "officer")) == []
    path = f"/v1/site-duties/{one['id']}/answer"
    said = {"answer": "approved", "opinion": "同意，补办手续"}
    assert (await officer.put(path, json=said)).status_code == 403
    assert (await as_officer("140802", "bureau_head").put(path, json=said)).status_code == 404
    unfit = await head.put(path, json=said | {"answer": "decided"})
    assert (unfit.status_code, unfit.json()["code"]) == (422, "answer-not-fit")
    first = await head.put(path, json=said)
    assert first.status_code == 200, first.text
    assert first.json()["answered_by"]
    assert (await head.put(path, json=said)).json() == first.json()
    other = await head.put(path, json=said | {"answer": "lifted"})
    assert other.json()["code"] == "different-content"
    assert await owed(officer) == [sealing]
    whole, _ = await owed(officer, open_only=False)
    assert (whole["answer"], whole["overdue"]) == ("approved", False)


async def test_what_the_head_finds_wrong_is_lifted_and_held_no_longer(officer, head, visit):
    await made(officer, visit, SEIZURE, **URGENT)
    one, sealing = await owed(head)
    said = {"answer": "lifted", "opinion": "不应采取，立即解除"}
    assert (await head.put(f"/v1/site-duties/{one['id']}/answer", json=said)).status_code == 200
    assert await owed(head) == []
    both = await owed(head, open_only=False)
    assert {two["id"]: two["answer"] for two in both} == {
        one["id"]: "lifted",
        sealing["id"]: "lifted",
    }


async def test_registered_evidence_is_carried_into_the_case_that_is_made(officer, head, visit):
    await made(officer, visit, REGISTRATION)
    (one,) = await owed(officer)
    assert (one["due_on"], one["case_id"]) == ("2026-07-02", None)
    lease = await leased(officer, PENALTY)
    await issued(officer, document(visit, lease, kind=PENALTY, template=f"{PENALTY}@2026.2"))
    (case,) = (await officer.get("/v1/cases", params={"procedure": "summary"})).json()["items"]
    assert await owed(officer, inspection=visit["id"]) == [one | {"case_id": case["id"]}]
    answered = await head.put(
        f"/v1/site-duties/{one['id']}/answer",
        json={"answer": "decided", "opinion": "退还电表，其余移作鉴定"},
    )
    assert answered.status_code == 200, answered.text
    assert await owed(head) == []


PRIOR: dict[str, Any] = {
    "approval": "prior", "approved_by": "尚国平", "approved_at": "2026-06-23T03:00:00Z", "until": "2026-07-20",
}  # fmt: skip


async def test_what_is_sealed_is_followed_to_its_end_and_not_prolonged_after_it(
    officer, head, visit
):
    await made(officer, visit, SEIZURE, **PRIOR)
    (one,) = await owed(officer)
    assert (one["answers"], one["overdue"]) == (["disposed", "prolonged"], True)
    path = f"/v1/site-duties/{one['id']}/answer"
    late = await head.put(path, json={"answer": "prolonged", "opinion": "情况复杂"})
    assert (late.status_code, late.json()["code"]) == (422, "answer-not-fit")
    said = {"answer": "disposed", "opinion": "检测合格，解除并退还"}
    assert (await head.put(path, json=said)).status_code == 200
    assert await owed(officer) == []


async def test_a_sealing_goes_on_once_for_thirty_days_more(officer, head, visit, app):
    await made(officer, visit, SEIZURE, **PRIOR)
    (one,) = await owed(officer)
    ends = datetime.now(UTC).date() + timedelta(3)
    async with app.state.database.transaction(service_itself("case_svc")) as session:
        row = await session.get(SiteDutyRow, UUID(one["id"]))
        row.due_on = ends
    path, said = (
        f"/v1/site-duties/{one['id']}/answer",
        {"answer": "prolonged", "opinion": "情况复杂"},
    )
    assert (await head.put(path, json=said)).status_code == 200
    assert (await head.put(path, json=said)).status_code == 200
    (more,) = await owed(officer)
    assert (more["name"], more["answers"]) == ("sealing-prolonged", ["disposed"])
    assert more["due_on"] == str(ends + timedelta(30))


async def test_a_case_takes_over_what_was_sealed_and_registered_at_the_visit(
    office, officer, visit
):
    sealed = await made(officer, visit, SEIZURE, **PRIOR)
    await made(officer, visit, REGISTRATION)
    running = Running(office)
    filing = running.story.do("propose-filing", **stories.filing(stories.BY_2026)).last
    running.case = (await office.begin(filing, inspection_id=visit["id"]))["id"]
    await running.do("approve-filing", ZHAO, opinion="同意立案")
    end = running.story.act("request-measure", measure="terminate", kind="terminated",
                            findings="企业已注销", reason="注销", opinion="终止")  # fmt: skip
    held = (await running.put(end)).json()
    assert (held["code"], held["mend"]) == ("evidence-undisposed", "take-over-measure")
    running.story.world = replace(
        running.story.world, held=frozenset(("sealing", "decide-preserved-evidence"))
    )
    things = [{"name": "冲压机", "amount": "壹台"}]
    await running.do("take-over-measure", measure="sealing", things=things, since="2026-06-23",
                     document=sealed["id"])  # fmt: skip
    (left,) = await owed(officer)
    assert left["name"] == "decide-registered"
    now = await office.read(running.case)
    (due,) = [one for one in now["duties"] if one["name"] == "sealing"]
    assert (due["due_on"], due["act"]) == ("2026-07-23", "dispose-sealed")
    (closed,) = [one for one in await owed(officer, open_only=False) if one["name"] == "sealing"]
    assert (closed["answer"], closed["answered_by"]) == ("carried", FIRST)
    assert now["name"] in closed["opinion"]
    again = running.story.act(
        "take-over-measure", measure="seizure", things=things, since="2026-06-23"
    )
    assert (await running.put(again)).json()["code"] == "nothing-open"
