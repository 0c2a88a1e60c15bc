"""RFC 9457 problems: the only errors on the wire, and nothing of our inside in them."""

import asyncio
from uuid import uuid4

import asyncpg
import pytest
from fastapi import APIRouter, HTTPException
from sqlalchemy import text

from lawbook.entity import LedgerIncomplete
from services.kit.database import TheDatabase, Transaction
from services.kit.problems import Busy, Forbidden, NotFound, Problem, Unauthenticated
from tests.examples import training

SECRET = "password=hunter2"
TROUBLE = {
    "runtime": (RuntimeError(SECRET), 500, "broken"),
    "key": (KeyError(SECRET), 500, "broken"),
    "os": (OSError(SECRET), 500, "broken"),
    "connection": (ConnectionError(SECRET), 503, "busy"),
    "timeout": (TimeoutError(SECRET), 503, "busy"),
    "driver": (asyncpg.InterfaceError(SECRET), 503, "busy"),
    "refusal": (LedgerIncomplete("甲厂缺少：注册地址"), 409, "ledger-incomplete"),
    "forbidden": (Forbidden("不行"), 403, "forbidden"),
    "not-found": (NotFound(), 404, "not-found"),
    "nobody": (Unauthenticated(), 401, "unauthenticated"),
    "busy": (Busy(), 503, "busy"),
    "teapot": (HTTPException(418, "茶壶"), 418, "http-error"),
    "too-large": (HTTPException(413), 413, "too-large"),
}
STATEMENTS = {
    "select 1/0": (422, "malformed"),
    "select 'x'::int": (422, "malformed"),
    "insert into ledger_svc.unit select code, name, short_name, region, level from ledger_svc.unit": (409, "conflict"),
    "insert into ledger_svc.unit values ('2', 'x', 'x', '1501', 'county')": (403, "forbidden"),
    "delete from ledger_svc.unit": (403, "forbidden"),
    "select no_such_thing": (500, "broken"),
    "set local statement_timeout = 1; select pg_sleep(5)": (503, "busy"),
}  # fmt: skip


def ways_to_go_wrong() -> APIRouter:
    router = APIRouter()

    @router.get("/trouble/{kind}")
    async def trouble(kind: str) -> None:
        raise TROUBLE[kind][0]

    @router.post("/statements")
    async def sqlalchemy(statement: str, session: Transaction) -> None:
        for part in statement.split("; "):
            await session.execute(text(part))

    @router.post("/raw-statements")
    async def raw(statement: str, database: TheDatabase) -> None:
        from services.kit.claims import service_itself

        async with database.raw(service_itself("x", "1408")) as connection:
            await connection.execute(statement)

    return router


@pytest.fixture
async def client(make_app, client_of, owner):
    await owner.execute("insert into ledger_svc.unit values ('1408', 'x', 'x', '1408', 'city')")
    return client_of(await make_app(ways_to_go_wrong()), "1408")


def is_problem(answer, status, code):
    body = answer.json()
    assert (answer.status_code, body["status"], body["code"]) == (status, status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert body["type"] == f"/problems/{code}"
    assert body["trace"] == answer.headers["x-trace"]
    assert any("\u4e00" <= letter <= "\u9fff" for letter in body["title"])
    return body


@pytest.mark.parametrize("kind", TROUBLE)
async def test_whatever_goes_wrong_is_told_as_a_problem_without_our_inside(client, kind):
    answer = await client.get(f"/v1/trouble/{kind}")
    is_problem(answer, *TROUBLE[kind][1:])
    assert "hunter2" not in answer.text
    assert "Traceback" not in answer.text


async def test_a_refusal_of_the_law_names_the_article_and_the_next_step(client):
    body = (await client.get("/v1/trouble/refusal")).json()
    assert body["law"] == LedgerIncomplete.law
    assert body["next_step"] == LedgerIncomplete.next_step
    assert body["detail"] == "甲厂缺少：注册地址"


async def test_who_is_nobody_is_told_how_to_be_somebody(client):
    assert (await client.get("/v1/trouble/nobody")).headers["www-authenticate"] == "Bearer"


async def test_who_meets_us_busy_is_told_when_to_come_again(client):
    assert int((await client.get("/v1/trouble/busy")).headers["retry-after"]) > 0


@pytest.mark.parametrize("url", ["/v1/statements", "/v1/raw-statements"])
@pytest.mark.parametrize("statement", STATEMENTS)
async def test_what_postgresql_refuses_is_told_apart(client, url, statement):
    answer = await client.post(url, params={"statement": statement})
    body = is_problem(answer, *STATEMENTS[statement])
    assert not {"select", "insert", "unit", "policy"} & set(body["detail"].lower().split())


async def test_what_is_malformed_says_where_and_why(client):
    bad = training(hours="long", kind="magic", extra=1) | {"title": ""}
    del bad["held_on"]
    body = is_problem(await client.put("/v1/things/not-a-uuid", json=bad), 422, "malformed")
    assert {error["at"]: error["reason"] for error in body["errors"]} == {
        "/path/thing_id": "应为 UUID",
        "/body/title": "至少 1 个字",
        "/body/kind": "不在可选范围内",
        "/body/held_on": "缺少此项",
        "/body/hours": "内容不正确",
        "/body/extra": "不认识的字段",
    }


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'"x"', b"1e999"])
async def test_a_body_that_is_no_object_is_malformed(client, content):
    answer = await client.put(
        f"/v1/things/{uuid4()}", content=content, headers={"content-type": "application/json"}
    )
    is_problem(answer, 422, "malformed")


async def test_a_text_with_nul_is_malformed_and_not_broken(client):
    answer = await client.put(f"/v1/things/{uuid4()}", json=training(title="a\x00b"))
    is_problem(answer, 422, "malformed")


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [("GET", "/v1/nothing", 404, "not-found"), ("DELETE", "/v1/things", 405, "http-error")],
)
async def test_what_is_not_here_is_a_problem_too(client, method, path, status, code):
    is_problem(await client.request(method, path), status, code)


async def test_a_pool_that_is_empty_is_busy_and_recovers(make_app, client_of, place):
    """Connections killed by PostgreSQL are told as busy at worst, and the next request is served."""
    app = await make_app()
    client = client_of(app, "1408")
    await asyncio.gather(*(client.get("/v1/things") for _ in range(4)))
    killer = await asyncpg.connect(place.owner_url)
    await killer.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'ledger_svc' and datname = $1",
        place.name,
    )  # fmt: skip
    await killer.close()
    statuses = [(await client.get("/v1/things")).status_code for _ in range(12)]
    assert set(statuses) <= {200, 503}
    assert statuses[-1] == 200


def test_every_problem_has_its_own_code_and_a_title_in_chinese():
    kinds, todo = [], [Problem]
    while todo:
        for kind in todo.pop().__subclasses__():
            todo.append(kind)
            kinds.append(kind)
    own = [kind for kind in kinds if "code" in vars(kind)]
    assert len({kind.code for kind in own}) == len(own)
    assert all(any("\u4e00" <= letter <= "\u9fff" for letter in kind.title) for kind in own)
