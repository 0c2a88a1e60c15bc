"""Receipts that prove a tablet's journal: signed, at their place, once."""

import asyncio
from itertools import permutations
from uuid import uuid4

import pytest

from lawbook.journal import link_of
from services.case_svc.app import case_app
from services.kit.receipts import Signer, verified
from tests.case_svc.on_the_spot import (
    DEVICE,
    inspection,
    letter,
)
from tests.case_svc.proceedings import FIRST
from tests.case_svc.test_deliveries import deliver, post, sha256_of, states
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


async def keys_of(client):
    items = (await client.get("/v1/receipt-keys")).json()["items"]
    return {item["key"]: item["public_key"] for item in items}


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
    officer, case_letters, postgres
):
    letters = await case_letters()
    await deliver(officer, *letters)
    postgres.execute("update case_svc.letter set receipt_key = null, receipt_signature = null")
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


async def test_every_order_of_five_letters_ends_in_one_state(officer, case_letters, postgres):
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
        ends.add(_state(postgres, letters))
    assert len(ends) == 1
    assert postgres.execute("select count(*) from case_svc.held_letter").fetchone() == (0,)
    assert postgres.execute("select count(*) from case_svc.journal_fork").fetchone() == (0,)


def _state(postgres, letters):
    """What the office has of a case, whatever its ids and numbers."""
    about = letters[0]["body"]["id"]
    ids = {one["body"]["id"]: number for number, one in enumerate(letters)}
    hazards = postgres.execute(
        "select state from case_svc.hazard where inspection_id = %s", (about,)
    ).fetchall()
    documents = postgres.execute(
        "select id::text, kind from case_svc.document where inspection_id = %s", (about,)
    ).fetchall()
    told = postgres.execute(
        "select state, count(*) from case_svc.letter where id = any(%s::uuid[]) group by state",
        ([one["id"] for one in letters],),
    ).fetchall()
    announced = postgres.execute(
        "select subject, kind from case_svc.change where subject = any(%s) order by position",
        (list(ids),),
    ).fetchall()
    return repr((
        hazards, sorted((ids[one], kind) for one, kind in documents), told,
        [(ids[subject], kind) for subject, kind in announced],
    ))  # fmt: skip
