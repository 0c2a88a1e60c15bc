"""What goes through the door, and what does not: the same, together and apart."""

import asyncio
from pathlib import Path

import httpx
import pytest

from tests.gateway.conftest import answer, within

MB = 1 << 20


def resident() -> int:
    """This process's memory, in bytes."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    raise AssertionError("no VmRSS")


async def test_a_request_arrives_as_it_was_sent(officer, token):
    given = await officer.put(
        "/v1/entities/%E6%B2%B3%E6%B4%A5?q=%E5%8E%82&after=a%2Bb", json={"name": "津"},
        headers={"x-anything": "kept", "accept-language": "zh"},
    )  # fmt: skip
    told = given.json()
    assert (told["method"], told["path"]) == ("PUT", "/v1/entities/河津")
    assert told["raw_path"] == "/v1/entities/%E6%B2%B3%E6%B4%A5"
    assert told["query"] == "q=%E5%8E%82&after=a%2Bb"
    assert told["body"].encode("latin-1").decode() == '{"name":"津"}'
    headers = dict(told["headers"])
    assert headers["x-anything"] == "kept"
    assert headers["authorization"] == officer.headers["authorization"]
    assert headers["content-length"] == str(len(told["body"]))
    assert headers["host"] == officer.base_url.netloc.decode()


async def test_a_service_has_to_look_at_the_token_for_itself(officer):
    assert (await officer.get("/v1/me")).json()["claims"] is False


async def test_one_trace_runs_through_and_is_told_once(officer):
    trace = "0af7651916cd43dd8448eb211c80319c"
    given = await officer.get("/v1/me", headers={"traceparent": f"00-{trace}-b7ad6b7169203331-01"})
    assert given.headers.get_list("x-trace") == [trace]
    handed_on = [value for name, value in given.json()["headers"] if name == "traceparent"]
    assert [value.split("-")[1] for value in handed_on] == [trace]


async def test_a_trace_is_made_where_none_came(officer):
    given = await officer.get("/v1/me")
    (handed_on,) = (value for name, value in given.json()["headers"] if name == "traceparent")
    assert given.headers.get_list("x-trace") == [handed_on.split("-")[1]]


async def test_an_answer_comes_back_as_it_was_given(officer, upstream):
    async def refuse(scope, receive, send):
        body = '{"code":"too-few-officers","title":"人数不足"}'.encode()
        kept = [
            (b"content-type", b"application/problem+json"),
            (b"set-cookie", b"a=1"),
            (b"set-cookie", b"b=2"),
        ]
        await answer(send, body, kept, 409)

    upstream.act = refuse
    given = await officer.put("/v1/inspections/1", json={})
    assert given.status_code == 409
    assert given.json() == {"code": "too-few-officers", "title": "人数不足"}
    assert given.headers.get_list("content-length") == [str(len(given.content))]
    assert given.headers.get_list("set-cookie") == ["a=1", "b=2"]
    assert given.headers["content-type"] == "application/problem+json"


async def test_compressed_bytes_stay_as_they_are(officer, upstream):
    async def compressed(scope, receive, send):
        await answer(send, b"\x1f\x8bnot really", [(b"content-encoding", b"gzip")])

    upstream.act = compressed
    async with officer.stream("GET", "/v1/packs") as given:
        assert b"".join([part async for part in given.aiter_raw()]) == b"\x1f\x8bnot really"
        assert given.headers["content-encoding"] == "gzip"


async def test_head_tells_the_length_and_sends_nothing(officer, upstream):
    async def head(scope, receive, send):
        assert scope["method"] == "HEAD"
        length = [(b"content-length", b"5000"), (b"upload-offset", b"17")]
        await send({"type": "http.response.start", "status": 200, "headers": length})
        await send({"type": "http.response.body", "body": b""})

    upstream.act = head
    for _ in range(2):  # the second one over the same connection
        given = await officer.head("/v1/files/1")
        assert (given.headers["content-length"], given.content) == ("5000", b"")
        assert given.headers["upload-offset"] == "17"


async def test_an_answer_without_a_body_has_none(officer, upstream):
    async def nothing(scope, receive, send):
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    upstream.act = nothing
    for _ in range(2):
        given = await officer.patch("/v1/files/1", content=b"abc")
        assert (given.status_code, given.content) == (204, b"")


async def test_an_answer_is_passed_on_before_it_is_whole(officer, upstream):
    arrived = asyncio.Event()

    async def in_two_parts(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"first", "more_body": True})
        await within(arrived)
        await send({"type": "http.response.body", "body": b"second"})

    upstream.act = in_two_parts
    async with officer.stream("GET", "/v1/pulls/entities") as given:
        parts = given.aiter_raw()
        assert await anext(parts) == b"first"
        arrived.set()
        assert await anext(parts) == b"second"


async def test_a_body_is_passed_on_before_it_is_whole(officer, upstream):
    arrived = asyncio.Event()

    async def first_then_rest(scope, receive, send):
        body = (await receive())["body"]
        arrived.set()
        while (message := await receive()).get("more_body", False):
            body += message["body"]
        await answer(send, body + message.get("body", b""))

    async def parts():
        yield b"first"
        await within(arrived)
        yield b"second"

    upstream.act = first_then_rest
    given = await officer.patch("/v1/files/1", content=parts())
    assert given.content == b"firstsecond"


async def test_a_large_upload_costs_no_memory(officer, upstream):
    highest, size, part = 0, 64 * MB, bytes(MB // 4)

    async def count(scope, receive, send):
        nonlocal highest
        total, more = 0, True
        while more:
            message = await receive()
            total += len(message.get("body", b""))
            more = message.get("more_body", False)
            highest = max(highest, resident())
        await answer(send, str(total).encode())

    async def parts(amount):
        for _ in range(amount // len(part)):
            yield part

    upstream.act = count
    # Once in small, so that what the machinery itself needs is there before it is measured.
    await officer.patch("/v1/files/1", content=parts(8 * MB))
    before = resident()
    given = await officer.patch("/v1/files/1", content=parts(size))
    assert given.text == str(size)
    assert highest - before < size // 4


async def test_who_leaves_in_the_middle_of_an_answer_ends_it(officer, upstream):
    ended = asyncio.Event()

    async def endless(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})

        async def speak():
            while True:
                await send({"type": "http.response.body", "body": b"more", "more_body": True})
                await asyncio.sleep(0.01)

        speaking = asyncio.create_task(speak())
        while (await receive())["type"] != "http.disconnect":
            pass
        speaking.cancel()
        ended.set()

    upstream.act = endless
    async with officer.stream("GET", "/v1/pulls/entities") as given:
        await anext(given.aiter_raw())
    await within(ended)


async def test_who_leaves_before_the_answer_ends_the_work(door, browser, upstream):
    begun, ended = asyncio.Event(), asyncio.Event()

    async def slow(scope, receive, send):
        begun.set()
        while (await receive())["type"] != "http.disconnect":
            pass
        ended.set()

    upstream.act = slow
    client = await browser(door)
    asking = asyncio.create_task(client.put("/v1/entities/1", json={}))
    await within(begun)
    asking.cancel()
    await within(ended)
    upstream.act = upstream.tell
    assert (await client.get("/v1/me")).status_code == 200


async def test_who_leaves_in_the_middle_of_a_body_has_sent_no_whole_one(door, browser, upstream):
    begun, ended, whole = asyncio.Event(), asyncio.Event(), []

    async def read(scope, receive, send):
        while (message := await receive())["type"] != "http.disconnect":
            begun.set()
            if not message.get("more_body", False):
                whole.append(message)
                break
        ended.set()

    async def parts():
        yield b"first"
        await asyncio.sleep(20)

    upstream.act = read
    client = await browser(door)
    asking = asyncio.create_task(client.patch("/v1/files/1", content=parts()))
    await within(begun)
    asking.cancel()
    await within(ended)
    assert not whole


@pytest.mark.parametrize(
    "path",
    [
        "/v1", "/v1/", "/v1/nothing", "/v1/feeds/ledger", "/v1/feeds/case", "/v1/pulls",
        "/v1/pulls/indicators/x", "/v1/pulls/feeds", "/v1//entities", "/v1/entities/", "/v1/entities//1",
        "/v1/entities/../feeds/ledger", "/v1/entities/%2e%2e/feeds/ledger", "/v1/entities%2F..%2Ffeeds/ledger",
        "/v1/entities/..%5cfeeds", "/v1/entities/%00", "/v1/entities/a%0d%0ab", "/v1/%66eeds/ledger",
        "/v1%2Ffeeds%2Fledger",
    ],
)  # fmt: skip
async def test_what_is_no_resource_is_not_found(door, browser, upstream, token, path):
    # Spoken by hand: a client library would tidy the path up.
    where = httpx.URL(door)
    reader, writer = await asyncio.open_connection(where.host, where.port)
    head = f"GET {path} HTTP/1.1\r\nhost: zhifa\r\nconnection: close\r\nauthorization: Bearer {token('140882')}\r\n\r\n"
    writer.write(head.encode())
    given = await reader.read()
    writer.close()
    assert given.startswith(b"HTTP/1.1 404 ")
    assert b"application/problem+json" in given
    assert not upstream.seen


@pytest.mark.parametrize("authorization", [None, "", "Bearer", "Bearer x.y.z", "Basic YTpi"])
async def test_nobody_is_let_in_without_a_token(nobody, upstream, authorization):
    headers = {} if authorization is None else {"authorization": authorization}
    given = await nobody.get("/v1/entities", headers=headers)
    assert given.status_code == 401
    assert given.headers["www-authenticate"] == "Bearer"
    assert given.headers["content-type"] == "application/problem+json"
    problem = given.json()
    assert (problem["code"], problem["next_step"]) == ("unauthenticated", "请重新登录")
    assert problem["trace"] == given.headers["x-trace"]
    assert not upstream.seen


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/v1/oauth/token"), ("POST", "/v1/oauth/revoke"), ("OPTIONS", "/v1/files")],
)
async def test_signing_in_needs_no_token(nobody, method, path):
    given = await nobody.request(method, path)
    assert (given.status_code, given.json()["path"]) == (200, path)


@pytest.mark.parametrize(("method", "path"), [("POST", "/v1/files"), ("OPTIONS", "/v1/entities")])
async def test_what_is_open_is_open_to_its_own_method_alone(nobody, method, path):
    assert (await nobody.request(method, path)).status_code == 401
