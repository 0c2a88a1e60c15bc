"""Facts follow the feeds: again, anew, and from whatever the publisher has become."""

import psycopg
import pytest

from services.kpi_svc.facts import case as case_facts
from services.kpi_svc.facts import ledger as facts
from tests.kpi_svc.ledger_facts import (
    COMPLETENESS,
    ENTERED,
    ROSTER,
    enter_officer,
    enter_plant,
    listed,
    put,
)

TABLES = (
    "unit",
    "entity",
    "entity_tally",
    "officer",
    "roster_person",
    "planned_inspection",
    "penalty_case",
)


@pytest.fixture
def owner(place):
    """The database as its owner sees it."""
    with psycopg.connect(place.owner_url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def contents(owner):
    """Everything that is known, table by table."""

    def read():
        return {
            table: sorted(map(repr, owner.execute(f"select * from kpi_svc.{table}")))
            for table in TABLES
        }

    return read


@pytest.fixture
async def some_facts(office, catch_up):
    await enter_plant(office(), 1)
    await enter_plant(office(), 2, legal_rep="")
    await enter_officer(office(), "14088200001")
    await put(office(), ROSTER, listed("14088200001", "14088200002"))
    await catch_up()


async def test_repeating_a_page_changes_nothing(some_facts, ledger, client_of, contents, apply):
    before = contents()
    page = (
        await client_of(ledger, "14", "follower").get("/v1/feeds/ledger", params={"limit": 500})
    ).json()
    assert len(page["changes"]) > 4
    await apply(facts, *page["changes"])
    await apply(facts, *page["changes"])
    assert contents() == before


async def test_reading_a_feed_anew_after_a_restore_leaves_only_what_it_tells(
    some_facts, office, owner, figure
):
    await enter_plant(office(), 3)
    assert await figure(COMPLETENESS) == (2, 3)
    # A backup from before the third plant is put back: the counter stands where it did then.
    with owner.transaction():
        owner.execute("""
            with lost as (
                select subject from ledger_svc.change where position =
                    (select max(position) from ledger_svc.change where kind = 'entity.entered')
            ), gone as (delete from ledger_svc.entity where id::text in (select * from lost))
            delete from ledger_svc.change where subject in (select * from lost)""")
        owner.execute("update ledger_svc.feed_counter set epoch = gen_random_uuid()")
    assert await figure(COMPLETENESS) == (1, 2)
    assert await figure(ENTERED) == (0, 2)


async def test_a_plant_that_the_ledger_no_longer_has_is_forgotten(
    some_facts, figure, records, apply
):
    (missing,) = await records(COMPLETENESS, part="missing")
    gone = {"kind": "entity.removed", "subject": missing["id"], "state": None}
    await apply(facts, gone, gone)
    assert await figure(COMPLETENESS) == (1, 1)
    assert await records(COMPLETENESS, part="missing") == []


async def test_a_change_of_which_no_indicator_speaks_is_passed_over(some_facts, contents, apply):
    before = contents()
    await apply(facts, {"kind": "training.held", "subject": "x", "state": None})
    assert contents() == before


async def test_a_penalty_case_is_known_as_it_stands_and_nothing_of_its_money(apply, owner):
    told = {
        "region": "140882", "unit": "140882", "procedure": "ordinary@2021", "source": "inspection",
        "stage": "investigating", "inspection_id": None, "filed_on": "2026-03-03", "decided_on": None,
        "fine": 6_000_000, "outstanding": 6_000_000, "name": "某案", "entity_id": None,
    }  # fmt: skip
    subject = "5b0c1d8e-3f0a-4a55-9d0c-0a6f6f0d5a01"
    change = {
            "kind": "case.approve_filing", "subject": subject, "state": told,
            "made_at": "2026-03-03T01:00:00Z",
        }  # fmt: skip
    decided = {**change, "state": told | {"stage": "decided", "decided_on": "2026-04-01"}}
    await apply(case_facts, change, change, decided, decided)
    (row,) = owner.execute(
        "select stage, filed_on::text, decided_on::text from kpi_svc.penalty_case"
    )
    assert row == ("decided", "2026-03-03", "2026-04-01")
    columns = owner.execute(
        "select column_name from information_schema.columns where table_name = 'penalty_case'"
    )
    assert not {name for (name,) in columns} & {"fine", "outstanding"}
    await apply(case_facts, {"kind": "case.gone", "subject": subject, "state": None})
    assert list(owner.execute("select 1 from kpi_svc.penalty_case")) == []
