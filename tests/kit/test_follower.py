"""Following: in order, at least once, the position kept with what was applied."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import uuid4

import asyncpg
import httpx
import pytest
from sqlalchemy import text

from services.case_svc.rows import FollowedFeedRow
from services.kit.claims import service_itself
from services.kit.database import Database
from services.kit.follower import Follower
from services.kit.settings import ServiceSettings
from tests.examples import training


@pytest.fixture
def following_place(new_database):
    """Where the follower keeps what it saw: another database, as in another service."""
    return new_database("case_svc")


@pytest.fixture
async def seen(following_place):
    """An owner's connection to the table of what was applied, in the order of applying."""
    connection = await asyncpg.connect(following_place.owner_url)
    await connection.execute(
        """create table case_svc.seen (at serial primary key, position int unique, subject text);
        grant select, insert, delete on case_svc.seen to case_svc;
        grant usage on sequence case_svc.seen_at_seq to case_svc"""
    )
    yield connection
    await connection.close()


@pytest.fixture
async def database(following_place, keys, folders):
    made = Database(
        ServiceSettings(
            database_url=following_place.url("case_svc"), claims_public_key=keys.public, **folders
        )
    )
    yield made
    await made.close()


async def keep(session, change):
    """Apply a change; the table refuses one that was applied before."""
    await session.execute(
        text("insert into case_svc.seen (position, subject) values (:position, :subject)"),
        {"position": change["position"], "subject": change["subject"]},
    )


async def forget(session):
    await session.execute(text("delete from case_svc.seen"))


@pytest.fixture
def follow(database, seen, app, client_of) -> Callable[..., Follower]:
    """A follower of the small service's feed."""

    def make(apply=keep, publisher=None) -> Follower:
        publisher = publisher or client_of(app, "14", "follower")
        return Follower(
            "case_svc", "things", publisher, database, FollowedFeedRow, apply, forget
        )  # fmt: skip

    return make


@pytest.fixture
def enter(app, client_of):
    async def several(count: int) -> list[str]:
        ids = [str(uuid4()) for _ in range(count)]
        for id_ in ids:
            answer = await client_of(app, "140882").put(f"/v1/things/{id_}", json=training())
            assert answer.status_code == 200
        return ids

    return several


async def subjects(seen) -> list[str]:
    return [
        row["subject"] for row in await seen.fetch("select subject from case_svc.seen order by at")
    ]


async def test_what_was_published_is_applied_in_order_and_once(follow, enter, seen):
    ids = await enter(5)
    await follow().catch_up()
    await follow().catch_up()
    more = await enter(2)
    await follow().catch_up()
    assert await subjects(seen) == ids + more


async def test_a_change_that_cannot_be_applied_holds_the_position_and_comes_again(
    follow, enter, seen
):
    ids, broken = await enter(4), True

    async def stumble(session, change):
        if broken and change["subject"] == ids[2]:
            raise RuntimeError("killed in the middle")
        await keep(session, change)

    follower = follow(stumble)
    with pytest.raises(RuntimeError):
        await follower.catch_up()
    assert await subjects(seen) == []
    broken = False
    await follower.catch_up()
    assert await subjects(seen) == ids


async def test_two_processes_apply_each_change_once(follow, enter, seen):
    ids = await enter(20)
    # Were a change applied twice, the table would refuse it and one of them would fail.
    await asyncio.gather(*(follow().catch_up() for _ in range(4)))
    assert await subjects(seen) == ids


async def test_two_processes_follow_while_it_is_written(follow, enter, seen):
    done = asyncio.Event()

    async def steadily(follower):
        while not done.is_set():
            await follower.follow_once()

    tasks = [asyncio.create_task(steadily(follow())) for _ in range(2)]
    ids = [id_ for _ in range(5) for id_ in await enter(3)]
    done.set()
    await asyncio.gather(*tasks)
    await follow().catch_up()
    assert await subjects(seen) == ids


async def test_after_a_restore_the_mirror_is_emptied_and_read_anew(follow, enter, seen, owner):
    ids = await enter(3)
    await follow().catch_up()
    await owner.execute("update ledger_svc.feed_counter set epoch = gen_random_uuid()")
    await owner.execute("delete from ledger_svc.change where subject = $1", ids[2])
    await follow().catch_up()
    assert await subjects(seen) == ids[:2]


async def test_a_publisher_that_is_away_or_answers_wrongly_only_delays(
    follow, enter, seen, app, token
):
    """Connection refused, a 503, half an answer, then itself."""
    ids, weather = await enter(3), ["refused", "503", "half", "401"]
    inner = httpx.ASGITransport(app)

    async def transport(request: httpx.Request) -> httpx.Response:
        match weather.pop(0) if weather else "fair":
            case "refused":
                raise httpx.ConnectError("away", request=request)
            case "503":
                return httpx.Response(503)
            case "401":
                return httpx.Response(401)
            case "half":
                return httpx.Response(200, content=b'{"changes": [')
        return await inner.handle_async_request(request)

    publisher = httpx.AsyncClient(
        transport=_Transport(transport), base_url="http://ledger_svc",
        headers={"authorization": f"Bearer {token('14', 'follower')}"},
    )  # fmt: skip
    async with publisher, follow(publisher=publisher).running(0.001):
        while await subjects(seen) != ids:
            await asyncio.sleep(0.01)
    assert weather == []


class _Transport(httpx.AsyncBaseTransport):
    def __init__(self, handle: Callable[[httpx.Request], Awaitable[httpx.Response]]) -> None:
        self._handle = handle

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await self._handle(request)


async def test_a_service_that_ends_stops_following(follow, enter, seen):
    async with follow().running(0.001):
        await enter(1)
        while not await subjects(seen):
            await asyncio.sleep(0.01)
    await enter(1)
    names = {task.get_name() for task in asyncio.all_tasks()}
    assert "case_svc follows things" not in names
    assert len(await subjects(seen)) == 1


async def test_a_follower_sees_every_region(follow, app, client_of, seen):
    for region in ("140802", "140882", "140800KFQ"):
        await client_of(app, region).put(f"/v1/things/{uuid4()}", json=training(region=region))
    await follow().catch_up()
    assert len(await subjects(seen)) == 3


async def test_a_position_is_not_scoped_away(follow, enter, database):
    await enter(1)
    await follow().catch_up()
    async with database.transaction(service_itself("case_svc")) as session:
        assert await session.get(FollowedFeedRow, "things") is not None
