"""The journal at the office: places, links, forks, letters that wait, receipts that are signed."""

import asyncio
from itertools import permutations
from uuid import uuid4

import psycopg
import pytest

from lawbook.journal import link_of
from services.case_svc.app import case_app
from services.kit.receipts import Signer, verified
from tests.case_svc.on_the_spot import (
    DEVICE,
    document,
    evidence,
    inspection,
    leased,
    letter,
    reinspection,
)
from tests.case_svc.proceedings import FIRST
from tests.case_svc.test_deliveries import PHOTO, deliver, post, sha256_of, states
from tests.kit.test_claims import other_pair

JOURNAL = "0" * 64


def chained(*letters, device=DEVICE, journal=JOURNAL, seq=1, prev=None, after=True):
    """Letters at their places in a journal; each after the one before it of its subject."""
    before: dict[str, str] = {}
    prev, made = prev or journal, []
    for number, one in enumerate(letters, start=seq):
        link = link_of(
            device=device, seq=number, prev=prev, id=one["id"], subject=one["subject"],
            kind=one["kind"], written_at=one["written_at"], sha256=sha256_of(one["body"]),
        )  # fmt: skip
        place = {"journal": journal, "seq": number, "prev": prev, "link": link}
        place["after"] = before.get(one["subject"]) if after else None
        made.append(one | place)
        before[one["subject"]], prev = one["id"], link
    return made


@pytest.fixture
async def case_letters(officer, county):
    """Five letters of one subject, in the order in which a tablet writes them: `case_letters()`."""

    async def make():
        about = inspection(county.plant)
        record = await leased(officer, "inspection-record", count=1)
        order = await leased(officer, "correction-order", count=1)
        return [
            letter("inspection.record", about),
            letter("evidence.declare", evidence(about["id"], PHOTO)),
            letter("document.issue", document(about, record)),
            letter("document.issue", document(about, order, kind="correction-order")),
            letter("reinspection.record", reinspection(about)),
        ]

    return make


@pytest.fixture
def owner(server, settings):
    """PostgreSQL as its owner."""
    name = settings.database_url.partition("?")[0].rpartition("/")[2]
    with psycopg.connect(server.url(name), autocommit=True) as connection:
        yield connection


