"""What was found out about a forked journal stands beside it, until more is noticed."""

from uuid import uuid4

import pytest

from tests.case_svc.on_the_spot import DEVICE, inspection, letter
from tests.case_svc.proceedings import CHIEF
from tests.case_svc.test_deliveries import deliver, states
from tests.case_svc.test_journal import chained

NOTE = "平板送修时做过整机备份，已冻结并重新注册。"


@pytest.fixture
def chief(as_officer):
    return as_officer("140882", "section_chief", officer=CHIEF, name="王衡")


def visit(county):
    return letter("inspection.record", inspection(county.plant, ()))


@pytest.fixture
async def forked(officer, county):
    """The first letter of two tablets with one journal: its link."""
    for _ in range(2):
        sent = chained(visit(county))
        assert states(await deliver(officer, *sent)) == ["applied"]
    return sent[-1]


async def forks(client):
    answer = await client.get("/v1/journal-forks")
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def reviewed(client, fork, id_=None, **changes):
    body = {"about": "fork", "subject": f"{fork['device']}/{fork['journal']}", "note": NOTE}
    return await client.put(f"/v1/letter-reviews/{id_ or uuid4()}", json=body | changes)


async def test_a_fork_that_was_looked_into_says_what_was_found(chief, forked):
    (fork,) = await forks(chief)
    assert (fork["device"], fork["reviewed"]) == (DEVICE, None)
    id_ = uuid4()
    for _ in range(2):
        answer = await reviewed(chief, fork, id_)
        assert answer.status_code == 200, answer.text
    (fork,) = await forks(chief)
    assert (fork["reviewed"]["note"], fork["reviewed"]["name"]) == (NOTE, "王衡")
    other = await reviewed(chief, fork, id_, note="另一结论")
    assert other.status_code == 409


async def test_what_is_noticed_afterwards_is_to_be_looked_into_anew(chief, officer, county, forked):
    (fork,) = await forks(chief)
    assert (await reviewed(chief, fork)).status_code == 200
    again = chained(visit(county))
    assert states(await deliver(officer, *again)) == ["applied"]
    (fork,) = await forks(chief)
    assert (fork["letters"], fork["reviewed"]) == (2, None)


async def test_what_is_not_there_or_out_of_sight_is_not_found(chief, as_officer, forked):
    (fork,) = await forks(chief)
    stranger = as_officer("140802", "section_chief", officer="14080200001", name="卫建国")
    assert (await reviewed(stranger, fork)).status_code == 404
    for about, subject in (("fork", "x/y"), ("fork", "x"), ("handover", "0" * 64)):
        answer = await reviewed(chief, fork, about=about, subject=subject)
        assert answer.status_code == 404
    assert (await reviewed(chief, fork, note=" ")).status_code == 422


async def test_an_officer_cannot_settle_what_concerns_himself(officer, chief, forked):
    (fork,) = await forks(chief)
    assert (await reviewed(officer, fork)).status_code == 403
