"""Penalty cases over the wire: the lawbook's stories, each act judged, numbered, chained and kept."""

import asyncio
import shutil
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import psycopg
import pytest
from sqlalchemy import select, text

from lawbook.penalty.act import START, Act, chain
from lawbook.penalty.case import Case
from services.case_svc.cases import caching, reading
from services.case_svc.cases.refreshing import refresh
from services.case_svc.cases.tables import CaseActRow, CaseDutyRow, CaseRow
from services.case_svc.cases.world import law
from services.kit.claims import service_itself
from tests.case_svc.casework import Office, acting, beginning
from tests.case_svc.on_the_spot import evidence, inspection, recorded
from tests.case_svc.proceedings import FIRST, SECOND, officer_state
from tests.lawbook.penalty import stories as told_of
from tests.lawbook.penalty.stories import LI, QIAN, WANG, ZHANG, ZHAO, Story

STORIES = dict(told_of.every_story())
ROLES = {
    ZHANG: "officer",
    LI: "officer",
    WANG: "section_chief",
    ZHAO: "bureau_head",
    QIAN: "legal_reviewer",
}


@pytest.fixture
def office(as_officer, county) -> Office:
    return Office(
        {
            one.number: as_officer("140882", role, officer=one.number, name=one.name)
            for one, role in ROLES.items()
        }
    )


@pytest.fixture
async def owner(server, settings):
    """The database as its owner, for what the service itself may not do."""
    with psycopg.connect(settings.database_url) as service:
        name = service.info.dbname
    connection = await asyncpg.connect(server.url(name))
    yield connection
    await connection.close()


def story(name: str) -> Case:
    return STORIES[name]


@pytest.mark.parametrize("name", STORIES)
async def test_a_case_of_the_lawbook_is_told_through_the_door_and_stands_where_the_lawbook_says(
    office, name
):
    case = story(name)
    now = await office.replay(case)
    assert (now["stage"], now["acts"]) == (case.stage.value, len(case.acts))
    assert now["procedure"] == case.procedure.ref
    seen = await office.read(now["id"])
    assert [act["kind"] for act in seen["timeline"]] == [act.kind for act in case.acts]
    assert seen["fine"] == case.fine
    assert seen["facts"]["party"]["name"] == case.party["name"]
    assert seen["facts"]["case"]["number"] == now["number"]


async def rows_of(app, case: str) -> tuple[CaseRow, list[CaseActRow], list[CaseDutyRow]]:
    async with app.state.database.transaction(service_itself("case_svc")) as session:
        row = await reading.one(session, UUID(case))
        due = await session.scalars(
            select(CaseDutyRow).where(CaseDutyRow.case_id == row.id).order_by(CaseDutyRow.place)
        )
        return row, await reading.act_rows(session, row.id), list(due)


@pytest.mark.parametrize("until", ["review-legality", "request-hearing", "pay", "archive", None])
async def test_all_that_a_row_says_is_rebuilt_from_its_acts(app, office, settings, until):
    now = await office.replay(story("hearing-and-instalments"), until=until)
    row, acts, due = await rows_of(app, now["id"])
    case, rules = reading.folded(acts), law(settings.content)
    for name, value in caching.columns(case, rules).items():
        assert getattr(row, name) == value, name
    kept = [{c.name: getattr(one, c.name) for c in CaseDutyRow.__table__.columns} for one in due]
    assert kept == caching.duty_columns(row, case, caching.open_duties(case, rules))
    assert row.link == chain(now["id"], case.acts)[-1] == now["link"]


async def test_every_act_is_chained_from_the_first_to_the_last(app, office):
    now = await office.replay(story("transferred"))
    _, acts, _ = await rows_of(app, now["id"])
    assert [act.seq for act in acts] == [1, 2, 3]
    assert acts[0].prev == START
    assert [act.prev for act in acts[1:]] == [act.link for act in acts[:-1]]
    assert reading.faults(UUID(now["id"]), acts) == []


