"""Offences and what may be fined, as the office and a console ask for them."""

from tests.lawbook.penalising import WAN

ASKED = {
    "offence": "aqscf-97-3", "when": "found", "on": "unit", "act_until": "2026-03-01",
    "decided_on": "2026-06-01",
}  # fmt: skip
CHOSEN = ASKED | {"grade": "B", "fine": 5 * WAN, "reason": "五人未经培训上岗"}


async def weighed(officer, **change):
    return await officer.post("/v1/weighings", json=CHOSEN | change)


async def test_an_offence_is_found_by_words_by_article_and_by_the_day(officer):
    async def codes(**asked):
        answer = await officer.get("/v1/offences", params={"on": "2026-06-01"} | asked)
        return [one["code"] for one in answer.json()["items"]]

    assert await codes(q="特种作业") == ["aqscf-97-7"]
    assert await codes(basis="安全生产法 §97(3)") == ["aqscf-97-3"]
    assert "aqscf2014-94-3" in await codes(q="教育和培训", on="2020-06-01")
    assert await codes(q="没有这样的行为") == []
    assert len((await officer.get("/v1/offences")).json()["items"]) > 50


async def test_before_a_sum_is_chosen_the_ranges_of_every_grade_are_told(officer):
    told = (await officer.post("/v1/weighings", json=ASKED)).json()
    assert told["span"] == {
        "low": 0, "high": 10 * WAN, "optional": False, "told": "100,000.00元以下",
    }  # fmt: skip
    assert [(one["code"], one["band"]["high"]) for one in told["grades"]] == [
        ("A", 3 * WAN), ("B", 7 * WAN), ("C", 10 * WAN),
    ]  # fmt: skip
    assert told["grades"][1]["conditions"] == ["涉及三人以上不满十人"]
    assert (told["fine"], told["text"], told["status"]) == (None, "", "待确认")
    assert "under-18" not in [one["code"] for one in told["factors"]]


async def test_a_chosen_sum_comes_back_with_the_text_that_documents_print(officer):
    told = (await weighed(officer)).json()
    assert told["fine"] == 5 * WAN
    assert "依据《安全生产法》第九十七条第三项" in told["text"]
    assert told["text"].endswith("罚款伍万元整（¥50,000.00）。")
    assert told["benchmark"] == "work-safety@2026.1"


async def test_the_law_of_the_day_of_the_act_is_used_and_says_why(officer):
    told = (
        await weighed(officer, act_until="2021-06-01", decided_on="2021-12-01", fine=2 * WAN)
    ).json()
    assert (told["offence"], told["span"]["high"]) == ("aqscf2014-94-3", 5 * WAN)
    assert "适用行为发生时" in told["choice"]


async def test_what_the_lawbook_refuses_is_a_problem_with_its_article(officer):
    for change, code in (
        ({"fine": 8 * WAN}, "fine-out-of-grade"),
        ({"fine": 11 * WAN}, "fine-out-of-range"),
        ({"reason": ""}, "discretion-reason-missing"),
        ({"grade": "Z"}, "grade-unknown"),
        ({"factors": ["no-fault"]}, "must-not-penalise"),
        ({"when": "serious"}, "not-penalised"),
        ({"act_until": "2001-01-01"}, "no-law-on-the-day"),
        ({"offence": "none"}, "offence-unknown"),
        ({"offence": "aqscf-110-1", "when": "accident", "on": "principal"}, "income-unknown"),
        ({"offence": "aqscf-103-1"}, "gain-unknown"),
    ):
        answer = await weighed(officer, **change)
        assert (answer.status_code, answer.json()["code"]) == (409, code), change
        assert answer.json()["next_step"]


async def test_a_sum_outside_its_grade_is_weighed_with_the_reason_for_it(officer):
    told = (await weighed(officer, fine=8 * WAN, departure="拒不提供培训台账")).json()
    assert told["fine"] == 8 * WAN
    assert "拒不提供培训台账" in told["text"]


async def test_a_benchmark_that_is_not_here_is_a_problem(officer):
    answer = await weighed(officer, benchmark="province@2020.1")
    assert (answer.status_code, answer.json()["code"]) == (422, "benchmark-missing")


async def test_nonsense_is_malformed_and_never_a_500(officer):
    for change in ({"fine": -1}, {"when": "later"}, {"income": 10**15}, {"offence": "'; drop"}):
        assert (await weighed(officer, **change)).status_code == 422
