"""Empty the outbox: letters in order per subject, in few round trips, then the files.

Silence, 5xx and half answers mean *unknown*: the letter stays and is sent again, which its id makes
harmless. A refusal is kept for the officer to read; later letters of the same subject wait behind
it, other subjects go on. A letter counts as sent only on a receipt that the office has signed, for
this very letter at its place in this device's journal.
"""

import asyncio
from dataclasses import dataclass
from typing import Any

import httpx

from field_app import grants, network, receipts, tus
from field_app.answers import Unknown, ask, problem_of, told
from field_app.receipt_keys import keys_for
from field_app.session import SignInNeeded
from field_app.sharing import share
from field_app.shelves.outbox import Letter, Upload
from field_app.store import Store
from field_app.together import Together
from field_app.wire import Problem, Verdict
from lawbook.media import VIDEO, family
from lawbook.refusal import Refusal

FEW, MOST = 50, 200
"""Letters in the first request of a delivery, and in any: as many as an office takes at once."""
CASES = "/v1/deliveries"
OFFICES = {"entity.propose": "/v1/ledger-deliveries"}
"""Where letters of a kind go; all others go where the cases are."""
FILES_AT_ONCE = 3
"""Files on their way at a time: while the office keeps one, the line carries the next."""
SILENCES = 2
VIDEO_UNMETERED = "video_unmetered_only"
"""The setting by which video waits for a network that is not paid by the byte."""
ALL = -1
MALFORMED = frozenset((400, 413, 422))


@dataclass
class Delivered:
    """What one delivery achieved. `stopped`: why it ended early, in words; None when it did not."""

    sent: int = 0
    refused: int = 0
    files: int = 0
    carried: int = 0
    stopped: str | None = None
    sign_in_needed: bool = False


async def deliver(
    store: Store, office: httpx.AsyncClient, files_at_once: int = FILES_AT_ONCE
) -> Delivered:
    """Send what is waiting. Never raises for the network's sake; run it as often as you like."""
    done = Delivered()
    try:
        share(store)
        await _letters(store, office, done)
        await send_files(store, office, done, files_at_once)
    except Unknown:
        done.stopped = "暂时联系不上服务器，稍后自动再送"
    except SignInNeeded as refusal:
        done.stopped, done.sign_in_needed = refusal.title, True
    except Refusal as refusal:
        done.stopped = refusal.detail
    return done


async def _letters(store: Store, office: httpx.AsyncClient, done: Delivered) -> None:
    # One pass offers each letter once: what stays unknown is for another time.
    size, passed = FEW, 0
    while batch := store.outbox.waiting(size, after=passed):
        passed = batch[-1].position
        await _each_to_its_own(store, office, batch, done)
        # A network that carried these carries more.
        size = min(2 * size, MOST)


async def _each_to_its_own(
    store: Store, office: httpx.AsyncClient, batch: list[Letter], done: Delivered
) -> None:
    """The ledger first, so that it knows a plant before its inspection comes.

    One that does not take its letters keeps none from the other.
    """
    trouble: Unknown | Refusal | None = None
    for address in (*OFFICES.values(), CASES):
        if letters := [one for one in batch if OFFICES.get(one.kind, CASES) == address]:
            try:
                await _send(store, office, letters, done, address)
            except SignInNeeded:
                raise
            except (Unknown, Refusal) as met:
                trouble = trouble or met
    if trouble:
        raise trouble