@pytest.mark.parametrize(
    "tampering",
    [
        "update case_svc.case_act set body = jsonb_set(body, '{said,opinion}', '\"改过\"') where seq = 2",
        "update case_svc.case_act set body = jsonb_set(body, '{by,name}', '\"别人\"') where seq = 2",
        "delete from case_svc.case_act where seq = 2",
    ],
)
async def test_a_changed_word_or_a_missing_act_is_found(app, office, owner, tampering):
    now = await office.replay(story("transferred"))
    await owner.execute(tampering)
    _, acts, _ = await rows_of(app, now["id"])
    assert reading.faults(UUID(now["id"]), acts)


@pytest.mark.parametrize(
    "doing", ["update case_svc.case_act set kind = kind", "delete from case_svc.case_act"]
)
async def test_the_service_itself_may_not_change_or_take_away_an_act(app, office, doing):
    await office.replay(story("transferred"))
    async with app.state.database.transaction(service_itself("case_svc")) as session:
        with pytest.raises(Exception, match="permission denied"):
            await session.execute(text(doing))


async def test_a_case_is_numbered_when_its_filing_is_approved_and_not_before(office):
    case = story("transferred")
    first = await office.begin(case.acts[0])
    assert first["number"] is None
    answer = await office.put(first["id"], case.acts[1], 1)
    assert answer.json()["number"] == "（河）应急立〔2026〕1号"
    assert (await office.replay(case))["number"] == "（河）应急立〔2026〕2号"


async def test_sixteen_filings_at_once_get_sixteen_numbers_without_a_gap(office):
    case = story("transferred")
    begun = await asyncio.gather(*(office.begin(case.acts[0]) for _ in range(16)))
    answers = await asyncio.gather(*(office.put(one["id"], case.acts[1], 1) for one in begun))
    numbers = {answer.json()["number"] for answer in answers}
    assert numbers == {f"（河）应急立〔2026〕{n}号" for n in range(1, 17)}
    gaps = await office.clients[WANG.number].get(
        "/v1/number-gaps", params={"unit": "140882", "document": "case", "year": 2026}
    )
    assert gaps.json()["counts"]["issued"] == 16


async def test_a_fault_between_the_number_and_the_act_loses_neither(office, owner):
    case = story("transferred")
    now = await office.begin(case.acts[0])
    await owner.execute("""
        create function case_svc.fail() returns trigger language plpgsql as
        $$ begin raise exception 'the disk is full' using errcode = '53100'; end $$""")
    await owner.execute(
        "create trigger fail before insert on case_svc.case_act for each row execute function case_svc.fail()"
    )
    failed = await office.put(now["id"], case.acts[1], 1)
    assert (failed.status_code, failed.json()["code"]) == (503, "busy")
    seen = await office.read(now["id"])
    assert (seen["number"], seen["acts"], seen["stage"]) == (None, 1, "awaiting-filing")
    await owner.execute("drop trigger fail on case_svc.case_act")
    again = await office.put(now["id"], case.acts[1], 1)
    assert again.json()["number"] == "（河）应急立〔2026〕1号"
    other = await office.replay(case, until="transfer")
    assert other["number"] == "（河）应急立〔2026〕2号"


async def test_the_same_act_again_changes_nothing_and_another_under_its_id_is_refused(office):
    case = story("transferred")
    now = await office.begin(case.acts[0])
    first, again = [await office.put(now["id"], case.acts[1], 1) for _ in range(2)]
    assert first.json() == again.json()
    other = await office.put(now["id"], case.acts[1], 1, said={"opinion": "不同的意见"})
    assert (other.status_code, other.json()["code"]) == (409, "different-content")
    assert (await office.read(now["id"]))["acts"] == 2


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
    now = await office.replay(case, until="transfer")
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


