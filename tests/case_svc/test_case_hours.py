"""What is due by the hour, over the wire: told as a moment, and late the hour after."""

from datetime import UTC, datetime, timedelta

from lawbook.penalty.act import BEIJING
from tests.case_svc.casework import story
from tests.lawbook.penalty.stories import WANG, ZHANG


async def sent_due(office, ago: timedelta):
    """A transfer to the police decided so long ago: what is due at the handler, and at the chief."""
    case = story("transferred")
    now = await office.replay(case, until="transfer")
    transfer = case.acts[3]
    at = datetime.now(UTC) - ago
    answer = await office.put(now["id"], transfer, 3, at=at.isoformat())
    assert answer.status_code == 200, answer.text
    lists = [await office.clients[who.number].get("/v1/work-list") for who in (ZHANG, WANG)]
    found = [
        [
            one
            for one in told.json()["items"]
            if (one["case_id"], one["name"]) == (now["id"], "send-transfer")
        ]
        for told in lists
    ]
    duties = (await office.read(now["id"]))["duties"]
    return at, found, next(one for one in duties if one["name"] == "send-transfer")


async def test_the_twenty_four_hours_are_told_as_a_moment(office):
    at, (mine, chiefs), duty = await sent_due(office, timedelta(hours=20))
    due = datetime.fromisoformat(duty["due_at"])
    assert due == (at + timedelta(hours=24))
    assert duty["due_on"] == due.astimezone(BEIJING).date().isoformat()
    assert duty["tone"] == mine[0]["tone"] == "today"
    assert "还有 3 小时" in duty["told"]
    assert chiefs == []


async def test_an_hour_late_is_late_and_at_the_supervisor(office):
    _, (mine, chiefs), duty = await sent_due(office, timedelta(hours=25, minutes=30))
    assert duty["tone"] == mine[0]["tone"] == "overdue"
    assert "逾期 1 小时" in duty["told"]
    assert [one["escalated"] for one in chiefs] == [True]
