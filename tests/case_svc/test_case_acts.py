"""Acts in a case over the wire: judged, entered once, refused with reason, article and next step."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from lawbook.penalty.act import Act
from lawbook.penalty.case import Case
from tests.case_svc.casework import acting, beginning, rows_of, story
from tests.case_svc.closed_cases import MORNING
from tests.case_svc.on_the_spot import inspection, recorded
from tests.case_svc.proceedings import SECOND, officer_state
from tests.lawbook.penalty import stories as told_of
from tests.lawbook.penalty.stories import QIAN, ZHANG, ZHAO, Story


async def test_the_same_act_again_changes_nothing_and_another_under_its_id_is_refused(office):
    case = story("transferred")
    now = await office.begin(case.acts[0])
    first, again = [await office.put(now["id"], case.acts[1], 1) for _ in range(2)]
    assert first.json() == again.json()
    other = await office.put(now["id"], case.acts[1], 1, said={"opinion": "不同的意见"})
    assert (other.status_code, other.json()["code"]) == (409, "different-content")
    assert (await office.read(now["id"]))["acts"] == 2


async def test_why_an_act_was_entered_afterwards_is_kept_with_it(office):
    case = story("transferred")
    now = await office.begin(case.acts[0], late_reason="纸质案卷补录")
    done = await office.put(now["id"], case.acts[1], 1, late_reason="负责人出差，电话同意")
    assert done.status_code == 200, done.text
    again = await office.put(now["id"], case.acts[1], 1, late_reason="另一个理由")
    assert again.json()["code"] == "different-content"
    reasons = [one["late_reason"] for one in (await office.read(now["id"]))["timeline"]]
    assert reasons == ["纸质案卷补录", "负责人出差，电话同意"]


async def test_who_inspected_at_the_site_does_not_review_the_case(office, county, told):
    """行政处罚法 §58: the visit behind a case tells who investigated beside its handlers."""
    await told("officer.changed", officer_state(QIAN.number, QIAN.name))
    visit = inspection(county.plant, officers=[ZHANG.number, QIAN.number], **MORNING)
    await recorded(office.clients[ZHANG.number], visit)
    running = told_of.concluded().do("submit-legal-review")
    first, *acts = running.case.acts
    now = await office.begin(first, inspection_id=visit["id"])
    for after, act in enumerate(acts, 1):
        assert (await office.put(now["id"], act, after)).status_code == 200, act.kind
    said: dict[str, Any] = {"opinion": "agree", "text": "同意", "first_time": False}
    review = running.act("review-legality", QIAN, **said)
    answer = await office.put(now["id"], review, len(running.case.acts))
    assert (answer.status_code, answer.json()["code"]) == (409, "reviewer-handles")


async def test_the_same_filing_again_is_the_same_case(office):
    act, id_ = story("transferred").acts[0], uuid4()
    assert await office.begin(act, id_) == await office.begin(act, id_)
    answer = await office.of(act).put(f"/v1/cases/{id_}", json=beginning(act, cause="别的案由"))
    assert (answer.status_code, answer.json()["code"]) == (409, "different-content")


async def test_of_two_at_once_one_is_told_that_the_case_has_moved_on_and_what_it_is_now(office):
    case = story("transferred")
    now = await office.begin(case.acts[0])
    approve = case.acts[1]
    decline = Story(Case.of(case.acts[:1])).act("decline-filing", ZHAO, 1, reason="不立")
    answers = await asyncio.gather(
        office.put(now["id"], approve, 1), office.put(now["id"], decline, 1)
    )
    won, lost = sorted(answers, key=lambda answer: answer.status_code)
    assert (won.status_code, lost.status_code) == (200, 409)
    assert lost.json()["code"] == "case-moved-on"
    assert lost.json()["now"]["acts"] == 2
    assert lost.json()["now"]["stage"] == won.json()["stage"]
    assert (await office.read(now["id"]))["acts"] == 2


async def test_a_refusal_names_its_article_its_next_step_and_the_act_that_mends_it(office):
    case = story("hearing-and-instalments")
    now = await office.replay(case, until="notify-penalty")
    under_way = Story(Case.of(case.acts[: now["acts"]]), on=case.acts[now["acts"] - 1].on)
    hasty = under_way.act(
        "submit-decision", ZHANG, outcome="penalty", opinion="处罚", **told_of.penalty()
    )
    answer = await office.put(now["id"], hasty, now["acts"])
    body = answer.json()
    assert answer.status_code == 409
    assert answer.headers["content-type"] == "application/problem+json"
    assert (body["code"], body["law"], body["mend"]) == (
        "notice-first",
        "行政处罚法 §44、§62",
        "notify-penalty",
    )
    assert body["next_step"]
    assert body["refusals"][0]["code"] == "notice-first"
    assert (await office.read(now["id"]))["acts"] == now["acts"]


async def test_a_certificate_that_expired_yesterday_stops_the_next_act_and_the_page_says_so(
    office, told
):
    case = story("transferred")
    now = await office.replay(case, until="propose-transfer")
    await told("officer.changed", officer_state(SECOND, "李秋", valid_until="2026-03-02"))
    under_way = Story(Case.of(case.acts[:2]), on=case.acts[1].on)
    act = under_way.act("notify-inquiry", person="周正", matter="安全装置", place="局",
                        at="2026-03-04T09:00:00+08:00", bring=[])  # fmt: skip
    answer = await office.put(now["id"], act, 2)
    assert (answer.status_code, answer.json()["code"]) == (409, "handler-not-certified")
    offers = {one["kind"]: one for one in (await office.read(now["id"]))["offers"]}
    assert not offers["notify-inquiry"]["lawful"]
    assert offers["notify-inquiry"]["refusals"][0]["mend"] == "assign-handlers"


async def test_who_lacks_the_capacity_is_forbidden_and_the_law_is_not_even_asked(office):
    case = story("transferred")
    now = await office.begin(case.acts[0])
    url = f"/v1/cases/{now['id']}/acts/{uuid4()}"
    answer = await office.clients[ZHANG.number].put(url, json=acting(case.acts[1], 1))
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


@pytest.mark.parametrize(
    "broken",
    [
        {"kind": "love-letter"}, {"said": {}}, {"after": -1}, {"at": "yesterday"},
        {"at": "0001-01-01T00:00:00+08:00"}, {"said": {"opinion": "\x00"}},
        {"said": {"opinion": "x", "nonsense": 1}}, {"said": None}, {"officers": ["; drop table"]},
    ],
)  # fmt: skip
async def test_what_is_no_act_is_malformed_and_never_an_error_of_ours(office, broken):
    case = story("transferred")
    now = await office.begin(case.acts[0])
    answer = await office.put(now["id"], case.acts[1], 1, **broken)
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")


async def test_an_act_said_to_be_of_tomorrow_is_refused(office):
    case = story("transferred")
    now = await office.begin(case.acts[0])
    answer = await office.put(now["id"], case.acts[1], 1, at="2031-01-01T09:00:00+08:00")
    assert (answer.status_code, answer.json()["code"]) == (409, "day-ahead")


async def test_an_act_of_the_lawbook_is_kept_word_for_word(app, office):
    """What the chain covers is what was said, with the people as they stood on that day."""
    case = story("on-the-spot")
    now = await office.replay(case)
    _, acts, _ = await rows_of(app, now["id"])
    for row, act in zip(acts[1:], case.acts[1:], strict=True):
        kept = Act.of(row.body)
        said = {name: value for name, value in act.said.items() if value != []}
        assert said.items() <= kept.said.items()
        assert kept.at == act.at
        assert [one.number for one in kept.officers] == [one.number for one in act.officers]
        assert "calendar:" in kept.rules


async def test_a_fine_above_its_article_is_refused_and_below_it_wants_its_ground(office):
    """安全生产法 §99: 逾期未改正 five to twenty times ten thousand yuan (行政处罚法 §32)."""
    case = story("hearing-and-instalments")
    now = await office.replay(case, until="conclude-investigation")
    (conclude,) = [act for act in case.acts if act.kind == "conclude-investigation"]

    async def tried(fine: int, **changes: Any) -> tuple[int, str]:
        one = told_of.VIOLATION | {
            "offence": "aqscf-99-1",
            "when": "overdue",
            "fine": fine,
            "departure": "裁量基准未列该情形",
        }
        said = dict(conclude.said) | {"violations": [one | changes], "fine": fine}
        answer = await office.put(now["id"], conclude, now["acts"], said=said)
        return answer.status_code, answer.json().get("code", "")

    assert await tried(20_000_001) == (409, "fine-out-of-range")
    assert await tried(4_999_999) == (409, "fine-out-of-range")
    assert await tried(4_999_999, mitigated=True) == (409, "not-mitigable")
    assert await tried(4_999_999, mitigated=True, factors=["undone"]) == (200, "")


async def test_closing_names_each_document_that_is_lacking_and_the_form_that_makes_it(office):
    case = story("on-the-spot")
    now = await office.replay(case, until="propose-closing")
    (propose,) = [act for act in case.acts if act.kind == "propose-closing"]
    url = f"/v1/cases/{now['id']}/acts/{uuid4()}"
    answer = await office.of(propose).put(url, json=acting(propose, now["acts"]))
    body = answer.json()
    assert (answer.status_code, body["code"], body["law"]) == (
        409, "papers-lacking", "行政处罚法 §47",
    )  # fmt: skip
    assert "行政（当场）处罚决定书（对应 2026-03-02 的“作出行政处罚决定”）" in body["detail"]
    done = {act["id"]: act["kind"] for act in (await office.read(now["id"]))["timeline"]}
    assert [(one["mends"]["code"], done[one["mends"]["act"]]) for one in body["wanting"]] == [
        ("on-the-spot-penalty", "decide"), ("case-service-receipt", "serve"),
    ]  # fmt: skip
    assert (await office.put(now["id"], propose, now["acts"])).status_code == 200


async def test_a_case_is_not_archived_by_the_ordinary_door(office):
    case = told_of.ended().case
    now = await office.replay(case, until="archive")
    answer = await office.put(now["id"], case.acts[-1], now["acts"])
    assert (answer.status_code, answer.json()["code"]) == (409, "seal-the-file")
    assert "封卷" in answer.json()["next_step"]
    assert (await office.read(now["id"]))["stage"] == "terminated"
