"""A service in another process: what HTTP adds, and what happens when it is not there."""

import asyncio
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from deploy.web import free_port
from gateway.app import gateway_app
from tests.gateway.conftest import NAMES, answer, within

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
async def behind(upstream, serve, remote, settings, browser):
    """An officer's client of a gateway whose upstream is reached by URL."""
    url = await serve(gateway_app(dict.fromkeys(NAMES, remote(await serve(upstream))), settings))
    return await browser(url)


@pytest.fixture
async def nowhere(remote, serve, settings, browser):
    """An officer's client of a gateway whose upstreams are down."""
    down = remote(f"http://127.0.0.1:{free_port(0)}")
    return await browser(await serve(gateway_app(dict.fromkeys(NAMES, down), settings)))


async def test_a_service_that_is_down_is_a_problem_to_come_back_for(nowhere):
    for method in ("GET", "PUT"):
        body = {"name": "津"} if method == "PUT" else None
        given = await nowhere.request(method, "/v1/entities/1", json=body)
        assert given.status_code == 503
        assert int(given.headers["retry-after"]) > 0
        assert given.headers["content-type"] == "application/problem+json"
        problem = given.json()
        assert (problem["code"], problem["title"]) == ("busy", "系统繁忙，请稍后重试")
        assert given.headers.get_list("x-trace") == [problem["trace"]]


async def test_what_concerns_one_hop_stays_there(behind, upstream):
    async def hops(scope, receive, send):
        await upstream.tell(scope, receive, drop)
        told = [
            (b"connection", b"x-for-you, close"),
            (b"x-for-you", b"1"),
            (b"keep-alive", b"timeout=9"),
            (b"x-kept", b"1"),
        ]
        await answer(send, b"ok", told)

    async def drop(message):
        pass

    upstream.act = hops
    given = await behind.put(
        "/v1/entities/1", content=b"{}",
        headers={"connection": "x-mine, keep-alive", "x-mine": "1", "te": "trailers", "x-kept": "1"},
    )  # fmt: skip
    (seen,) = upstream.seen
    arrived = {name for name, _ in seen["headers"]}
    assert not arrived & {"x-mine", "te", "keep-alive"}
    assert "x-kept" in arrived
    assert not {"x-for-you", "keep-alive"} & set(given.headers)
    assert given.headers["x-kept"] == "1"


async def test_no_header_is_invented(behind):
    sent = {"host", "authorization", "x-only", "traceparent"}
    told = await behind.send(
        httpx.Request("GET", behind.base_url.join("/v1/me"), headers={
            "host": "zhifa", "authorization": behind.headers["authorization"], "x-only": "1",
        })
    )  # fmt: skip
    names = [name for name, _ in told.json()["headers"]]
    assert set(names) <= sent
    assert len(names) == len(set(names))


async def test_a_chunked_body_arrives_chunked_and_whole(behind):
    async def parts():
        for number in range(100):
            yield f"{number},".encode()

    told = (await behind.put("/v1/entities/1", content=parts())).json()
    assert told["body"] == "".join(f"{number}," for number in range(100))
    headers = dict(told["headers"])
    assert headers["transfer-encoding"] == "chunked"
    assert "content-length" not in headers


async def test_a_refusal_in_the_middle_of_a_body_reaches_the_caller(behind, upstream):
    async def refuse(scope, receive, send):
        await receive()
        await answer(send, b'{"code":"too-large"}', status=413)

    async def parts():
        for _ in range(256):
            yield bytes(1 << 16)

    upstream.act = refuse
    for _ in range(3):
        given = await behind.patch("/v1/files/1", content=parts())
        assert (given.status_code, given.json()) == (413, {"code": "too-large"})
    upstream.act = upstream.tell
    assert (await behind.get("/v1/me")).status_code == 200


async def test_a_redirect_is_the_callers_to_follow(behind, upstream):
    async def elsewhere(scope, receive, send):
        await answer(send, b"", [(b"location", b"/v1/me")], 307)

    upstream.act = elsewhere
    given = await behind.get("/v1/units")
    assert (given.status_code, given.headers["location"]) == (307, "/v1/me")