async def _send(
    store: Store, office: httpx.AsyncClient, batch: list[Letter], done: Delivered, address: str
) -> None:
    # Only where its officer has worked elsewhere: an office that knows no grants is not told of any.
    elsewhere = grants.elsewhere(store) if address == CASES else []
    lent = {"grants": elsewhere} if elsewhere else {}
    answer = await ask(
        office,
        "POST",
        address,
        json={"device": store.device, "letters": store.outbox.on_the_wire(batch)} | lent,
    )
    if answer.status_code in MALFORMED:
        await _halve(store, office, batch, answer, done, address)
        return
    if not answer.is_success:
        # The office refuses the delivery, not a letter: nothing is decided about any of them.
        problem = problem_of(answer)
        raise Refusal(f"{problem['title']}（{answer.status_code}）")
    verdicts = told(answer).get("verdicts")
    if not isinstance(verdicts, list):
        raise Unknown("应答不完整")
    by_id = {one["id"]: one for one in verdicts if isinstance(one, dict) and "id" in one}
    signed = (one["receipt"] for one in by_id.values() if isinstance(one.get("receipt"), dict))
    keys = await keys_for(store, office, {str(one["key"]) for one in signed if "key" in one})
    # All verdicts of one answer in one commit: one fsync for a batch, and the order kept.
    with store.atomic():
        for letter in batch:
            if verdict := by_id.get(letter.id):
                settle(store, letter, verdict, keys, done)


async def _halve(
    store: Store,
    office: httpx.AsyncClient,
    batch: list[Letter],
    answer: httpx.Response,
    done: Delivered,
    address: str,
) -> None:
    """One letter that cannot be read must not keep the others: find it by halves."""
    if len(batch) == 1:
        with store.atomic():
            store.outbox.refused(batch[0], problem_of(answer), None)
        done.refused += 1
        return
    half = len(batch) // 2
    await _send(store, office, batch[:half], done, address)
    still = {letter.id for letter in store.outbox.waiting(ALL)}
    if rest := [letter for letter in batch[half:] if letter.id in still]:
        await _send(store, office, rest, done, address)


def settle(
    store: Store,
    letter: Letter,
    verdict: Verdict | dict[str, Any],
    keys: receipts.Keys,
    done: Delivered,
) -> None:
    """Keep what the office says of a letter, as far as it can be believed."""
    receipt, state = verdict.get("receipt"), verdict.get("state")
    own = {
        "letter": letter.id,
        "sha256": letter.sha256,
        "device": store.device,
        "seq": letter.seq,
        "link": letter.link,
        "state": state,
    }
    doubt = receipts.doubt(receipt, own, keys)
    if state == "rejected":
        problem: Problem = verdict.get("problem") or {"code": "rejected", "title": "服务器未受理"}
        store.outbox.refused(letter, problem, None if doubt else receipt)
        done.refused += 1
    elif state == "applied":
        if doubt or not receipt:
            store.outbox.noted(letter.id, doubt or receipts.DIFFERS)
        else:
            store.outbox.sent(letter.id, receipt)
            done.sent += 1
    elif problem_told := verdict.get("problem"):
        store.outbox.noted(letter.id, problem_told)


def _to_send(store: Store) -> list[Upload]:
    """Files that go now: no video over a paid network, when the officer wants it so."""
    waiting = store.outbox.uploads("waiting")
    if store.setting(VIDEO_UNMETERED) and network.metered():
        return [one for one in waiting if family(one.media_type) != VIDEO]
    return waiting


async def send_files(
    store: Store, office: httpx.AsyncClient, done: Delivered, at_once: int = FILES_AT_ONCE
) -> None:
    """Send the files that wait, some at a time. Unknown when not all have got through."""
    to_send, silences = _to_send(store), 0
    waiting, together = iter(to_send), Together(store, to_send)

    async def one_after_another() -> None:
        nonlocal silences
        for upload in waiting:
            try:
                if await tus.send(store, office, upload, together):
                    done.files += 1
                silences = 0
            except Unknown:
                # One file that does not get through keeps no other back; two in a row: no signal.
                silences += 1
            if silences >= SILENCES:
                break
        together.keep()

    lines = (one_after_another() for _ in range(at_once))
    try:
        ended = await asyncio.gather(*lines, return_exceptions=True)
    finally:
        together.end()
    for met in ended:
        if isinstance(met, BaseException):
            raise met
    if _to_send(store):
        raise Unknown("还有文件未送完")
