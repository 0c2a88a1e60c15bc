"""The feed: commit order, no gaps, nobody skipped, an epoch that ends."""

import asyncio
from uuid import uuid4

import asyncpg
import pytest

from services.kit.change_feed import Cursor
from tests.examples import training

URL = "/v1/feeds/things"


@pytest.fixture
def reader(app, client_of):
    return client_of(app, "1408", "follower")


async def enter(app, client_of, region="140882"):
    id_ = str(uuid4())
    answer = await client_of(app, region).put(f"/v1/things/{id_}", json=training(region=region))
    assert answer.status_code == 200
    return id_


async def read(reader, after=None, limit=500):
    answer = await reader.get(URL, params={"limit": limit} | ({"after": after} if after else {}))
    assert answer.status_code == 200, answer.text
    return answer.json()


def subjects(page):
    return [change["subject"] for change in page["changes"]]


WRITE = """insert into ledger_svc.change (kind, subject, region, officer)
    values ('training.held', $1, '140882', 'x')"""


async def writer(place, subject):
    """Somebody who has announced and has not committed."""
    connection = await asyncpg.connect(place.url("ledger_svc"))
    transaction = connection.transaction()
    await transaction.start()
    await connection.execute("select set_config('app.region', '14', true)")
    await connection.execute(WRITE, subject)
    return connection, transaction


async def test_a_slow_writer_is_never_skipped(place, reader):
    slow, slow_transaction = await writer(place, "slow")
    quick, quick_transaction = await writer(place, "quick")
    await quick_transaction.commit()
    first = await read(reader)
    assert subjects(first) == ["quick"]
    await slow_transaction.commit()
    assert subjects(await read(reader, first["next"])) == ["slow"]
    await asyncio.gather(slow.close(), quick.close())


async def test_an_idle_writer_holds_nobody_up(place, app, client_of, reader):
    idle, transaction = await writer(place, "idle")
    entered = [await enter(app, client_of) for _ in range(3)]
    assert subjects(await read(reader)) == entered
    await transaction.rollback()
    await idle.close()


async def test_a_writer_who_gives_up_leaves_no_gap(place, app, client_of, reader):
    connection, transaction = await writer(place, "given up")
    await enter(app, client_of)
    await transaction.rollback()
    await enter(app, client_of)
    assert [c["position"] for c in (await read(reader))["changes"]] == [1, 2]
    await connection.close()


async def test_positions_have_no_gaps_and_no_doubles_under_sixteen_writers(app, client_of, reader):
    async def several():
        for _ in range(5):
            await enter(app, client_of)

    reading, seen, after = True, [], None

    async def follow():
        nonlocal after
        while reading:
            page = await read(reader, after, limit=7)
            seen.extend(page["changes"])
            after = page["next"]

    following = asyncio.create_task(follow())
    await asyncio.gather(*(several() for _ in range(16)))
    reading = False
    await following
    while (page := await read(reader, after))["changes"]:
        seen.extend(page["changes"])
        after = page["next"]
    assert [change["position"] for change in seen] == list(range(1, 81))
    assert len({change["subject"] for change in seen}) == 80


async def test_a_change_and_its_row_are_there_together(app, client_of, owner):
    await asyncio.gather(*(enter(app, client_of) for _ in range(8)))
    stray = await owner.fetchval("""
        select count(*) from ledger_svc.change full join ledger_svc.training on subject = training.id::text
        where subject is null or training.id is null""")
    assert stray == 0


async def test_pages_join_without_loss(app, client_of, reader):
    entered = [await enter(app, client_of) for _ in range(5)]
    first = await read(reader, limit=2)
    second = await read(reader, first["next"], limit=2)
    third = await read(reader, second["next"], limit=2)
    assert [first["more"], second["more"], third["more"]] == [True, True, False]
    assert subjects(first) + subjects(second) + subjects(third) == entered
    assert (await read(reader, third["next"]))["next"] == third["next"]


async def test_a_county_reads_its_own_changes_and_its_cursor_passes_the_others(app, client_of):
    mine = await enter(app, client_of, "140882")
    await enter(app, client_of, "140802")
    county, city = client_of(app, "140882", "follower"), client_of(app, "1408", "follower")
    page = await read(county)
    assert subjects(page) == [mine]
    assert page["next"] == (await read(city))["next"]


async def test_a_cursor_from_before_a_restore_is_gone(app, client_of, reader, owner):
    await enter(app, client_of)
    after = (await read(reader))["next"]
    await owner.execute("update ledger_svc.feed_counter set epoch = gen_random_uuid()")
    answer = await reader.get(URL, params={"after": after})
    assert (answer.status_code, answer.json()["code"]) == (410, "cursor-expired")
    assert len((await read(reader))["changes"]) == 1


async def test_a_cursor_beyond_the_end_is_of_a_lost_future_and_gone(app, client_of, reader):
    await enter(app, client_of)
    place = Cursor.read((await read(reader))["next"])
    beyond = str(Cursor(place.epoch, place.position + 1))
    assert (await reader.get(URL, params={"after": beyond})).status_code == 410


@pytest.mark.parametrize("after", ["x", "????", "AAAA", "5L2g5aW9", "%00", "a" * 500, "eDox"])
async def test_a_cursor_that_is_none_is_malformed(reader, after):
    answer = await reader.get(URL, params={"after": after})
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")


async def test_without_the_permission_there_is_no_feed(app, client_of):
    assert (await client_of(app, "1408", "officer").get(URL)).status_code == 403
