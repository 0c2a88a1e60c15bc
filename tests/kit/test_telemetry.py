"""A trace in and out, one line for each request, figures for Prometheus."""

import re
from collections.abc import MutableMapping, Sequence
from typing import Any

import pytest
from fastapi import APIRouter
from structlog.testing import capture_logs

TRACE = "0af7651916cd43dd8448eb211c80319c"
PARENT = f"00-{TRACE}-b7ad6b7169203331-01"


def answered(lines: Sequence[MutableMapping[str, Any]]) -> list[MutableMapping[str, Any]]:
    """The lines of requests, less those of followers that another test's house still runs."""
    return [one for one in lines if one["event"] == "request" and "/feeds/" not in one["route"]]


async def test_a_trace_that_comes_in_goes_out_and_stands_in_the_line(app, client_of):
    with capture_logs() as lines:
        answer = await client_of(app, "140882").get("/v1/things", headers={"traceparent": PARENT})
    assert answer.headers.get_list("x-trace") == [TRACE]
    (line,) = answered(lines)
    told = {key: line[key] for key in ("service", "method", "status", "trace", "region", "officer")}
    assert told == {
        "service": "ledger_svc", "method": "GET", "status": 200, "trace": TRACE,
        "region": "140882", "officer": "14088200001",
    }  # fmt: skip
    assert line["route"].endswith("/things")


@pytest.mark.parametrize(
    "header", ["", "x", PARENT.upper(), PARENT + "-more", f"01-{TRACE}-b7-01", "é"]
)
async def test_a_trace_that_is_none_is_replaced(app, client_of, header):
    answer = await client_of(app).get("/healthz", headers={"traceparent": header.encode()})
    assert re.fullmatch("[0-9a-f]{32}", answer.headers["x-trace"])


async def test_two_requests_have_two_traces(app, client_of):
    client = client_of(app)
    assert len({(await client.get("/healthz")).headers["x-trace"] for _ in range(2)}) == 2


async def test_a_problem_stands_in_the_line_by_its_code(app, client_of):
    with capture_logs() as lines:
        await client_of(app).get("/v1/things")
    (line,) = answered(lines)
    assert (line["status"], line["problem"]) == (401, "unauthenticated")
    assert "officer" not in line


async def test_what_breaks_is_counted_as_500_and_its_line_has_the_trace(make_app, client_of):
    router = APIRouter()

    @router.get("/break")
    async def broken() -> None:
        raise RuntimeError("in the middle")

    client = client_of(await make_app(router))
    with capture_logs() as lines:
        answer = await client.get("/v1/break", headers={"traceparent": PARENT})
    assert (answer.status_code, answer.headers["x-trace"]) == (500, TRACE)
    (line,) = answered(lines)
    assert (line["status"], line["log_level"], line["trace"]) == (500, "error", TRACE)
    (cause,) = [line for line in lines if line["event"] == "broken"]
    assert cause["trace"] == TRACE


async def test_health_is_not_in_the_lines(app, client_of):
    with capture_logs() as lines:
        assert (await client_of(app).get("/healthz")).json() == {"state": "alive"}
        assert (await client_of(app).get("/readyz")).json() == {"state": "ready"}
    assert answered(lines) == []


async def test_readiness_knows_whether_the_database_answers(make_app, client_of, place):
    url = place.url("ledger_svc").replace(place.name, "no_such_database")
    answer = await client_of(await make_app(database_url=url)).get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"state": "no database"})


async def test_requests_are_counted_by_service_method_and_status(app, client_of):
    await client_of(app).get("/v1/things")
    told = (await client_of(app).get("/metrics")).text
    line = r'zhifa_requests_total\{method="GET",service="ledger_svc",status="401"\} [1-9]'
    assert re.search(line, told)
    assert 'zhifa_request_seconds_bucket{le="0.1",service="ledger_svc"}' in told
