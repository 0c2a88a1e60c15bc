"""Indicators 1 to 3, over what the real ledger_svc tells."""

from uuid import uuid4

import pytest

from tests.examples import account, entity_values, officer, training
from tests.kpi_svc.ledger_facts import (
    COMPLETENESS,
    ENTERED,
    ROSTER,
    TRAINED,
    enter_officer,
    enter_plant,
    listed,
    put,
)


async def test_plants_with_nothing_missing_count(office, figure):
    await enter_plant(office(), 1)
    await enter_plant(office(), 2, legal_rep="")
    assert await figure(COMPLETENESS) == (1, 2)


async def test_a_plant_that_is_completed_moves_into_the_numerator(office, figure):
    id_ = await enter_plant(office(), 1, legal_rep="")
    assert await figure(COMPLETENESS) == (0, 1)
    await enter_plant(office(), 1, id_=id_)
    assert await figure(COMPLETENESS) == (1, 1)


@pytest.mark.parametrize("ceased", ["关闭", "注销", "迁出"])
async def test_a_plant_that_has_ceased_leaves_the_figure(office, figure, records, ceased):
    id_ = await enter_plant(office(), 1)
    await enter_plant(office(), 2)
    assert await figure(COMPLETENESS) == (2, 2)
    await enter_plant(office(), 1, id_=id_, op_status=ceased)
    assert await figure(COMPLETENESS) == (1, 1)
    assert id_ not in [record["id"] for record in await records(COMPLETENESS)]


async def test_when_every_plant_has_ceased_there_is_no_figure(office, figure):
    id_ = await enter_plant(office(), 1)
    await enter_plant(office(), 1, id_=id_, op_status="关闭")
    assert await figure(COMPLETENESS) == (None, None)


async def test_a_plant_that_moves_to_another_county_is_counted_there(office, figure):
    id_ = await enter_plant(office("1408"), 1)
    assert await figure(COMPLETENESS, "140882") == (1, 1)
    await enter_plant(office("1408"), 1, id_=id_, division_code="140802001")
    assert await figure(COMPLETENESS, "140882") == (None, None)
    assert await figure(COMPLETENESS, "140802") == (1, 1)


async def test_a_record_says_what_is_missing(office, records):
    await enter_plant(office(), 1, legal_rep="", contact_phone="")
    (record,) = await records(COMPLETENESS, part="missing")
    assert record["title"] == entity_values(1)["ent_name"]
    assert record["detail"] == "缺 法定代表人（负责人）、联系电话"
    assert (record["kind"], record["counted"], record["unit"]) == ("entity", False, "140882")


async def test_an_officer_counts_when_entered_valid_and_with_an_account(office, figure, records):
    await put(office(), ROSTER, listed("14088200001", "14088200002", "14088200003", "14088200004"))
    counted = await enter_officer(office(), "14088200001")
    await put(office(), f"/v1/accounts/{uuid4()}", account(officer_id=counted))
    await enter_officer(office(), "14088200002")
    cancelled = officer()["certificate"] | {"number": "14088200003", "state": "cancelled"}
    await enter_officer(office(), "14088200003", certificate=cancelled)
    assert await figure(ENTERED) == (1, 4)
    told = {record["title"]: record["detail"] for record in await records(ENTERED)}
    assert told == {
        "人员1（14088200001）": "已录入，执法证有效，帐号已启用",
        "人员2（14088200002）": "帐号未启用",
        "人员3（14088200003）": "执法证已过期或未处于有效状态，帐号未启用",
        "人员4（14088200004）": "未录入",
    }
    (record,) = await records(ENTERED, part="counted")
    assert (record["id"], record["kind"]) == (counted, "officer")


async def test_a_certificate_past_its_day_does_not_count(office, figure):
    await put(office(), ROSTER, listed("14088200001"))
    expired = officer()["certificate"] | {"issued_on": "2019-01-01", "valid_until": "2024-01-01"}
    id_ = await enter_officer(office(), "14088200001", certificate=expired)
    await put(office(), f"/v1/accounts/{uuid4()}", account(officer_id=id_))
    assert await figure(ENTERED) == (0, 1)


async def test_an_account_that_is_closed_no_longer_counts(office, figure):
    await put(office(), ROSTER, listed("14088200001"))
    id_, account_id = await enter_officer(office(), "14088200001"), uuid4()
    await put(office(), f"/v1/accounts/{account_id}", account(officer_id=id_))
    assert await figure(ENTERED) == (1, 1)
    closing = account(officer_id=id_) | {"active": False}
    await put(office(), f"/v1/accounts/{account_id}", closing)
    assert await figure(ENTERED) == (0, 1)


async def test_an_officer_of_another_unit_does_not_count_for_this_one(office, figure):
    await put(office(), ROSTER, listed("14088200001"))
    await enter_officer(office("1408"), "14088200001", unit="140802", region="140802")
    assert await figure(TRAINED) == (0, 1)
    assert await figure(TRAINED, region="140882") == (0, 1)


async def test_whoever_leaves_the_roster_leaves_the_figure(office, figure):
    await put(office(), ROSTER, listed("14088200001", "14088200002"))
    assert await figure(ENTERED) == (0, 2)
    await put(office(), ROSTER, listed("14088200002"))
    assert await figure(ENTERED) == (0, 1)


async def test_a_training_counts_in_the_year_in_which_it_was_held(office, figure, records):
    await put(office(), ROSTER, listed("14088200001", "14088200002"))
    await put(office(), "/v1/officer-rosters/140882/2025", listed("14088200001"))
    id_ = await enter_officer(office(), "14088200001")
    await enter_officer(office(), "14088200002")
    await put(office(), f"/v1/trainings/{uuid4()}", training(attended=[id_]))
    assert await figure(TRAINED) == (1, 2)
    assert await figure(TRAINED, year=2025) == (0, 1)
    (record,) = await records(TRAINED, part="missing")
    assert record["detail"] == "未参加系统培训"


async def test_a_training_of_another_kind_does_not_count(office, figure):
    await put(office(), ROSTER, listed("14088200001"))
    id_ = await enter_officer(office(), "14088200001")
    await put(office(), f"/v1/trainings/{uuid4()}", training(attended=[id_], kind="law"))
    assert await figure(TRAINED) == (0, 1)


async def test_without_a_roster_there_is_no_figure(office, figure):
    await enter_officer(office(), "14088200001")
    assert await figure(ENTERED) == (None, None)
    assert await figure(TRAINED) == (None, None)
