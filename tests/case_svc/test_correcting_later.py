"""More time to correct: asked of the bureau, answered by the head, and then the day of every hazard."""

from typing import Any
from uuid import uuid4

import pytest

from tests.case_svc.on_the_spot import document, inspection, leased, recorded
from tests.case_svc.test_case_approvals import Running
from tests.case_svc.test_documents import issued
from tests.lawbook.penalty import stories as told
from tests.lawbook.penalty.stories import ZHAO

ORDER = "correction-order"


@pytest.fixture
async def visit(officer, county):
    await recorded(officer, body := inspection(county.plant, ("G06", "G07")))
    return body


async def ordered(officer, visit) -> None:
    lease = await leased(officer, ORDER)
    await issued(officer, document(visit, lease, kind=ORDER))


def request(visit, **changes: Any) -> dict[str, Any]:
    return {
        "inspection_id": visit["id"], "hazards": [visit["findings"][0]["id"]],
        "applied_on": "2026-06-24", "until": "2026-08-08", "reason": "配件须订货",
    } | changes  # fmt: skip


async def ask(client, visit, id_="", **changes: Any) -> Any:
    return await client.put(
        f"/v1/correction-requests/{id_ or uuid4()}", json=request(visit, **changes)
    )


async def days(client, visit) -> dict[str, str]:
    found = await client.get("/v1/hazards", params={"inspection": visit["id"]})
    return {one["id"]: one["correct_by"] for one in found.json()["items"]}


async def test_the_head_agrees_and_the_day_of_the_hazard_moves_for_everybody(
    officer, head, as_officer, follower, visit
):
    first, second = (one["id"] for one in visit["findings"])
    none = await ask(officer, visit)
    assert (none.status_code, none.json()["code"]) == (409, "no-correction-order")
    await ordered(officer, visit)
    too_early = await ask(officer, visit, until="2026-07-08")
    assert (too_early.status_code, too_early.json()["code"]) == (409, "correction-not-later")
    assert (await ask(officer, visit, hazards=[str(uuid4())])).status_code == 422
    assert (await ask(officer, visit, applied_on="2030-01-01")).status_code == 422
    assert (await ask(as_officer("140802", "officer"), visit)).status_code == 404
    id_ = str(uuid4())
    entered = await ask(officer, visit, id_)
    assert entered.status_code == 200, entered.text
    assert (entered.json()["due_on"], entered.json()["answers"]) == (
        "2026-07-01",
        ["extended", "kept"],
    )
    assert (await ask(officer, visit, id_)).json() == entered.json()
    other = await ask(officer, visit, id_, until="2026-09-01")
    assert other.json()["code"] == "different-content"
    assert await days(officer, visit) == {first: "2026-07-08", second: "2026-07-08"}
    path, said = f"/v1/site-duties/{id_}/answer", {"answer": "extended", "opinion": "同意"}
    assert (await officer.put(path, json=said)).status_code == 403
    first_time = await head.put(path, json=said)
    assert first_time.status_code == 200, first_time.text
    assert (await head.put(path, json=said)).json() == first_time.json()
    assert await days(officer, visit) == {first: "2026-08-08", second: "2026-07-08"}
    # The tablet, and whoever else follows, is told of it once.
    feed = (await follower.get("/v1/feeds/case", params={"limit": 500})).json()
    moved = [one for one in feed["changes"] if one["kind"] == "hazard.put_off"]
    assert [one["state"]["correct_by"] for one in moved] == ["2026-08-08"]


async def test_what_is_refused_leaves_the_day(officer, head, visit):
    await ordered(officer, visit)
    id_ = (await ask(officer, visit)).json()["id"]
    said = {"answer": "kept", "opinion": "危险性大，不同意"}
    assert (await head.put(f"/v1/site-duties/{id_}/answer", json=said)).status_code == 200
    assert set((await days(officer, visit)).values()) == {"2026-07-08"}


async def test_a_case_puts_off_the_day_of_what_it_is_about(office, officer, visit):
    first, second = (one["id"] for one in visit["findings"])
    running = Running(office)
    filing = running.story.do("propose-filing", **told.filing(told.BY_2026)).last
    running.case = (await office.begin(filing, inspection_id=visit["id"], hazards=[first]))["id"]
    await running.do("approve-filing", ZHAO, opinion="同意立案")
    asked: dict[str, Any] = {"measure": "correction", "reason": "配件须订货", "opinion": "拟同意"}
    short = await running.put(running.story.act("request-measure", **asked))
    assert "延期至" in short.json()["detail"]
    days_asked = {"applied_on": "2026-12-01", "until": "2026-12-20"}
    await running.do("request-measure", **asked, **days_asked)
    (due,) = [
        one for one in (await office.read(running.case))["duties"]
        if one["name"] == "answer-correct-later"
    ]  # fmt: skip
    assert (due["due_on"], due["power"]) == ("2026-12-08", "case.approve")
    assert await days(officer, visit) == {first: "2026-07-08", second: "2026-07-08"}
    await running.do("approve-measure", ZHAO, measure="correction", agreed=True, opinion="同意")
    assert await days(officer, visit) == {first: "2026-12-20", second: "2026-07-08"}
    now = await office.read(running.case)
    assert "answer-correct-later" not in {one["name"] for one in now["duties"]}
