"""What is due in cases, for whom, and how cases are found, followed and told anew."""

import shutil
from datetime import date
from typing import Any

from services.case_svc.cases.refreshing import refresh
from tests.case_svc.casework import rows_of, story
from tests.case_svc.proceedings import FIRST
from tests.lawbook.penalty import stories as told_of
from tests.lawbook.penalty.stories import LI, QIAN, WANG, ZHANG, ZHAO, Story


async def test_a_deadline_in_a_year_not_announced_is_told_as_such_and_blocks_nothing(office, owner):
    """The party's sixty days end in a year nobody knows: not before the sixtieth day, whatever it is.
    The bureau's own ninety are not moved by any holiday: their last day is known."""
    begun = Story(on=date(2026, 11, 20))
    begun.do("begin-summary", **told_of.filing("summary@2021"), certificate_shown=True)
    begun.do("notify-penalty", facts="未戴安全帽", **told_of.penalty(10_000))
    begun.do("state-and-defend", person="周正", text="无", accepted="none", considered="清楚")
    begun.do("decide", **told_of.penalty(10_000))
    begun.do("serve", **told_of.served("decision", begun.on))
    seen = await office.read((await office.replay(begun.case))["id"])
    (review,) = [one for one in seen["duties"] if one["name"] == "review"]
    assert "2027" in review["unknown"]
    assert review["due_on"] == "2027-01-19"
    assert [one["kind"] for one in seen["offers"] if one["lawful"]]
    filed = Story(on=date(2026, 11, 20))
    filed.do("propose-filing", **told_of.filing()).do("approve-filing", ZHAO, opinion="同意")
    seen = await office.read((await office.replay(filed.case))["id"])
    (decide,) = [one for one in seen["duties"] if one["name"] == "decide"]
    assert (decide["due_on"], decide["unknown"]) == ("2027-02-18", "")


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
        await office.replay(story("transferred"), until="propose-transfer")
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


async def test_a_holiday_announced_late_moves_what_is_due_and_nothing_else(
    app, office, settings, tmp_path, follower
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
    changes = (await follower.get("/v1/feeds/case")).json()["changes"]
    (told_of_it,) = [one for one in changes if one["kind"] == "case.deadlines_moved"]
    assert told_of_it["subject"] == now["id"]
    assert told_of_it["body"]["moved"] == [
        {
            "name": "legal-review",
            "title": review.title,
            "was": str(review.due_on),
            "now": str(moved.due_on),
        }
    ]