SERVICE = """
import sys, uvicorn

async def app(scope, receive, send):
    if scope["path"].endswith("/quick"):
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"ok"})
        return
    while (await receive()).get("more_body", False):
        pass
    if scope["path"].endswith("/half"):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"half", "more_body": True})
    print("reached", flush=True)
    await receive()

uvicorn.run(app, port=int(sys.argv[1]), log_level="error", lifespan="off")
"""


class Service:
    """A service in its own process, which can be killed."""

    def __init__(self, port: int) -> None:
        self.port = port

    async def start(self) -> None:
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", SERVICE, str(self.port), stdout=subprocess.PIPE, cwd=ROOT
        )
        for _ in range(400):
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", self.port)
            except OSError:
                await asyncio.sleep(0.05)
            else:
                writer.close()
                return
        raise AssertionError("the service did not start")

    async def reached(self) -> None:
        """A request has arrived whole."""
        assert self.process.stdout is not None
        async with asyncio.timeout(20):
            assert await self.process.stdout.readline() == b"reached\n"

    async def kill(self) -> None:
        """kill -9"""
        self.process.send_signal(signal.SIGKILL)
        await self.process.communicate()


@pytest.fixture
async def service(stack):
    made = Service(free_port(0))
    await made.start()
    yield made
    if made.process.returncode is None:
        await made.kill()


@pytest.fixture
async def client(service, remote, serve, settings, browser):
    upstreams = dict.fromkeys(NAMES, remote(f"http://127.0.0.1:{service.port}"))
    return await browser(await serve(gateway_app(upstreams, settings)))


async def test_a_service_killed_before_it_answers_leaves_open_what_was_done(client, service):
    asking = asyncio.create_task(client.put("/v1/entities/slow", json={"name": "津"}))
    await service.reached()
    await service.kill()
    given = await asking
    assert (given.status_code, given.json()["code"]) == (503, "unanswered")
    assert int(given.headers["retry-after"]) > 0
    assert "尚不能确定" in given.json()["next_step"]


async def test_a_read_cut_off_is_only_to_be_repeated(client, service):
    asking = asyncio.create_task(client.get("/v1/entities/slow"))
    await service.reached()
    await service.kill()
    given = await asking
    assert (given.status_code, given.json()["code"]) == (503, "busy")


async def test_half_an_answer_never_looks_whole(client, service):
    async with client.stream("GET", "/v1/entities/half") as given:
        assert given.status_code == 200
        await service.reached()
        await service.kill()
        with pytest.raises(httpx.RemoteProtocolError):
            await given.aread()


async def test_a_service_that_comes_back_is_found_again(client, service):
    assert (await client.get("/v1/me/quick")).text == "ok"
    await service.kill()
    assert (await client.get("/v1/me/quick")).status_code == 503
    await service.start()
    assert (await client.get("/v1/me/quick")).text == "ok"


async def test_an_idle_connection_that_the_service_has_closed_costs_no_request(
    upstream, serve, remote, settings, browser
):
    closed = asyncio.Event()

    async def last(scope, receive, send):
        await answer(send, b"last", [(b"connection", b"close")])
        closed.set()

    client = await browser(
        await serve(gateway_app(dict.fromkeys(NAMES, remote(await serve(upstream))), settings))
    )
    upstream.act = last
    assert (await client.post("/v1/deliveries", json={})).text == "last"
    await within(closed)
    upstream.act = upstream.tell
    assert (await client.post("/v1/deliveries", json={})).status_code == 200


async def test_connections_end_with_the_server(upstream, serve, settings, remote, token):
    kept = remote(await serve(upstream))
    app = gateway_app(dict.fromkeys(NAMES, kept), settings)
    transport = httpx.ASGITransport(app)
    headers = {"authorization": f"Bearer {token('140882')}"}
    async with httpx.AsyncClient(
        transport=transport, base_url="http://zhifa", headers=headers
    ) as own:
        assert (await own.get("/v1/me")).status_code == 200
    assert kept.is_open
    told = []
    messages = iter([{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}])

    async def receive():
        return next(messages)

    async def send(message):
        told.append(message["type"])

    await app({"type": "lifespan"}, receive, send)
    assert told == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    assert not kept.is_open
