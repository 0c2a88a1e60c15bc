"""What the office doubts of a tablet's time is kept with the record, and refuses nothing (R23)."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.case_svc.on_the_spot import (
    PLACE,
    document,
    evidence,
    inspection,
    leased,
    recorded,
    reinspection,
)


def at(minutes):
    """So many minutes from now, to the second."""
    now = datetime.now(UTC).replace(microsecond=0)
    return (now + timedelta(minutes=minutes)).isoformat().replace("+00:00", "Z")


def ticks(minutes, monotonic):
    """The wall clock that many minutes from now; what the other has counted since, in minutes."""
    return {"wall": at(minutes), "monotonic": monotonic * 60_000, "boot": "b"}


def clock(minutes, monotonic, **changes):
    """A clock set by the office two hours ago."""
    return ticks(minutes, monotonic) | {
        "anchor": {"at": at(-120), "monotonic": 0, "boot": "b"}, "gnss": None, "skew": 0,
        "earliest": at(monotonic - 121), "latest": at(monotonic - 119),
    } | changes  # fmt: skip


def visit(county, begun, ended, answered=None):
    body = inspection(county.plant, begun_clock=begun, clock=ended)
    for item, told in zip(body["answers"].values(), answered or (), strict=False):
        item["clock"] = told
    return body


async def test_a_visit_whose_clocks_agree_is_not_doubted(officer, county):
    body = visit(county, clock(-60, 60), clock(-10, 110), [ticks(-40, 80), ticks(-30, 90)])
    told = await recorded(officer, body)
    assert told["doubts"] == []
    assert {name: told[name] for name in body} == body


@pytest.mark.parametrize(
    ("begun", "ended", "answered", "said"),
    [
        (clock(60, 60), clock(110, 110), (), "比服务器收到的时间还晚"),
        (clock(-180, 60), clock(-175, 65), (), "比此前联网的时间还早"),
        (clock(-60, 60), clock(-10, 110), [ticks(-90, 80)], "被拨慢 50 分钟"),
        (clock(-180, 60, boot="c", latest=None), clock(-10, 110), (), "实际是哪一天不能确定"),
        (clock(-60, 60, before=ticks(-30, 50)), clock(-10, 110), (), "被拨慢 40 分钟"),
    ],
)
async def test_a_doubt_is_kept_with_the_visit_in_the_list_and_in_the_feed(
    officer, county, follower, begun, ended, answered, said
):
    body = visit(county, begun, ended, answered)
    told = await recorded(officer, body)
    assert any(said in doubt for doubt in told["doubts"])
    (listed,) = (await officer.get("/v1/inspections")).json()["items"]
    assert listed["doubts"] == told["doubts"]
    feed = (await follower.get("/v1/feeds/case")).json()["changes"]
    (change,) = [one for one in feed if one["kind"] == "inspection.recorded"]
    assert change["state"]["doubts"] == told["doubts"]
    # Again the same, though the office's clock has gone on.
    assert (await recorded(officer, body))["doubts"] == told["doubts"]


async def test_photos_and_re_inspections_keep_their_doubts_and_place(officer, county):
    about = inspection(county.plant)
    await recorded(officer, about)
    photo = evidence(about["id"], b"photo", clock=clock(30, 110))
    told = (await officer.put(f"/v1/evidence/{photo['id']}", json=photo)).json()
    assert "还晚" in told["doubts"][0]
    again = reinspection(about, clock=clock(30, 110), location=PLACE)
    told = (await officer.put(f"/v1/reinspections/{again['id']}", json=again)).json()
    assert (told["location"], bool(told["doubts"])) == (PLACE, True)
    (listed,) = (await officer.get(f"/v1/reinspections?inspection={about['id']}")).json()["items"]
    assert listed == told


async def test_showing_the_certificate_and_signing_have_a_place_and_doubts_of_their_own(
    officer, county
):
    ended = PLACE | {"lon": 110.72}
    body = visit(county, clock(-60, 60), clock(-10, 110)) | {
        "shown_clock": clock(-90, 65), "shown_location": PLACE, "ended_location": ended,
    }  # fmt: skip
    told = await recorded(officer, body)
    assert "被拨慢 35 分钟" in "".join(told["doubts"])
    assert {name: told[name] for name in body} == body
    paper = document(body, await leased(officer, "inspection-record"), clock=clock(-5, 115))
    paper["signatures"][0] |= {"clock": clock(40, 114), "location": PLACE}
    answer = await officer.put(f"/v1/documents/{paper['id']}", json=paper)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert told["signatures"][0]["location"] == PLACE
    assert told["signatures"][1]["clock"] is None
    assert "比服务器收到的时间还晚" in "".join(told["doubts"])


async def test_who_was_present_is_kept_with_place_and_clocks_of_its_own(officer, county):
    body = visit(county, clock(-60, 60), clock(-10, 110)) | {
        "present_at": "2026-06-23T01:10:00Z", "present_clock": clock(-90, 65),
        "present_location": PLACE,
    }  # fmt: skip
    told = await recorded(officer, body)
    assert "被拨慢 35 分钟" in "".join(told["doubts"])
    assert {name: told[name] for name in body} == body
    lines = (await officer.get("/v1/pulls/inspections")).text
    assert '"present_location"' in lines


async def test_a_tablet_that_tells_no_clocks_is_neither_refused_nor_doubted(officer, county):
    told = await recorded(officer, inspection(county.plant))
    assert (told["clock"], told["doubts"]) == (None, [])
