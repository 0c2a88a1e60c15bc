"""Letters that wait for the one before them: done in order, shown with their reason."""

from uuid import uuid4

from tests.case_svc.on_the_spot import (
    evidence,
    inspection,
    letter,
)
from tests.case_svc.proceedings import FIRST
from tests.case_svc.test_deliveries import PHOTO, deliver, states
from tests.case_svc.test_journal import chained


async def test_letters_that_overtook_one_another_in_one_delivery_wait_and_go(officer, case_letters):
    sent = chained(*await case_letters())
    assert states(await deliver(officer, *reversed(sent))) == ["held"] * 4 + ["applied"]
    assert states(await deliver(officer, *sent)) == ["applied"] * 5


async def test_a_letter_held_and_done_within_one_delivery_does_not_stay_among_the_held(
    officer, case_letters, chief_reads
):
    first, second, *_ = chained(*await case_letters())
    verdicts = await deliver(officer, second, first, second)
    assert states(verdicts) == ["held", "applied", "applied"]
    assert await chief_reads("held-letters", hours=0) == []


async def test_a_letter_after_a_rejected_one_waits_over_many_deliveries_and_no_other_subject_does(
    officer, county
):
    alone = inspection(county.plant, officers=[FIRST])
    refused, behind = (
        letter("inspection.record", alone),
        letter("evidence.declare", evidence(alone["id"], PHOTO)),
    )
    others = [letter("inspection.record", inspection(county.plant, ())) for _ in range(4)]
    sent = chained(refused, behind, *others)
    assert states(await deliver(officer, *sent[:3])) == ["rejected", "held", "applied"]
    for other in sent[3:]:
        assert states(await deliver(officer, sent[0], sent[1], other)) == [
            "rejected", "held", "applied",
        ]  # fmt: skip


async def test_a_letter_whose_predecessor_another_region_has_is_done(
    officer, as_officer, county, told
):
    first = letter("inspection.record", inspection(county.plant, ()), subject="moved")
    second = letter("inspection.record", inspection(county.plant, ()), subject="moved")
    first, second = chained(first, second)
    await deliver(officer, first)
    moved = as_officer("1408", officer=FIRST)
    assert states(await deliver(moved, second)) == ["applied"]
    narrow = as_officer("140802", officer=FIRST)
    third = letter("nothing.known", {"id": "x"}, subject="moved") | {"after": first["id"]}
    (verdict,) = await deliver(narrow, third)
    assert verdict["problem"]["code"] == "letter-kind-unknown"


async def test_what_waits_for_more_than_a_day_is_shown_with_its_reason(
    officer, case_letters, chief_reads, postgres, as_officer
):
    _, second, *_ = chained(*await case_letters())
    await deliver(officer, second)
    assert await chief_reads("held-letters") == []
    postgres.execute("update case_svc.held_letter set held_since = now() - interval '25 hours'")
    await deliver(officer, second)
    (held,) = await chief_reads("held-letters")
    assert (held["id"], held["code"]) == (second["id"], "earlier-letter-waits")
    assert held["last_sent_at"] > held["held_since"]
    assert (held["name"], held["entity_id"]) == ("张岳", None)
    elsewhere = as_officer("140802", "section_chief")
    assert (await elsewhere.get("/v1/held-letters")).json()["items"] == []


async def test_of_what_waits_it_is_said_about_which_plant_it_is(
    officer, county, chief_reads, case_letters
):
    first, second, third, *_ = chained(*await case_letters())
    stranger = inspection(str(uuid4()))
    unknown = letter("inspection.record", stranger)
    behind = letter("evidence.declare", evidence(stranger["id"], PHOTO))
    await deliver(officer, first, third, unknown, behind)
    found = {one["id"]: one for one in await chief_reads("held-letters", hours=0)}
    said = {
        id_: (one["entity_id"], one["entity_name"], one["detail"] != one["title"])
        for id_, one in found.items()
    }
    assert said == {
        third["id"]: (county.plant, county.plant_name, False),
        unknown["id"]: (stranger["entity_id"], None, True),
        behind["id"]: (stranger["entity_id"], None, False),
    }
    # Alone it no longer says so: what was known stays.
    await deliver(officer, behind)
    found = {one["id"]: one for one in await chief_reads("held-letters", hours=0)}
    assert found[behind["id"]]["entity_id"] == stranger["entity_id"]
    assert second["id"] not in found


async def test_held_letters_come_in_pages(officer, county, chief):
    for _ in range(5):
        about = inspection(county.plant)
        await deliver(officer, letter("evidence.declare", evidence(about["id"], PHOTO)))
    seen, after = [], None
    while True:
        params = {"hours": 0, "limit": 2} | ({"after": after} if after else {})
        page = (await chief.get("/v1/held-letters", params=params)).json()
        seen += [one["id"] for one in page["items"]]
        if (after := page["next"]) is None:
            break
    assert len(set(seen)) == len(seen) == 5


async def test_what_is_decided_elsewhere_no_longer_waits_here(
    officer, as_officer, county, postgres
):
    about = inspection(county.plant)
    first, second = chained(
        letter("inspection.record", about),
        letter("evidence.declare", evidence(about["id"], PHOTO)),
    )
    await deliver(officer, second)
    prefecture = as_officer("1408", officer=FIRST)
    await deliver(prefecture, first, second)
    assert postgres.execute("select count(*) from case_svc.held_letter").fetchone() == (0,)
