"""From range to sum: what may be chosen, what is refused, and the reasons that documents print."""

import re
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawbook.content import ContentError, load
from lawbook.discretion import (
    Benchmark,
    FineOutOfGrade,
    FineOutOfRange,
    GradeUnknown,
    NotMitigable,
    ReasonMissing,
    summed,
    weigh,
)
from lawbook.fines import Span
from lawbook.leniency import FactorUnknown, MustNotPenalise
from lawbook.offences import Addressee, Circumstance
from tests.lawbook.penalising import BENCHMARK, CATALOGUE, CONTENT, WAN

FOUND, OVERDUE = Circumstance.FOUND, Circumstance.OVERDUE
UNIT, PRINCIPAL = Addressee.UNIT, Addressee.PRINCIPAL
RAW = load(CONTENT / "discretion" / "work-safety.toml")


def weighed(code="aqscf-98-4", when=FOUND, on=UNIT, **asked):
    offence = CATALOGUE[code]
    tier = offence.tier(when, on)
    usual: dict[str, Any] = {
        "grade": "B", "factors": (), "fine": 30 * WAN, "reason": "已投入使用三个月",
    }  # fmt: skip
    return weigh(BENCHMARK, offence, tier, tier.span(), **usual | asked)


def test_a_grade_takes_its_part_of_the_statutes_range():
    span = Span(10 * WAN, 50 * WAN)
    assert [BENCHMARK.grade(code).band(span) for code in "ABC"] == [
        Span(10 * WAN, 22 * WAN), Span(22 * WAN, 38 * WAN), Span(38 * WAN, 50 * WAN),
    ]  # fmt: skip


def test_what_is_weighed_prints_article_range_grade_condition_circumstance_and_reason():
    told = weighed(factors=["cooperated"])
    assert told.text == (
        "矿山、金属冶炼建设项目或者用于生产、储存、装卸危险物品的建设项目竣工投入生产或者使用前，"
        "安全设施未经验收合格，依据《安全生产法》第九十八条第四项，查处时的罚款幅度为"
        "100,000.00元以上500,000.00元以下。"
        "裁量阶次：B（一般），已投入生产或者使用不满六个月。"
        "裁量情节：积极配合调查，如实陈述并主动提供证据（裁量建议，待确认），可以从轻或者减轻行政处罚。"
        "理由：已投入使用三个月。"
        "在100,000.00元以上380,000.00元以下的幅度内确定（裁量基准待确认），罚款叁拾万元整（¥300,000.00）。"
    )
    assert (told.basis, told.grade, told.benchmark) == (
        "安全生产法 §98(4)", "B", "work-safety@2026.1",
    )  # fmt: skip


def test_a_proposal_is_never_called_a_benchmark_that_was_published():
    assert "待确认" in weighed().text
    assert "90号" not in weighed().text


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        ({"fine": 22 * WAN - 1}, FineOutOfGrade),
        ({"fine": 38 * WAN + 1}, FineOutOfGrade),
        ({"fine": 10 * WAN - 1, "grade": "A"}, FineOutOfRange),
        ({"fine": 50 * WAN + 1, "grade": "C"}, FineOutOfRange),
        ({"fine": 0}, FineOutOfRange),
        ({"fine": -1}, FineOutOfRange),
        ({"reason": "  "}, ReasonMissing),
        ({"grade": "D"}, GradeUnknown),
        ({"factors": ["rich"]}, FactorUnknown),
        ({"factors": ["under-18"]}, FactorUnknown),
        ({"factors": ["no-fault"]}, MustNotPenalise),
        ({"factors": ["undone"], "fine": 30 * WAN + 1}, FineOutOfGrade),
        ({"factors": ["repeated"], "fine": 30 * WAN - 1}, FineOutOfGrade),
        ({"mitigated": True, "fine": 5 * WAN}, NotMitigable),
        ({"mitigated": True, "factors": ["undone"], "fine": 10 * WAN}, FineOutOfGrade),
    ],
)
def test_what_may_not_be_chosen_is_refused(asked, refusal):
    with pytest.raises(refusal) as refused:
        weighed(**asked)
    assert refused.value.next_step


@pytest.mark.parametrize(
    ("asked", "low", "high"),
    [
        ({"factors": ["undone"], "fine": 30 * WAN}, 10, 30),
        ({"factors": ["repeated"], "fine": 30 * WAN}, 30, 50),
        ({"factors": ["undone", "repeated"], "fine": 10 * WAN}, 10, 50),
        ({"factors": ["cooperated"], "fine": 38 * WAN}, 10, 38),
    ],
)
def test_circumstances_move_what_is_allowed(asked, low, high):
    assert weighed(**asked).allowed == Span(low * WAN, high * WAN)


def test_a_fine_is_mitigated_below_the_range_and_says_so():
    """行政处罚法 §32: 减轻."""
    told = weighed(factors=["undone"], mitigated=True, fine=6 * WAN)
    assert told.mitigated
    assert "减轻处罚（裁量基准待确认），罚款陆万元整（¥60,000.00）" in told.text


def test_where_the_range_begins_at_nought_there_is_nothing_to_mitigate_to():
    with pytest.raises(NotMitigable, match="没有下限"):
        weighed("aqscf-97-3", factors=["undone"], mitigated=True, fine=WAN)