async def test_a_neighbouring_county_sees_neither_case_nor_act_and_the_city_does(
    office, as_officer
):
    now = await office.replay(story("transferred"))
    seen = {
        region: (await as_officer(region).get(f"/v1/cases/{now['id']}")).status_code
        for region in ("140882", "140881", "1408", "14")
    }
    assert seen == {"140882": 200, "140881": 404, "1408": 200, "14": 200}
    assert (await as_officer("140881").get("/v1/cases")).json()["items"] == []
    act = story("transferred").acts[1]
    neighbour = as_officer("140881", "bureau_head", officer="14088100005")
    answer = await neighbour.put(f"/v1/cases/{now['id']}/acts/{uuid4()}", json=acting(act, 3))
    assert answer.status_code == 404


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


async def test_a_case_comes_from_an_inspection_in_one_step_with_all_that_is_known(
    officer, office, county
):
    visit = inspection(county.plant, ("G06", "G16"))
    await recorded(officer, visit)
    hazard = visit["findings"][0]["id"]
    photo = evidence(visit["id"], b"a photo", hazard_id=hazard)
    assert (await officer.put(f"/v1/evidence/{photo['id']}", json=photo)).status_code == 200
    id_ = uuid4()
    body = {"at": visit["ended_at"], "source": "inspection", "inspection_id": visit["id"]}
    answer = await officer.put(f"/v1/cases/{id_}", json=body)
    assert answer.status_code == 200, answer.text
    seen = await office.read(str(id_))
    assert (seen["stage"], seen["party_name"]) == ("awaiting-filing", county.plant_name)
    assert seen["handlers"] == visit["officers"]
    facts = seen["facts"]
    assert [one["description"] for one in facts["violations"]] == [
        one["description"] for one in visit["findings"]
    ]
    assert [one["basis"] for one in facts["violations"]] == [
        "安全生产法 §97(5)",
        "安全生产法 §101(4)",
    ]
    assert [one["offence"] for one in facts["violations"]] == ["aqscf-97-5", "aqscf-101-4"]
    assert facts["evidence"][0]["sha256"] == photo["sha256"]
    assert facts["party"]["legal_rep"]
    assert facts["case"]["name"].startswith(county.plant_name)
    assert county.plant_name in facts["case"]["summary"]
    one = await officer.put(f"/v1/cases/{uuid4()}", json=body | {"hazards": [hazard]})
    told = (await office.read(one.json()["id"]))["timeline"][0]["said"]
    assert told["hazards"] == [hazard]
    wrong = await officer.put(f"/v1/cases/{uuid4()}", json=body | {"hazards": [str(uuid4())]})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "case-source-unknown")


async def test_a_party_renamed_in_the_middle_keeps_its_old_name_in_what_was_said_before(office):
    case = story("transferred")
    now = await office.replay(case, until="transfer")
    under_way = Story(Case.of(case.acts[:2]), on=case.acts[1].on)
    rename = under_way.act(
        "change-party", party={"name": "河津市汾滨重工有限公司"}, reason="名称变更登记"
    )
    answer = await office.put(now["id"], rename, 2)
    assert answer.json()["party_name"] == "河津市汾滨重工有限公司"
    seen = await office.read(now["id"])
    assert seen["timeline"][0]["said"]["party"]["name"] == "河津市汾滨机械有限公司"
    assert seen["facts"]["party"]["legal_rep"] == "周正"


async def test_a_deadline_in_a_year_not_announced_is_told_as_such_and_blocks_nothing(office, owner):
    """Filed on the last day of the last announced year: ninety days end in a year nobody knows."""
    begun = Story(on=date(2026, 11, 20))
    begun.do("propose-filing", **told_of.filing()).do("approve-filing", ZHAO, opinion="同意")
    now = await office.replay(begun.case)
    seen = await office.read(now["id"])
    (decide,) = [one for one in seen["duties"] if one["name"] == "decide"]
    assert decide["due_on"] is None
    assert "2027" in decide["unknown"]
    assert [one["kind"] for one in seen["offers"] if one["lawful"]]


