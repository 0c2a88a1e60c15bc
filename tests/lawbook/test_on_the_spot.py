"""A penalty on the spot is asked on the tablet what the office asks when it makes the case."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from lawbook.content import load
from lawbook.discretion import Benchmark
from lawbook.offences import Catalogue
from lawbook.on_the_spot import against_penalty, punished, violation
from lawbook.penalty.weighing import Scales

CONTENT = Path(__file__).parents[2] / "content"
CATALOGUE = Catalogue.from_content(*map(load, sorted((CONTENT / "offences").glob("*.toml"))))
SCALES = Scales(
    CATALOGUE,
    tuple(Benchmark.from_content(load(p)) for p in sorted((CONTENT / "discretion").glob("*.toml"))),
)
AT = datetime(2026, 6, 23, 3, 40, tzinfo=UTC)
SIGNS, TRAINING = "《安全生产法》第九十九条第一项", "《安全生产法》第九十七条第三项"
HEAD = "《安全生产法》第九十四条"
UNIT: dict[str, Any] = {
    "party_kind": "organisation", "penalty_basis": SIGNS, "penalties": ["fine"], "fine": 200_000
}  # fmt: skip
PERSON: dict[str, Any] = UNIT | {"party_kind": "person", "fine": 10_000}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (UNIT, None),
        (UNIT | {"penalties": ["warning"], "fine": None}, None),
        (UNIT | {"fine": 300_000}, None),
        (UNIT | {"fine": 300_001}, "summary-not-allowed"),
        (PERSON | {"penalty_basis": "《安全生产培训管理办法》第三十六条"}, None),
        # 安全生产法 §99 punishes a person only once the order was not followed.
        (PERSON, "not-penalised"),
        (PERSON | {"capacity": "principal"}, "not-penalised"),
        # §94 punishes the head, from twenty thousand on, and not the unit.
        (PERSON | {"capacity": "principal", "penalty_basis": HEAD}, "fine-out-of-range"),
        (PERSON | {"capacity": "manager", "penalty_basis": HEAD}, "not-penalised"),
        (UNIT | {"penalty_basis": HEAD}, "not-penalised"),
        (PERSON | {"fine": 20_001}, "summary-not-allowed"),
        (UNIT | {"penalty_basis": f"{SIGNS}、{TRAINING}"}, None),
        (UNIT | {"penalty_basis": f"{SIGNS}、{HEAD}"}, "not-penalised"),
        # What is not written yet is not asked.
        (UNIT | {"penalty_basis": None}, None),
        (UNIT | {"party_kind": None}, None),
        ({}, None),
    ],
)
def test_article_party_moment_and_sum_are_asked_before_anybody_signs(said, code):
    refusal = against_penalty(said, AT, SCALES)
    assert (refusal and refusal.code) == code
    if refusal is not None:
        assert refusal.law
        assert refusal.next_step


def test_an_article_that_is_not_in_force_that_day_is_not_in_the_catalogue():
    before = violation(CATALOGUE, UNIT, SIGNS, date(2021, 8, 31))
    assert "offence" not in before or before["offence"] != "aqscf-99-1"
    assert violation(CATALOGUE, UNIT, SIGNS, AT.date())["offence"] == "aqscf-99-1"
    assert violation(CATALOGUE, PERSON | {"capacity": "principal"}, HEAD, AT.date())["on"] == (
        "principal"
    )


def test_an_officer_is_told_the_range_and_the_ceiling():
    told = punished(CATALOGUE, SIGNS, AT.date())
    assert told is not None
    assert told[0]
    assert "罚款：50,000.00元以下；当场罚款单位不超过3,000元" in told[1]
    head = punished(CATALOGUE, HEAD, AT.date())
    assert head is not None
    assert not head[0]
    assert "按普通程序立案" in head[1]
    assert punished(CATALOGUE, "《安全生产培训管理办法》第三十六条", AT.date()) is None