def test_only_where_the_law_says_may_can_the_fine_be_nought():
    """可以处五万元以下的罚款 (§78 of the regulation) against 处五万元以下的罚款."""
    assert weighed("whtl-78-3", fine=0, grade="A").text.endswith("决定不处罚款。")
    with pytest.raises(FineOutOfRange):
        weighed("aqscf-99-1", fine=0, grade="A")


def test_a_person_is_named_by_what_the_article_calls_them():
    told = weighed("aqscf-97-3", OVERDUE, Addressee.RESPONSIBLE, fine=3 * WAN)
    assert "对直接负责的主管人员和其他直接责任人员的罚款幅度为" in told.text


def test_outside_its_grade_a_sum_wants_its_reason_in_writing_and_the_documents_print_it():
    """行政处罚法 §34: the benchmark binds; the article's range binds whatever is written."""
    with pytest.raises(FineOutOfGrade):
        weighed("aqscf-97-3", grade="B", fine=9 * WAN)
    told = weighed("aqscf-97-3", grade="B", fine=9 * WAN, departure="造成停产检修三日。")
    assert "超出该阶次" in told.text
    assert "理由：造成停产检修三日，在法定幅度内确定（裁量基准待确认），罚款玖万元整" in told.text
    with pytest.raises(FineOutOfRange):
        weighed("aqscf-97-3", grade="B", fine=11 * WAN, departure="造成停产检修三日")


def test_several_violations_are_weighed_line_by_line_and_added():
    lines = [weighed(), weighed("aqscf-97-7", fine=5 * WAN, reason="三人无证")]
    told = summed(lines)
    assert told.fine == 35 * WAN
    assert told.text.startswith("1．矿山")
    assert re.search("2．特种作业人员", told.text)
    assert told.text.endswith("以上2项违法行为分别裁量，合并罚款叁拾伍万元整（¥350,000.00）。")
    assert summed(lines[:1]).text == lines[0].text
    with pytest.raises(ValueError, match="no violation"):
        summed([])


SPANS = st.tuples(st.integers(0, 10**9), st.integers(1, 10**9)).map(
    lambda two: Span(two[0], two[0] + two[1])
)
CODES = st.lists(st.sampled_from(["undone", "cooperated", "merit", "repeated", "obstructed"]), max_size=3)  # fmt: skip
GRADES = st.sampled_from("ABC")


def factors(codes):
    return [BENCHMARK.factor(code, UNIT) for code in codes]


@given(SPANS, GRADES, CODES)
def test_what_is_allowed_lies_in_the_statutes_range_and_is_never_empty(span, grade, codes):
    allowed = BENCHMARK.allowed(span, BENCHMARK.grade(grade), factors(codes))
    assert span.low <= allowed.low <= allowed.high <= span.high


@given(SPANS, GRADES, CODES)
def test_a_mitigating_circumstance_never_raises_and_an_aggravating_one_never_lowers(
    span, grade, codes
):
    light = [one for one in codes if one not in ("repeated", "obstructed")]
    heavy = [one for one in codes if one in ("repeated", "obstructed")]
    band = BENCHMARK.allowed(span, BENCHMARK.grade(grade), [])
    lighter = BENCHMARK.allowed(span, BENCHMARK.grade(grade), factors(light))
    heavier = BENCHMARK.allowed(span, BENCHMARK.grade(grade), factors(heavy))
    assert lighter.low <= band.low
    assert lighter.high <= band.high
    assert heavier.low >= band.low
    assert heavier.high >= band.high


@given(SPANS)
def test_grades_cover_the_range_without_a_gap(span):
    bands = [one.band(span) for one in BENCHMARK.grades.values()]
    assert (bands[0].low, bands[-1].high) == (span.low, span.high)
    assert all(one.high == after.low for one, after in pairwise(bands))


@given(st.sampled_from("ABC"), st.integers(-10, 60 * WAN))
def test_every_sum_is_either_in_the_range_with_its_text_or_refused(grade, fine):
    try:
        told = weighed(grade=grade, fine=fine)
    except (FineOutOfRange, FineOutOfGrade):
        return
    assert told.allowed.holds(fine)
    assert told.span.holds(fine)
    assert told.text


def test_a_benchmark_with_a_gap_a_double_row_or_a_missing_grade_is_a_content_error():
    gap = [*RAW["grade"][:1], RAW["grade"][1] | {"from": 31}, RAW["grade"][2]]
    short = RAW["grade"][:2]
    double = [*RAW["row"], {"offences": ["aqscf-94"], "A": ["1"], "B": ["2"], "C": ["3"]}]
    lacking = [{"offences": ["aqscf-94"], "A": ["1"], "B": ["2"]}]
    for wrong in ({"grade": gap}, {"grade": short}, {"row": double}, {"row": lacking}):
        with pytest.raises(ContentError):
            Benchmark.from_content(RAW | wrong)


def test_another_version_stands_beside_this_one_with_its_own_days():
    later = Benchmark.from_content(
        RAW
        | {"version": "2027.1", "status": "已公布", "valid_from": "2027-01-01", "valid_until": None}
    )
    assert (later.ref, later.valid_from) == ("work-safety@2027.1", date(2027, 1, 1))
    assert "待确认" not in later.status
