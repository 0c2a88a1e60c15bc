"""Two letters at one place of a journal: noticed, kept, told to who may read of them."""

from itertools import permutations

import pytest

from tests.case_svc.on_the_spot import (
    DEVICE,
    inspection,
    letter,
)
from tests.case_svc.proceedings import FIRST
from tests.case_svc.test_deliveries import deliver, states
from tests.case_svc.test_journal import chained


async def test_a_copied_tablet_is_noticed_and_none_of_its_letters_is_lost(
    officer, county, chief_reads, follower
):
    def visit():
        return letter("inspection.record", inspection(county.plant, ()))

    common = chained(visit(), visit())
    await deliver(officer, *common)
    assert await chief_reads("journal-forks") == []
    ours = chained(visit(), visit(), seq=3, prev=common[-1]["link"])
    theirs = chained(visit(), visit(), seq=3, prev=common[-1]["link"])
    assert states(await deliver(officer, *ours)) == ["applied"] * 2
    assert states(await deliver(officer, *theirs)) == ["applied"] * 2
    (fork,) = await chief_reads("journal-forks")
    assert (fork["device"], fork["seq"], fork["reason"]) == (DEVICE, 3, "same-seq")
    assert (fork["letter"], fork["other"]) == (theirs[0]["id"], ours[0]["id"])
    assert fork["letters"] == 2
    await deliver(officer, *chained(visit(), seq=5, prev=theirs[-1]["link"]))
    await deliver(officer, *chained(visit(), seq=5, prev=ours[-1]["link"]))
    changes = (await follower.get("/v1/feeds/case")).json()["changes"]
    (told,) = (one for one in changes if one["kind"] == "journal.forked")
    assert told["subject"] == DEVICE
    assert told["body"]["seq"] == 3


@pytest.mark.parametrize("order", list(permutations(range(3))))
async def test_a_prev_that_does_not_fit_is_noticed_in_every_order(
    officer, county, chief_reads, order
):
    first, second = chained(
        *(letter("inspection.record", inspection(county.plant, ())) for _ in range(2))
    )
    (third,) = chained(
        letter("inspection.record", inspection(county.plant, ())), seq=3, prev="d" * 64
    )
    letters = [first, second, third]
    for number in order:
        assert states(await deliver(officer, letters[number])) == ["applied"]
    (fork,) = await chief_reads("journal-forks")
    assert (fork["reason"], fork["letters"]) == ("prev-differs", 1)


async def test_a_first_letter_that_does_not_follow_its_journal_is_noticed(
    officer, county, chief_reads
):
    (sent,) = chained(letter("inspection.record", inspection(county.plant, ())), prev="d" * 64)
    assert states(await deliver(officer, sent)) == ["applied"]
    assert [one["seq"] for one in await chief_reads("journal-forks")] == [1]


async def test_two_officers_of_one_tablet_keep_two_journals_and_nothing_is_noticed(
    officer, county, chief_reads
):
    for journal in ("1" * 64, "2" * 64):
        letters = [letter("inspection.record", inspection(county.plant, ())) for _ in range(2)]
        sent = chained(*letters, journal=journal)
        assert states(await deliver(officer, *sent)) == ["applied"] * 2
    assert await chief_reads("journal-forks") == []


async def test_letters_in_any_order_and_sent_twice_are_no_fork(officer, county, chief_reads):
    sent = chained(*(letter("inspection.record", inspection(county.plant, ())) for _ in range(4)))
    for number in (2, 0, 3, 1, 2, 0):
        await deliver(officer, sent[number])
    assert await chief_reads("journal-forks") == []


async def test_a_fork_across_two_regions_is_noticed_where_it_shows(
    officer, as_officer, county, chief_reads
):
    await deliver(officer, *chained(letter("inspection.record", inspection(county.plant, ()))))
    wide = as_officer("1408", officer=FIRST)
    await deliver(wide, *chained(letter("inspection.record", inspection(county.plant, ()))))
    assert await chief_reads("journal-forks") == []
    reader = as_officer("1408", "section_chief")
    (fork,) = (await reader.get("/v1/journal-forks")).json()["items"]
    assert fork["region"] == "1408"


async def test_who_may_read_of_forks_and_waits_is_said_by_the_roles(officer, as_officer):
    for path in ("held-letters", "journal-forks"):
        assert (await officer.get(f"/v1/{path}")).status_code == 403
        assert (await as_officer("140882", "administrator").get(f"/v1/{path}")).status_code == 200
    assert (await as_officer(None).get("/v1/receipt-keys")).status_code == 401
