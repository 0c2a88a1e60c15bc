"""What was sealed or registered at the plant is followed until the head has answered."""

from typing import Any

import pytest

from tests.case_svc.on_the_spot import document, document_data, inspection, leased, recorded
from tests.case_svc.test_documents import issued

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
    (one,) = await owed(head)
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
    assert await owed(officer) == []
    (whole,) = await owed(officer, open_only=False)
    assert (whole["answer"], whole["overdue"]) == ("approved", False)


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


async def test_what_was_approved_beforehand_owes_nothing(officer, visit):
    said = {"approval": "prior", "approved_by": "尚国平", "approved_at": "2026-06-23T03:00:00Z"}
    await made(officer, visit, SEIZURE, **said, until="2026-07-20")
    assert await owed(officer) == []
