"""Committed before the answer: 2xx means stored."""

import asyncio
from uuid import uuid4

import asyncpg
import httpx
import pytest
from sqlalchemy import text

from services.kit.claims import service_itself
from tests.examples import training

REFUSE_AT_COMMIT = """
create function ledger_svc.refuse() returns trigger language plpgsql as $$
begin raise exception 'the commit fails'; end $$;
create constraint trigger refuse after insert on ledger_svc.training
    deferrable initially deferred for each row execute function ledger_svc.refuse()"""
COUNT = "select count(*) from ledger_svc.training"


async def test_a_commit_that_fails_has_not_answered_well(app, client_of, owner):
    await owner.execute(REFUSE_AT_COMMIT)
    answer = await client_of(app, "140882").put(f"/v1/things/{uuid4()}", json=training())
    assert answer.status_code == 500
    assert "the commit fails" not in answer.text
    assert await owner.fetchval(COUNT) == 0
    assert await owner.fetchval("select count(*) from ledger_svc.change") == 0


async def test_when_the_answer_begins_others_already_see_the_row(app, owner, token):
    """Not only in the end: at the moment the first byte of the answer leaves."""
    seen_at_start = []

    async def watched(scope, receive, send):
        async def look(message):
            if message["type"] == "http.response.start":
                seen_at_start.append(await owner.fetchval(COUNT))
            await send(message)

        await app(scope, receive, look)

    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(watched), base_url="http://zhifa"
    ) as client:
        client.headers["authorization"] = f"Bearer {token('140882')}"
        answer = await client.put(f"/v1/things/{uuid4()}", json=training())
    assert (answer.status_code, seen_at_start) == (200, [1])


async def test_an_error_after_the_write_undoes_it(make_app, client_of, owner):
    from fastapi import APIRouter

    from services.kit.database import Transaction

    router = APIRouter()

    @router.post("/half")
    async def half(session: Transaction) -> None:
        await session.execute(
            text("insert into ledger_svc.unit values ('1', 'x', 'x', '140882', 'county')")
        )
        raise RuntimeError("in the middle")

    answer = await client_of(await make_app(router), "140882").post("/v1/half")
    assert answer.status_code == 500
    assert await owner.fetchval("select count(*) from ledger_svc.unit") == 0


async def test_a_connection_that_the_server_closed_is_not_used_again(app, owner):
    database, me = app.state.database, service_itself("ledger_svc")
    async with database.raw(me) as connection:
        process = await connection.fetchval("select pg_backend_pid()")
    for used_again in range(2):
        await owner.execute("select pg_terminate_backend($1, 5000)", process)
        async with asyncio.timeout(30):
            while not connection.is_closed():
                await asyncio.sleep(0.01)
        if used_again:
            row = await database.call(me, "select pg_backend_pid() as process, $1 || $2 as me")
            assert (row["me"], row["process"] != process) == ("14ledger_svc", True)
        else:
            async with database.raw(me) as connection:
                process = await connection.fetchval("select pg_backend_pid()")


PROCESS = "select pg_backend_pid() as process"


async def by_raw(database, me) -> int:
    async with database.raw(me) as connection:
        return int(await connection.fetchval(PROCESS))


async def by_session(database, me) -> int:
    async with database.transaction(me) as session:
        return int((await session.execute(text(PROCESS))).scalar_one())


async def by_call(database, me) -> int:
    return int((await database.call(me, f"{PROCESS}, $1 || $2"))["process"])


@pytest.mark.parametrize("ask", [by_raw, by_session, by_call])
async def test_who_leaves_at_any_moment_leaves_no_open_transaction_to_the_next(
    make_app, place, ask
):
    database = (await make_app(pool_size=1)).state.database
    me = service_itself("ledger_svc")
    watcher = await asyncpg.connect(place.owner_url)
    for steps in range(120):
        leaving = asyncio.create_task(ask(database, me))
        for _ in range(steps):
            await asyncio.sleep(0)
        leaving.cancel()
        await asyncio.gather(leaving, return_exceptions=True)
        process = await ask(database, me)
        # In a transaction that somebody left it would only have set a savepoint, and commit nothing.
        state = await watcher.fetchval("select state from pg_stat_activity where pid = $1", process)
        assert state == "idle", steps
    await watcher.close()


async def test_a_transaction_that_nobody_goes_on_with_holds_nobody_up(app, settings, owner):
    """A process that hangs in the middle: what it had locked is free after `idle_seconds`."""
    from services.kit.database import Database

    hasty, me = Database(settings.replace(idle_seconds=0.2)), service_itself("ledger_svc")
    lock = "select pg_advisory_xact_lock(711)"

    async def hang() -> None:
        async with hasty.raw(me) as hanging:
            await hanging.execute(lock)
            async with asyncio.timeout(60), app.state.database.raw(me) as waiting:
                await waiting.execute(lock)
            await hanging.execute("select 1")

    with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError)):
        await hang()
    await hasty.close()
