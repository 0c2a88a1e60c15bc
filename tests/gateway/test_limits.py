"""How often, and how much at once."""

import asyncio

import pytest

from gateway.app import gateway_app
from gateway.limits import Buckets
from services.kit.problems import TooMany
from tests.gateway.conftest import NAMES, answer

KB = 1 << 10


class Clock:
    """A clock that the test winds."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def taken(buckets: Buckets, caller: str, times: int) -> int:
    """How many of so many requests are let through."""
    through = 0
    for _ in range(times):
        try:
            buckets.take(caller)
        except TooMany:
            continue
        through += 1
    return through


def test_a_minutes_worth_may_come_at_once_and_then_as_much_a_minute():
    clock = Clock()
    buckets = Buckets(60, 10, clock)
    assert taken(buckets, "a", 100) == 60
    clock.now = 5
    assert taken(buckets, "a", 100) == 5
    clock.now = 3600
    assert taken(buckets, "a", 100) == 60


def test_the_wait_that_is_told_is_enough():
    clock = Clock()
    buckets = Buckets(6, 10, clock)
    taken(buckets, "a", 6)
    with pytest.raises(TooMany) as refused:
        buckets.take("a")
    assert refused.value.headers == {"Retry-After": "10"}
    clock.now = 10
    buckets.take("a")


def test_one_callers_haste_does_not_slow_another():
    buckets = Buckets(3, 10, Clock())
    assert taken(buckets, "a", 9) == 3
    assert taken(buckets, "b", 9) == 3


def test_strangers_in_great_numbers_are_forgotten_and_the_busy_one_is_not():
    buckets = Buckets(5, 100, Clock())
    taken(buckets, "busy", 5)
    for number in range(10_000):
        buckets.take(f"stranger {number}")
        assert taken(buckets, "busy", 1) == 0
    assert len(buckets) == 100


def test_nought_is_no_limit():
    assert taken(Buckets(0, 1), "a", 10_000) == 10_000


@pytest.fixture
def strict(upstream, serve, settings):
    """A gateway with some of its settings changed: its URL."""

    async def start(**changes):
        changed = settings.model_copy(update=changes)
        return await serve(gateway_app(dict.fromkeys(NAMES, upstream), changed))

    return start


async def test_an_account_that_asks_too_often_is_told_when_to_come_back(strict, browser, upstream):
    url = await strict(rate_per_minute=3)
    one, other = await browser(url, account="one"), await browser(url, account="other")
    answers = [await one.get("/v1/me") for _ in range(4)]
    assert [given.status_code for given in answers] == [200, 200, 200, 429]
    refused = answers[-1]
    assert 1 <= int(refused.headers["retry-after"]) <= 20
    assert refused.headers["content-type"] == "application/problem+json"
    problem = refused.json()
    assert (problem["code"], problem["title"]) == ("too-many", "操作过于频繁")
    assert f"{refused.headers['retry-after']} 秒" in problem["detail"]
    assert problem["trace"] == refused.headers["x-trace"]
    assert len(upstream.seen) == 3
    assert (await other.get("/v1/me")).status_code == 200


async def test_an_account_is_the_same_with_another_token(strict, browser):
    url = await strict(rate_per_minute=2)
    first = await browser(url, account="one", name="甲")
    second = await browser(url, account="one", name="乙")
    assert (await first.get("/v1/me")).status_code == 200
    assert (await first.get("/v1/me")).status_code == 200
    assert (await second.get("/v1/me")).status_code == 429


async def test_sign_ins_are_limited_for_each_address(strict, browser):
    nobody = await browser(await strict(sign_ins_per_minute=2), officer=False)
    # What is said in X-Forwarded-For counts for nothing where no proxy is configured.
    codes = [
        (
            await nobody.post("/v1/oauth/token", headers={"x-forwarded-for": f"10.0.0.{n}"})
        ).status_code
        for n in range(3)
    ]
    assert codes == [200, 200, 429]


async def test_behind_a_proxy_the_address_is_the_one_it_wrote(strict, browser):
    url = await strict(sign_ins_per_minute=1, behind_proxy=True)
    nobody = await browser(url, officer=False)

    async def sign_in(forwarded: str):
        headers = {"x-forwarded-for": forwarded}
        return (await nobody.post("/v1/oauth/token", headers=headers)).status_code

    assert await sign_in("10.0.0.1") == 200
    assert await sign_in("10.0.0.2") == 200
    assert await sign_in("an invention, 10.0.0.1") == 429


@pytest.mark.parametrize(("path", "largest"), [("/v1/entities/1", 64), ("/v1/files/1", 128)])
async def test_a_body_that_says_it_is_too_large_is_refused_unread(
    strict, browser, upstream, path, largest
):
    client = await browser(await strict(body_bytes=64 * KB, upload_bytes=128 * KB))
    assert (await client.patch(path, content=bytes(largest * KB))).status_code == 200
    given = await client.patch(path, content=bytes(largest * KB + 1))
    assert (given.status_code, given.json()["code"]) == (413, "too-large")
    assert f"{largest} KB" in given.json()["detail"]
    assert len(upstream.seen) == 1


async def test_a_body_of_unsaid_length_is_counted_as_it_passes(strict, browser, upstream):
    client = await browser(await strict(body_bytes=64 * KB))

    async def parts(amount: int):
        for _ in range(amount):
            yield bytes(KB)

    assert len((await client.put("/v1/entities/1", content=parts(64))).json()["body"]) == 64 * KB

    read = 0

    async def hungry(scope, receive, send):
        nonlocal read
        while (message := await receive())["type"] != "http.disconnect":
            read += len(message["body"])
        await answer(send, b"half a body is no body", status=400)

    upstream.act = hungry
    given = await client.put("/v1/entities/1", content=parts(4096))
    assert (given.status_code, given.json()["code"]) == (413, "too-large")
    assert read <= 64 * KB


async def test_a_rate_holds_for_many_at_once(strict, browser):
    client = await browser(await strict(rate_per_minute=20))
    given = await asyncio.gather(*(client.get("/v1/me") for _ in range(30)))
    assert sorted(one.status_code for one in given)[:20] == [200] * 20
    assert {one.status_code for one in given[20:]} <= {200, 429}
    assert sum(one.status_code == 200 for one in given) <= 21
