"""Empty the outbox: letters in order per subject, in few round trips, then the files.

Silence, 5xx and half answers mean *unknown*: the letter stays and is sent again, which its id makes
harmless. A refusal is kept for the officer to read; later letters of the same subject wait behind
it, other subjects go on. A letter counts as sent only on a receipt that repeats its hash.
"""

from dataclasses import dataclass
from typing import Any

import httpx

from field_app import tus
from field_app.answers import Unknown, ask, problem_of, told
from field_app.session import SignInNeeded
from field_app.shelves.outbox import Letter
from field_app.store import Store
from field_app.wire import LetterBody, Problem, Verdict
from lawbook.refusal import Refusal

BATCH = 50
ALL = -1
MALFORMED = frozenset((400, 413, 422))
RECEIPT_DIFFERS: Problem = {
    "code": "receipt-differs",
    "title": "回执与本机内容不一致，暂不视为已送达",
    "next_step": "系统会再次送出；多次出现时请联系管理员",
}


@dataclass
class Delivered:
    """What one delivery achieved. `stopped`: why it ended early, in words; None when it did not."""

    sent: int = 0
    refused: int = 0
    files: int = 0
    stopped: str | None = None
    sign_in_needed: bool = False


async def deliver(store: Store, office: httpx.AsyncClient) -> Delivered:
    """Send what is waiting. Never raises for the network's sake; run it as often as you like."""
    done = Delivered()
    try:
        await _letters(store, office, done)
        await _files(store, office, done)
    except Unknown:
        done.stopped = "暂时联系不上服务器，稍后自动再送"
    except SignInNeeded as refusal:
        done.stopped, done.sign_in_needed = refusal.title, True
    except Refusal as refusal:
        done.stopped = refusal.detail
    return done


async def _letters(store: Store, office: httpx.AsyncClient, done: Delivered) -> None:
    tried: set[str] = set()
    while True:
        # One pass offers each letter once: what stays unknown is for another time.
        batch = [one for one in store.outbox.waiting(BATCH + len(tried)) if one.id not in tried]
        if not batch:
            return
        batch = batch[:BATCH]
        tried.update(letter.id for letter in batch)
        await _send(store, office, batch, done)


async def _send(
    store: Store, office: httpx.AsyncClient, batch: list[Letter], done: Delivered
) -> None:
    answer = await ask(
        office,
        "POST",
        "/v1/deliveries",
        json={"device": store.device, "letters": [_on_the_wire(letter) for letter in batch]},
    )
    if answer.status_code in MALFORMED:
        await _halve(store, office, batch, answer, done)
        return
    if not answer.is_success:
        # The office refuses the delivery, not a letter: nothing is decided about any of them.
        problem = problem_of(answer)
        raise Refusal(f"{problem['title']}（{answer.status_code}）")
    verdicts = told(answer).get("verdicts")
    if not isinstance(verdicts, list):
        raise Unknown("应答不完整")
    by_id = {one["id"]: one for one in verdicts if isinstance(one, dict) and "id" in one}
    # All verdicts of one answer in one commit: one fsync for a batch, and the order kept.
    with store.atomic():
        for letter in batch:
            if verdict := by_id.get(letter.id):
                _settle(store, letter, verdict, done)


async def _halve(
    store: Store,
    office: httpx.AsyncClient,
    batch: list[Letter],
    answer: httpx.Response,
    done: Delivered,
) -> None:
    """One letter that cannot be read must not keep the others: find it by halves."""
    if len(batch) == 1:
        with store.atomic():
            store.outbox.refused(batch[0], problem_of(answer), None)
        done.refused += 1
        return
    half = len(batch) // 2
    await _send(store, office, batch[:half], done)
    still = {letter.id for letter in store.outbox.waiting(ALL)}
    if rest := [letter for letter in batch[half:] if letter.id in still]:
        await _send(store, office, rest, done)


def _on_the_wire(letter: Letter) -> LetterBody:
    return {
        "id": letter.id,
        "subject": letter.subject,
        "kind": letter.kind,
        "written_at": letter.written_at,
        "body": letter.body,
    }


def _settle(
    store: Store, letter: Letter, verdict: Verdict | dict[str, Any], done: Delivered
) -> None:
    receipt, state = verdict.get("receipt"), verdict.get("state")
    if state == "rejected":
        problem: Problem = verdict.get("problem") or {"code": "rejected", "title": "服务器未受理"}
        store.outbox.refused(letter, problem, receipt)
        done.refused += 1
    elif state == "applied":
        if receipt and receipt.get("sha256") == letter.sha256:
            store.outbox.sent(letter.id, receipt)
            done.sent += 1
        else:
            store.outbox.noted(letter.id, RECEIPT_DIFFERS)
    elif problem_told := verdict.get("problem"):
        store.outbox.noted(letter.id, problem_told)


async def _files(store: Store, office: httpx.AsyncClient, done: Delivered) -> None:
    silence: Unknown | None = None
    for upload in store.outbox.uploads("waiting"):
        try:
            if await tus.send(store, office, upload):
                done.files += 1
        except Unknown as unknown:
            # One file that does not get through keeps no other back; two in a row: no signal.
            if silence:
                raise
            silence = unknown
        else:
            silence = None
    if store.outbox.uploads("waiting"):
        raise Unknown("还有文件未送完")
