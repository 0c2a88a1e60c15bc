"""Figures frozen on their due day, the ranking of them, and its notice (考核快照、通报)."""

from datetime import date, timedelta
from typing import Any

import psycopg
import pytest

from services.kit.settings import ROOT
from services.kit.successions import today
from services.kpi_svc.indicators.specs import specs_in
from services.kpi_svc.snapshots import freezing
from tests.kpi_svc.ledger_facts import COMPLETENESS, enter_plant
from tests.paper.text import text_of

DAY = "2026-06-30"
URL = f"/v1/indicator-snapshots/{DAY}"
NOTICE = {
    "number": "运应急通报〔2026〕1号", "published_on": "2026-07-03",
    "remarks": "请排名靠后的单位于七月底前整改。",
}  # fmt: skip


@pytest.fixture
async def counties(office, catch_up):
    """河津 and 永济 alike at one of two, 盐湖 complete; the others have nothing."""
    for number, (region, complete) in enumerate(
        [
            ("140882", True),
            ("140882", False),
            ("140881", True),
            ("140881", False),
            ("140802", True),
        ],
        1,
    ):
        division = f"{region}001"
        await enter_plant(
            office(region), number, division_code=division, legal_rep="石望" if complete else ""
        )
    await catch_up()


async def test_figures_are_frozen_and_nothing_that_comes_later_touches_them(
    counties, auditor, office, catch_up, figure, place
):
    city, county = auditor(), auditor("140882")
    listed = (await city.get("/v1/indicator-snapshots", params={"year": 2026})).json()["items"]
    assert [(one["due_on"], one["taken_at"]) for one in listed] == [
        (DAY, None), ("2026-12-31", None),
    ]  # fmt: skip
    assert (await county.put(URL)).status_code == 403
    assert (await city.get(URL)).status_code == 404
    wrong = await city.put("/v1/indicator-snapshots/2026-07-01")
    assert wrong.status_code == 404
    early = await city.put(f"/v1/indicator-snapshots/{today().year + 1}-06-30")
    assert (early.status_code, early.json()["code"]) == (409, "not-due-yet")

    first = (await city.put(URL)).json()
    assert first["intact"]
    assert first["late_days"] == (today() - date(2026, 6, 30)).days
    await enter_plant(office("140802"), 9, division_code="140802001", legal_rep="")
    await catch_up()
    assert await figure(COMPLETENESS, "140802") == (1, 2)
    again = (await city.put(URL)).json()
    assert again == first == (await city.get(URL)).json()
    (item,) = [one for one in again["items"] if one["code"] == COMPLETENESS]
    assert {one["unit"]: one["numerator"] for one in item["units"]}["140802"] == 1

    # The service may add and never change; whoever else touches a byte is found.
    with (
        psycopg.connect(place.url("kpi_svc")) as own,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        own.execute("update kpi_svc.indicator_snapshot set sha256 = ''")
    with psycopg.connect(place.owner_url, autocommit=True) as owner:
        owner.execute(
            "update kpi_svc.indicator_snapshot set body = replace(body, '盐湖区', '某某区')"
        )
    assert not (await city.get(URL)).json()["intact"]


async def test_the_counties_and_the_zone_are_ranked_and_ties_are_told(counties, auditor):
    city, county = auditor(), auditor("140882")
    told: dict[str, Any] = (await city.put(URL)).json()
    assert len(told["ranking"]) == 14
    assert "1408" not in {one["unit"] for one in told["ranking"]}
    assert len(told["ranked"]) == 6
    placed = [(one["unit"], one["place"], one["tied"], one["mean"]) for one in told["ranking"]][:4]
    assert placed == [
        ("140802", 1, False, 10_000), ("140881", 2, True, 5_000), ("140882", 2, True, 5_000),
        ("140800KFQ", None, False, None),
    ]  # fmt: skip
    (rate,) = [one for one in told["ranking"][1]["rates"] if one["code"] == COMPLETENESS]
    assert (rate["place"], rate["tied"], rate["numerator"]) == (2, True, 1)
    draft = await city.get(f"{URL}/notice/pdf")
    assert "草稿" in text_of(draft.content)

    # A county reads nothing of it until it is published, and then all of it.
    assert (await county.get(URL)).status_code == 404
    assert (await county.put(f"{URL}/notice", json=NOTICE)).status_code == 403
    published = (await city.put(f"{URL}/notice", json=NOTICE)).json()
    assert (await city.put(f"{URL}/notice", json=NOTICE)).json() == published
    other = await city.put(f"{URL}/notice", json=NOTICE | {"remarks": "另一份"})
    assert (other.status_code, other.json()["code"]) == (409, "different-content")
    assert (await county.get(URL)).json() == published
    page = await county.get(f"{URL}/notice/pdf")
    text = text_of(page.content)
    assert "草稿" not in text
    for said in (
        "运应急通报〔2026〕1号", "永济市应急管理局、河津市应急管理局并列第2", "2（并列）", "不排名",
        "请排名靠后的单位于七月底前整改。", published["sha256"][:16],
    ):  # fmt: skip
        assert said in text.replace("\n", "")
    word = await county.get(f"{URL}/notice/docx")
    assert word.content[:2] == b"PK", word.text[:300]
    for path in ("pdf", "docx"):
        assert (
            await county.get(f"/v1/indicator-snapshots/2026-12-31/notice/{path}")
        ).status_code == 404


async def test_a_due_day_that_is_over_is_frozen_by_itself(counties, kpi, auditor, monkeypatch):
    specs = specs_in(ROOT / "content")
    over = date(2026, 6, 30)
    for passed, days in ((0, []), (4, []), (1, [DAY]), (3, [DAY])):
        monkeypatch.setattr(freezing, "today", lambda passed=passed: over + timedelta(passed))
        assert await freezing.freeze_what_is_over(kpi.state.database, specs) == days
    told = (await auditor().get(URL)).json()
    assert (told["taken_by"], told["intact"]) == ("kpi_svc", True)
