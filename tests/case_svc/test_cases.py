"""Penalty cases over the wire: the lawbook's stories, each act numbered, chained and kept."""

import asyncio
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from lawbook.penalty.act import START, chain
from lawbook.penalty.case import Case
from services.case_svc.cases import caching, reading
from services.case_svc.cases.tables import CaseDutyRow
from services.case_svc.cases.world import law
from services.kit.claims import service_itself
from tests.case_svc.casework import STORIES, acting, rows_of, story
from tests.case_svc.on_the_spot import evidence, inspection, recorded
from tests.lawbook.penalty.stories import WANG, Story


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
    assert [act.seq for act in acts] == [1, 2, 3, 4]
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
    other = await office.replay(case, until="propose-transfer")
    assert other["number"] == "（河）应急立〔2026〕2号"


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
    now = await office.replay(case, until="propose-transfer")
    under_way = Story(Case.of(case.acts[:2]), on=case.acts[1].on)
    rename = under_way.act(
        "change-party", party={"name": "河津市汾滨重工有限公司"}, reason="名称变更登记"
    )
    answer = await office.put(now["id"], rename, 2)
    assert answer.json()["party_name"] == "河津市汾滨重工有限公司"
    seen = await office.read(now["id"])
    assert seen["timeline"][0]["said"]["party"]["name"] == "河津市汾滨机械有限公司"
    assert seen["facts"]["party"]["legal_rep"] == "周正"