async def test_the_feed_tells_of_every_act_with_the_case_as_it_is(office, follower):
    case = story("transferred")
    now = await office.replay(case)
    changes = (await follower.get("/v1/feeds/case")).json()["changes"]
    ours = [one for one in changes if one["subject"] == now["id"]]
    assert [one["kind"] for one in ours] == [
        f"case.{act.kind.replace('-', '_')}" for act in case.acts
    ]
    assert ours[-1]["state"]["stage"] == "transferred"
    assert "tone" not in ours[-1]["state"]


def kinds(items: list[dict[str, Any]]) -> set[str]:
    return {one["name"] for one in items}


async def test_the_work_list_shows_each_person_what_is_theirs(office):
    case = story("hearing-and-instalments")
    now = await office.replay(case, until="approve-filing")

    async def work(person: Any) -> list[dict[str, Any]]:
        answer = await office.clients[person.number].get("/v1/work-list")
        assert answer.status_code == 200, answer.text
        return [one for one in answer.json()["items"] if one["case_id"] == now["id"]]

    assert kinds(await work(ZHAO)) == {"approve-filing"}
    assert kinds(await work(ZHANG)) == set()
    now = await office.replay(case, until="review-legality")
    assert kinds(await work(QIAN)) == {"legal-review"}
    assert kinds(await work(LI)) == {"decide"}


async def test_what_is_overdue_is_also_at_the_supervisor(office):
    case = story("hearing-and-instalments")
    now = await office.replay(case, until="conclude-investigation")
    answer = await office.clients[WANG.number].get("/v1/work-list")
    (late,) = [one for one in answer.json()["items"] if one["case_id"] == now["id"]]
    assert (late["name"], late["tone"], late["escalated"]) == ("decide", "overdue", True)
    own = (await office.clients[FIRST].get("/v1/work-list")).json()["items"]
    assert [one["escalated"] for one in own if one["case_id"] == now["id"]] == [False]


async def test_cases_are_found_by_stage_handler_and_part_of_a_name_page_by_page(office):
    for _ in range(5):
        await office.replay(story("transferred"), until="transfer")
    await office.replay(story("on-the-spot"), until="serve")
    client = office.clients[ZHANG.number]

    async def found(**asked: Any) -> list[str]:
        items = []
        while True:
            page = (await client.get("/v1/cases", params={"limit": 2, **asked})).json()
            items += [one["id"] for one in page["items"]]
            if page["next"] is None:
                return items
            asked["after"] = page["next"]

    assert len(await found()) == len(set(await found())) == 6
    assert len(await found(stage="investigating")) == 5
    assert len(await found(procedure="summary")) == 1
    assert len(await found(q="汾滨")) == 6
    assert len(await found(q="立〔2026〕3号")) == 1
    assert len(await found(handler=FIRST)) == 6
    assert len(await found(handler="14088200099")) == 0
    assert len(await found(offence="aqscf-99", open_only=True)) == 6
    assert await found(q="没有这一家") == []


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


async def test_a_holiday_announced_late_moves_what_is_due_and_nothing_else(
    app, office, settings, tmp_path
):
    """The service starts with other calendars: due days follow, acts and chain stay."""
    case = story("hearing-and-instalments")
    now = await office.replay(case, until="review-legality")
    row, before, due = await rows_of(app, now["id"])
    (review,) = [one for one in due if one.name == "legal-review"]
    content = tmp_path / "content"
    shutil.copytree(settings.content, content)
    told = (content / "calendars" / "2026.toml").read_text("utf-8")
    span = f'\n[[holiday]]\nname = "临时放假"\nfrom = {review.due_on}\nto = {review.due_on}\n'
    (content / "calendars" / "2026.toml").write_text(told + span, "utf-8")
    assert await refresh(app.state.database, content) == 1
    assert await refresh(app.state.database, content) == 0
    after, acts, due = await rows_of(app, now["id"])
    (moved,) = [one for one in due if one.name == "legal-review"]
    assert review.due_on is not None
    assert moved.due_on is not None
    assert moved.due_on > review.due_on
    assert [act.link for act in acts] == [act.link for act in before]
    assert (after.link, after.acts, after.stage) == (row.link, row.acts, row.stage)