@pytest.fixture
def chief_reads(chief):
    async def read(path, **params):
        answer = await chief.get(f"/v1/{path}", params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()["items"]

    return read


async def keys_of(client):
    items = (await client.get("/v1/receipt-keys")).json()["items"]
    return {item["key"]: item["public_key"] for item in items}


# --- receipts


async def test_every_receipt_is_proved_by_the_published_key_at_its_place(officer, case_letters):
    sent = chained(*await case_letters())
    keys = await keys_of(officer)
    for one, verdict in zip(sent, await deliver(officer, *sent), strict=True):
        receipt = verdict["receipt"]
        assert verified(receipt, keys)
        place = (receipt["letter"], receipt["device"], receipt["seq"], receipt["link"])
        assert place == (one["id"], DEVICE, one["seq"], one["link"])


async def test_a_rejection_is_signed_too(officer, county):
    (sent,) = chained(letter("inspection.record", inspection(county.plant, officers=[FIRST])))
    (verdict,) = await deliver(officer, sent)
    assert verdict["receipt"]["state"] == "rejected"
    assert verified(verdict["receipt"], await keys_of(officer))


async def test_a_repeated_letter_gets_the_same_receipt_though_the_key_has_changed(
    officer, case_letters, settings, run_app, client_of, keys
):
    sent = chained(*await case_letters())
    first = await deliver(officer, *sent)
    private, _ = other_pair()
    later = settings.replace(receipt_private_key=private, receipt_public_keys=keys.public)
    app = await run_app(case_app(later, None))
    again = client_of(app, "140882", officer=FIRST)
    assert await deliver(again, *sent) == first
    assert {one["receipt"]["key"] for one in first} == {Signer(keys.private).key}
    published = await keys_of(again)
    assert len(published) == 2
    assert all(verified(one["receipt"], published) for one in first)


async def test_a_letter_of_a_tablet_without_a_journal_is_done_and_signed_without_a_place(
    officer, case_letters
):
    verdicts = await deliver(officer, *await case_letters())
    assert states(verdicts) == ["applied"] * 5
    for verdict in verdicts:
        assert (verdict["receipt"]["seq"], verdict["receipt"]["link"]) == (None, None)
        assert verified(verdict["receipt"], await keys_of(officer))


async def test_a_letter_that_came_before_its_tablet_kept_a_journal_gets_its_place_in_the_receipt(
    officer, case_letters, owner
):
    letters = await case_letters()
    await deliver(officer, *letters)
    owner.execute("update case_svc.letter set receipt_key = null, receipt_signature = null")
    sent = chained(*letters)
    verdicts = await deliver(officer, *sent)
    assert await deliver(officer, *sent) == verdicts
    keys = await keys_of(officer)
    for one, verdict in zip(sent, verdicts, strict=True):
        assert (verdict["receipt"]["seq"], verdict["receipt"]["link"]) == (one["seq"], one["link"])
        assert verified(verdict["receipt"], keys)


async def test_sixteen_copies_at_once_get_one_receipt(officer, case_letters):
    sent = chained(*await case_letters())
    answers = await asyncio.gather(*(post(officer, *sent) for _ in range(16)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1


# --- links


@pytest.mark.parametrize(
    "spoil",
    [
        {"link": "f" * 64}, {"prev": "e" * 64}, {"seq": 7}, {"subject": "another"},
        {"written_at": "2026-06-23T03:00:01Z"},
    ],
)  # fmt: skip
async def test_a_letter_whose_link_is_not_its_own_is_refused_alone(officer, county, spoil):
    bad, good = chained(
        letter("inspection.record", inspection(county.plant)),
        letter("inspection.record", inspection(county.plant)),
    )
    verdicts = await deliver(officer, bad | spoil, good)
    assert states(verdicts) == ["rejected", "applied"]
    assert verdicts[0]["problem"]["code"] == "link-differs"
    assert verdicts[0]["problem"]["next_step"]


async def test_a_seq_without_the_link_before_makes_the_delivery_malformed(officer, county):
    (sent,) = chained(letter("inspection.record", inspection(county.plant)))
    del sent["prev"]
    answer = await post(officer, sent)
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")


# --- order


async def test_every_order_of_five_letters_ends_in_one_state(officer, case_letters, owner):
    """R12: one letter a delivery, again and again until none waits: nothing is dropped."""
    ends = set()
    for order in permutations(range(5)):
        letters = await case_letters()
        sent = chained(*letters, journal=uuid4().hex * 2)
        waiting, rounds = [sent[number] for number in order], 0
        while waiting:
            rounds += 1
            assert rounds <= 5, order
            held = []
            for one in waiting:
                (verdict,) = await deliver(officer, one)
                assert verdict["state"] in ("applied", "held"), verdict
                if verdict["state"] == "held":
                    held.append(one)
            waiting = held
        ends.add(_state(owner, letters))
    assert len(ends) == 1
    assert owner.execute("select count(*) from case_svc.held_letter").fetchone() == (0,)
    assert owner.execute("select count(*) from case_svc.journal_fork").fetchone() == (0,)


def _state(owner, letters):
    """What the office has of a case, whatever its ids and numbers."""
    about = letters[0]["body"]["id"]
    ids = {one["body"]["id"]: number for number, one in enumerate(letters)}
    hazards = owner.execute(
        "select state from case_svc.hazard where inspection_id = %s", (about,)
    ).fetchall()
    documents = owner.execute(
        "select id::text, kind from case_svc.document where inspection_id = %s", (about,)
    ).fetchall()
    told = owner.execute(
        "select state, count(*) from case_svc.letter where id = any(%s::uuid[]) group by state",
        ([one["id"] for one in letters],),
    ).fetchall()
    announced = owner.execute(
        "select subject, kind from case_svc.change where subject = any(%s) order by position",
        (list(ids),),
    ).fetchall()
    return repr((
        hazards, sorted((ids[one], kind) for one, kind in documents), told,
        [(ids[subject], kind) for subject, kind in announced],
    ))  # fmt: skip


async def test_letters_that_overtook_one_another_in_one_delivery_wait_and_go(officer, case_letters):
    sent = chained(*await case_letters())
    assert states(await deliver(officer, *reversed(sent))) == ["held"] * 4 + ["applied"]
    assert states(await deliver(officer, *sent)) == ["applied"] * 5


async def test_a_letter_held_and_done_within_one_delivery_does_not_stay_among_the_held(
    officer, case_letters, chief_reads
):
    first, second, *_ = chained(*await case_letters())
    verdicts = await deliver(officer, second, first, second)
    assert states(verdicts) == ["held", "applied", "applied"]
    assert await chief_reads("held-letters", hours=0) == []


async def test_a_letter_after_a_rejected_one_waits_over_many_deliveries_and_no_other_subject_does(
    officer, county
):
    alone = inspection(county.plant, officers=[FIRST])
    refused, behind = (
        letter("inspection.record", alone),
        letter("evidence.declare", evidence(alone["id"], PHOTO)),
    )
    others = [letter("inspection.record", inspection(county.plant, ())) for _ in range(4)]
    sent = chained(refused, behind, *others)
    assert states(await deliver(officer, *sent[:3])) == ["rejected", "held", "applied"]
    for other in sent[3:]:
        assert states(await deliver(officer, sent[0], sent[1], other)) == [
            "rejected", "held", "applied",
        ]  # fmt: skip


async def test_a_letter_whose_predecessor_another_region_has_is_done(
    officer, as_officer, county, told
):
    first = letter("inspection.record", inspection(county.plant, ()), subject="moved")
    second = letter("inspection.record", inspection(county.plant, ()), subject="moved")
    first, second = chained(first, second)
    await deliver(officer, first)
    moved = as_officer("1408", officer=FIRST)
    assert states(await deliver(moved, second)) == ["applied"]
    narrow = as_officer("140802", officer=FIRST)
    third = letter("nothing.known", {"id": "x"}, subject="moved") | {"after": first["id"]}
    (verdict,) = await deliver(narrow, third)
    assert verdict["problem"]["code"] == "letter-kind-unknown"


# --- letters that wait


async def test_what_waits_for_more_than_a_day_is_shown_with_its_reason(
    officer, case_letters, chief_reads, owner, as_officer
):
    _, second, *_ = chained(*await case_letters())
    await deliver(officer, second)
    assert await chief_reads("held-letters") == []
    owner.execute("update case_svc.held_letter set held_since = now() - interval '25 hours'")
    await deliver(officer, second)
    (held,) = await chief_reads("held-letters")
    assert (held["id"], held["code"]) == (second["id"], "earlier-letter-waits")
    assert held["last_sent_at"] > held["held_since"]
    assert (held["name"], held["entity_id"]) == ("张岳", None)
    elsewhere = as_officer("140802", "section_chief")
    assert (await elsewhere.get("/v1/held-letters")).json()["items"] == []


async def test_of_what_waits_it_is_said_about_which_plant_it_is(
    officer, county, chief_reads, case_letters
):
    first, second, third, *_ = chained(*await case_letters())
    stranger = inspection(str(uuid4()))
    unknown = letter("inspection.record", stranger)
    behind = letter("evidence.declare", evidence(stranger["id"], PHOTO))
    await deliver(officer, first, third, unknown, behind)
    found = {one["id"]: one for one in await chief_reads("held-letters", hours=0)}
    said = {
        id_: (one["entity_id"], one["entity_name"], one["detail"] != one["title"])
        for id_, one in found.items()
    }
    assert said == {
        third["id"]: (county.plant, county.plant_name, False),
        unknown["id"]: (stranger["entity_id"], None, True),
        behind["id"]: (stranger["entity_id"], None, False),
    }
    # Alone it no longer says so: what was known stays.
    await deliver(officer, behind)
    found = {one["id"]: one for one in await chief_reads("held-letters", hours=0)}
    assert found[behind["id"]]["entity_id"] == stranger["entity_id"]
    assert second["id"] not in found


async def test_held_letters_come_in_pages(officer, county, chief):
    for _ in range(5):
        about = inspection(county.plant)
        await deliver(officer, letter("evidence.declare", evidence(about["id"], PHOTO)))
    seen, after = [], None
    while True:
        params = {"hours": 0, "limit": 2} | ({"after": after} if after else {})
        page = (await chief.get("/v1/held-letters", params=params)).json()
        seen += [one["id"] for one in page["items"]]
        if (after := page["next"]) is None:
            break
    assert len(set(seen)) == len(seen) == 5


async def test_what_is_decided_elsewhere_no_longer_waits_here(officer, as_officer, county, owner):
    about = inspection(county.plant)
    first, second = chained(
        letter("inspection.record", about),
        letter("evidence.declare", evidence(about["id"], PHOTO)),
    )
    await deliver(officer, second)
    prefecture = as_officer("1408", officer=FIRST)
    await deliver(prefecture, first, second)
    assert owner.execute("select count(*) from case_svc.held_letter").fetchone() == (0,)


# --- forks


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
