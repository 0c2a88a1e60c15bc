"""An inspection of a plant that was completed on the spot, before the ledger has told so here."""

import pytest

from tests.case_svc.on_the_spot import DEVICE, inspection, letter
from tests.case_svc.proceedings import entity_state


async def deliver(client, *letters):
    answer = await client.post("/v1/deliveries", json={"device": DEVICE, "letters": list(letters)})
    assert answer.is_success, answer.text
    return answer.json()["verdicts"]


async def test_it_is_held_until_the_mirror_is_so_far_and_then_done(officer, county, told):
    body = inspection(county.incomplete, proposed=["legal_rep"])
    sent = letter("inspection.record", body)
    (early,) = await deliver(officer, sent)
    assert (early["state"], early["problem"]["code"]) == ("held", "ledger-behind")
    assert early["receipt"] is None
    completed = entity_state(2) | {"id": county.incomplete}
    await told("entity.changed", completed)
    (late,) = await deliver(officer, sent)
    assert late["state"] == "applied"


@pytest.mark.parametrize("proposed", [None, [], ["uscc"]])
async def test_without_a_proposal_for_what_is_missing_it_is_refused(officer, county, proposed):
    body = inspection(county.incomplete, **({} if proposed is None else {"proposed": proposed}))
    (verdict,) = await deliver(officer, letter("inspection.record", body))
    assert (verdict["state"], verdict["problem"]["code"]) == ("rejected", "ledger-incomplete")


async def test_alone_it_is_a_conflict_that_may_pass(officer, county):
    body = inspection(county.incomplete, proposed=["legal_rep"])
    answer = await officer.put(f"/v1/inspections/{body['id']}", json=body)
    assert (answer.status_code, answer.json()["code"]) == (409, "ledger-behind")
