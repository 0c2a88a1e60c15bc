"""The pull: a snapshot, then its tail, each with a trailer that proves the whole."""

import asyncio
import hashlib
import json
import tracemalloc
from uuid import uuid4

import pytest

from tests.examples import training

URL = "/v1/pulls/things"


async def enter(app, client_of, region="140882", **changes):
    id_ = str(uuid4())
    body = training(region=region, **changes)
    assert (await client_of(app, region).put(f"/v1/things/{id_}", json=body)).status_code == 200
    return id_


def proven(content: bytes):
    """Rows and next cursor of a pull whose trailer holds."""
    body, _, last = content.rstrip(b"\n").rpartition(b"\n")
    body = body + b"\n" if body else b""
    trailer = json.loads(last)
    assert trailer["end"] is True
    assert trailer["sha256"] == hashlib.sha256(body).hexdigest()
    rows = [json.loads(line) for line in body.splitlines()]
    assert trailer["rows"] == len(rows)
    return rows, trailer["next"]


async def pull(client, after=None):
    answer = await client.get(URL, params={"after": after} if after else {})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/x-ndjson")
    return proven(answer.content)


async def test_a_snapshot_then_only_what_changed(app, client_of):
    city = client_of(app, "1408")
    first_ids = {await enter(app, client_of) for _ in range(3)}
    rows, after = await pull(city)
    assert {row["id"] for row in rows} == first_ids
    assert await pull(city, after) == ([], after)
    later = await enter(app, client_of, title="后来的培训")
    rows, _ = await pull(city, after)
    assert rows == [{"id": later, "title": "后来的培训"}]


async def test_an_empty_region_pulls_a_trailer_alone(app, client_of):
    assert (await pull(client_of(app, "1407")))[0] == []


async def test_a_county_pulls_its_own(app, client_of):
    mine = await enter(app, client_of, "140882")
    await enter(app, client_of, "140802")
    rows, after = await pull(client_of(app, "140882"))
    assert [row["id"] for row in rows] == [mine]
    await enter(app, client_of, "140802")
    assert (await pull(client_of(app, "140882"), after))[0] == []


async def test_a_subject_that_changed_often_comes_once_in_its_latest_state(app, client_of, owner):
    city, id_ = client_of(app, "1408"), await enter(app, client_of)
    _, after = await pull(city)
    for title in ("一", "二", "三"):
        await owner.execute("update ledger_svc.training set title = $1", title)
        await owner.execute(
            """insert into ledger_svc.change (kind, subject, region, officer)
            values ('training.changed', $1, '140882', 'x')""", id_,
        )  # fmt: skip
    assert (await pull(city, after))[0] == [{"id": id_, "title": "三"}]


async def test_a_row_that_left_comes_as_removed(app, client_of, owner):
    """As when a plant moves to another county: the old one is told to forget it."""
    id_ = await enter(app, client_of)
    county = client_of(app, "140882")
    _, after = await pull(county)
    await owner.execute("update ledger_svc.training set region = '140802'")
    await owner.execute(
        """insert into ledger_svc.change (kind, subject, region, officer)
        values ('training.left', $1, '140882', 'x')""", id_,
    )  # fmt: skip
    assert (await pull(county, after))[0] == [{"id": id_, "removed": True}]


@pytest.mark.parametrize(
    "title", ['引号"逗号,', "换行\n制表\t", "反斜线\\n", "\x01\x02", "😀", "\\."]
)
async def test_whatever_a_text_holds_a_line_is_one_line_of_json(app, client_of, owner, title):
    id_ = await enter(app, client_of)
    await owner.execute("update ledger_svc.training set title = $1", title)
    assert (await pull(client_of(app, "1408")))[0] == [{"id": id_, "title": title}]


async def test_what_comes_while_a_pull_runs_is_in_the_next_tail_and_not_in_this(
    app, client_of, owner
):
    await fill(owner, 20_000)
    stream = Stream(app, client_of(app, "1408").headers["authorization"])
    await stream.first_chunk()
    late = await enter(app, client_of)
    rows, after = proven(await stream.rest())
    assert len(rows) == 20_000
    tail, _ = await pull(client_of(app, "1408"), after)
    assert [row["id"] for row in tail] == [late]


@pytest.mark.parametrize("after", ["x", "%%%", "a" * 400])
async def test_a_cursor_that_is_none_is_refused_before_the_first_byte(app, client_of, after):
    answer = await client_of(app, "1408").get(URL, params={"after": after})
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")


async def test_a_cursor_of_another_epoch_is_gone(app, client_of, owner):
    _, after = await pull(client_of(app, "1408"))
    await owner.execute("update ledger_svc.feed_counter set epoch = gen_random_uuid()")
    answer = await client_of(app, "1408").get(URL, params={"after": after})
    assert (answer.status_code, answer.json()["code"]) == (410, "cursor-expired")


class Stream:
    """A reader over ASGI that takes the first chunk and then nothing more, until told."""

    def __init__(self, app, authorization):
        self.chunks: list[bytes] = []
        self._taken, self._go_on, self._gone = (asyncio.Event() for _ in range(3))
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "method": "GET", "path": URL,
            "raw_path": URL.encode(), "query_string": b"", "scheme": "http", "http_version": "1.1",
            "headers": [(b"authorization", authorization.encode())], "client": None, "server": None,
        }  # fmt: skip
        self.task = asyncio.create_task(app(scope, self._receive, self._send))

    async def _receive(self):
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message):
        if chunk := message.get("body", b""):
            self.chunks.append(chunk)
            self._taken.set()
            await self._go_on.wait()

    async def first_chunk(self):
        await self._taken.wait()

    async def rest(self) -> bytes:
        self._go_on.set()
        await self.task
        return b"".join(self.chunks)

    async def leave(self):
        self._gone.set()
        await self.task


async def fill(owner, rows: int, title: int = 2_000):
    await owner.execute(
        """insert into ledger_svc.training (id, fingerprint, region, title, kind, held_on, hours)
        select gen_random_uuid(), '', '140882', repeat('x', $2), 'law', '2026-01-01', 1
        from generate_series(1, $1)""", rows, title,
    )  # fmt: skip


WAITS = "select count(*) from pg_stat_activity where usename = 'ledger_svc' and wait_event = 'ClientWrite'"
BUSY = """select count(*) from pg_stat_activity
    where usename = 'ledger_svc' and datname = current_database() and state <> 'idle'"""


async def until(owner, query: str, count: int):
    while await owner.fetchval(query) != count:
        await asyncio.sleep(0.02)


async def test_a_slow_reader_holds_postgresql_back_and_memory_stays_small(app, client_of, owner):
    await fill(owner, 20_000)
    tracemalloc.start()
    try:
        stream = Stream(app, client_of(app, "1408").headers["authorization"])
        await stream.first_chunk()
        # PostgreSQL itself waits for us to read: what is under way is all that will ever be held.
        await until(owner, WAITS + " and datname = current_database()", 1)
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    content = await stream.rest()
    assert len(proven(content)[0]) == 20_000
    assert len(content) > 40_000_000 > 5 * held


async def test_a_reader_who_leaves_gives_the_connection_back(make_app, client_of, owner):
    app = await make_app(pool_size=1)
    await fill(owner, 20_000)
    stream = Stream(app, client_of(app, "1408").headers["authorization"])
    await stream.first_chunk()
    await stream.leave()
    await until(owner, BUSY, 0)
    assert (await client_of(app, "1408").get("/v1/things")).json() == {"count": 20_000}
