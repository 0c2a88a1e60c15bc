"""Facts follow the feeds: again, anew, and from whatever the publisher has become."""

import psycopg
import pytest

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

TABLES = ("unit", "entity", "entity_tally", "officer", "roster_person", "planned_inspection")


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
