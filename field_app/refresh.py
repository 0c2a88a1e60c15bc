"""Bring the mirror up to date: what changed since the cursor, new packs, numbers for the road.

Rows count only when the trailer's number and hash agree with what came; then rows and cursor are
applied in one transaction. A cursor that the office no longer knows (410) means: everything anew.
"""

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Any
from uuid import uuid4

import httpx

from field_app.actions.return_numbers import return_numbers
from field_app.answers import UNKNOWN_STATUS, Unknown, ask, problem_of, told
from field_app.bundle import OfficeKey
from field_app.forecast import NUMBERED, few, wanted, years
from field_app.meeting import meet
from field_app.moments import kept, now
from field_app.receipt_keys import fetch_receipt_keys
from field_app.session import SignInNeeded
from field_app.shelves.mirror import Place
from field_app.store import Store
from field_app.wire import Trailer
from field_app.withdrawal import OF_PLANT
from lawbook.refusal import Refusal

DATASETS = ("units", "officers", "entities", *OF_PLANT)
LATER = frozenset(("proposals", "cases"))
"""What no visit needs: it comes after the packs and the numbers, which one does."""
OF_PROCEEDINGS = frozenset(OF_PLANT)
"""What comes from where the letters go: a cursor unknown there may mean letters unknown there."""
AT_ONCE = 4
"""Packs on their way at a time: one line does not wait for the other's answer."""
PATIENCE = 2
"""Silences in a row after which there is no signal, rather than a poor one."""


@dataclass
class Refreshed:
    """Rows that came, by dataset; packs and leases that came; why it ended early."""

    rows: dict[str, int] = field(default_factory=dict)
    packs: int = 0
    leases: int = 0
    stopped: str | None = None
    sign_in_needed: bool = False


async def refresh(
    store: Store,
    office: httpx.AsyncClient,
    datasets: Sequence[str] = DATASETS,
    numbered: Sequence[str] | None = None,
) -> Refreshed:
    """Bring everything up to date, as far as the signal allows. Never raises for its sake."""
    done, silences = Refreshed(), 0
    steps: list[Callable[[], Awaitable[None]]] = [partial(_whose, store, office)]
    rows = {dataset: partial(_rows, store, office, done, dataset) for dataset in datasets}
    steps += [step for dataset, step in rows.items() if dataset not in LATER]
    steps += [
        partial(_joint, store, office),
        partial(fetch_receipt_keys, store, office),
        partial(_bundle_key, store, office),
        partial(_owed, store, office),
        partial(_packs, store, office, done),
        partial(_meet, store),
        partial(_leases, store, office, done, numbered),
        *(step for dataset, step in rows.items() if dataset in LATER),
    ]
    for step in steps:
        # A step that failed keeps no other from coming: what came is kept, the rest comes later.
        try:
            await step()
            silences = 0
        except Unknown:
            silences += 1
            done.stopped = done.stopped or "暂时联系不上服务器，使用本机已有数据"
            if silences == PATIENCE:
                break
        except SignInNeeded as refusal:
            done.stopped, done.sign_in_needed = refusal.title, True
            break
        except Refusal as refusal:
            done.stopped = done.stopped or refusal.detail
    if done.stopped is None:
        store.set("refreshed_at", kept(now()))
    return done


async def _whose(store: Store, office: httpx.AsyncClient) -> None:
    """Ask for the name of the officer's unit, when the office has moved the officer to another."""
    me = store.setting("me")
    if me is None or me["unit_name"]:
        return
    answer = await ask(office, "GET", "/v1/me")
    if not answer.is_success:
        raise Refusal(f"{problem_of(answer)['title']}（{answer.status_code}）")
    said = told(answer)
    if any(name not in said for name in me):
        raise Unknown("应答不完整")
    store.set("me", said)


async def _rows(store: Store, office: httpx.AsyncClient, done: Refreshed, dataset: str) -> None:
    done.rows[dataset] = await pull(store, office, dataset)


async def _packs(store: Store, office: httpx.AsyncClient, done: Refreshed) -> None:
    done.packs = await fetch_packs(store, office)


async def _joint(store: Store, office: httpx.AsyncClient) -> None:
    """The officers of other bureaus with whom one may inspect; an older office tells of none."""
    answer = await ask(office, "GET", "/v1/joint-officers")
    if answer.status_code == httpx.codes.NOT_FOUND:
        return
    if not answer.is_success:
        raise Refusal(f"{problem_of(answer)['title']}（{answer.status_code}）")
    items = told(answer).get("items")
    if not isinstance(items, list):
        raise Unknown("应答不完整")
    store.mirror.join(items)


async def _meet(store: Store) -> None:
    meet(store)


async def _leases(
    store: Store, office: httpx.AsyncClient, done: Refreshed, numbered: Sequence[str] | None
) -> None:
    wanted = numbered_here(store) if numbered is None else numbered
    done.leases = await top_up(store, office, wanted)


def numbered_here(store: Store) -> list[str]:
    """The kinds of documents that this tablet makes and that bear a number, the usual ones first."""
    rare = [
        form.code
        for form in store.packs.templates()
        if form.about and form.numbering is not None and form.code not in NUMBERED
    ]
    return [*NUMBERED, *rare]


async def pull(store: Store, office: httpx.AsyncClient, dataset: str) -> int:
    """Apply what changed in one dataset; how many rows came. Unknown when it did not come whole."""
    before = store.mirror.place(dataset)
    answer = await _stream(office, dataset, before.next if before else None)
    if forgotten := answer is None:
        answer = await _stream(office, dataset, None)
    if answer is None:
        raise Unknown("服务器不认可位置标记")
    # The mirror was forgotten, for another region's sake say: the office may have been restored since
    # the last cursor of then, and must not be taken for the one that signed the receipts.
    if before is None and dataset in OF_PROCEEDINGS and (old := store.mirror.dropped(dataset)):
        forgotten = forgotten or await _gone(office, dataset, old)
    rows, as_came, trailer = answer
    place = Place(trailer["next"], trailer["rows"], kept(now()))
    with store.atomic():
        # The token may have been renewed on the way, and the mirror forgotten for its sake.
        if forgotten or store.mirror.place(dataset) == before:
            if forgotten and dataset in OF_PROCEEDINGS:
                store.outbox.offer_again()
            whole = forgotten or before is None
            store.mirror.apply(dataset, rows, place, whole=whole, as_came=as_came)
            store.mirror.asked_by_dropped(dataset)
            return len(rows)
    raise Unknown("登录的区划已变更")


async def _gone(office: httpx.AsyncClient, dataset: str, cursor: str) -> bool:
    """Whether the office does not know a cursor that it has given. Unknown where it did not say."""
    try:
        async with office.stream("GET", f"/v1/pulls/{dataset}", params={"after": cursor}) as answer:
            if not answer.is_success and answer.status_code != httpx.codes.GONE:
                raise Unknown(f"HTTP {answer.status_code}")
            return answer.status_code == httpx.codes.GONE
    except httpx.HTTPError as error:
        raise Unknown(str(error)) from error


async def _stream(
    office: httpx.AsyncClient, dataset: str, after: str | None
) -> tuple[list[dict[str, Any]], list[str], Trailer] | None:
    """Rows, the same as they came, and the trailer of a pull that came whole.

    None when the cursor is not known any more.
    """
    rows: list[dict[str, Any]] = []
    as_came: list[str] = []
    digest, held = hashlib.sha256(), b""
    params = {"after": after} if after else None
    try:
        async with office.stream("GET", f"/v1/pulls/{dataset}", params=params) as answer:
            if answer.status_code == httpx.codes.GONE:
                return None
            if answer.is_server_error or answer.is_redirect or answer.status_code in UNKNOWN_STATUS:
                raise Unknown(f"HTTP {answer.status_code}")
            if not answer.is_success:
                await answer.aread()
                problem = problem_of(answer)
                raise Refusal(f"{problem['title']}（{dataset}，{answer.status_code}）")
            async for chunk in answer.aiter_bytes():
                *lines, held = (held + chunk).split(b"\n")
                for line in lines:
                    text = line.decode()
                    row = json.loads(text)
                    if row.get("end") is True:
                        if (row["rows"], row["sha256"]) != (len(rows), digest.hexdigest()):
                            raise Unknown("数据校验不符")
                        return rows, as_came, row
                    digest.update(line + b"\n")
                    rows.append(row)
                    as_came.append(text)
    except (
        httpx.TransportError,
        httpx.StreamError,
        httpx.DecodingError,
        ValueError,
        KeyError,
    ) as error:
        raise Unknown(str(error) or type(error).__name__) from error
    raise Unknown("数据不完整")


async def _owed(store: Store, office: httpx.AsyncClient) -> None:
    """What documents of the site still owe in one's unit, and which are answered (待补手续)."""
    answer = await ask(office, "GET", "/v1/site-duties?open_only=false")
    # An office of before does not follow them; a colleague's role may not see them.
    if answer.is_success:
        store.set("site_duties", told(answer)["items"])


async def _bundle_key(store: Store, office: httpx.AsyncClient) -> None:
    """Learn the key to which bundles are sealed, the first that the office tells."""
    answer = await ask(office, "GET", "/v1/bundle-keys")
    if not answer.is_success:
        # An office of before knows no bundles.
        return
    items = told(answer).get("items")
    for item in items[:1] if isinstance(items, list) else []:
        key = OfficeKey(str(item.get("key")), str(item.get("public_key")))
        if key.sound and asdict(key) != store.setting("bundle_key"):
            store.set("bundle_key", asdict(key))


async def fetch_packs(store: Store, office: httpx.AsyncClient) -> int:
    """Fetch the packs that are new or have changed, each checked against its hash.

    One that does not come keeps no other from coming, as with the steps of a refresh; Unknown is
    raised at the end, or when PATIENCE in a row did not come.
    """
    known, fetched = store.packs.known(), 0
    answer = await ask(office, "GET", "/v1/packs")
    if not answer.is_success:
        raise Refusal(f"{problem_of(answer)['title']}（packs，{answer.status_code}）")
    entries = [
        (entry["kind"], entry["code"], entry["version"], entry["sha256"])
        for entry in told(answer).get("items", [])
    ]
    wanted = [one for one in entries if known.get(one[:3]) != one[3]]
    silences, missed = 0, 0
    for first in range(0, len(wanted), AT_ONCE):
        some = wanted[first : first + AT_ONCE]
        came = await asyncio.gather(
            *(_fetch_pack(office, *one) for one in some), return_exceptions=True
        )
        with store.atomic():
            for one, pack in zip(some, came, strict=True):
                if isinstance(pack, Unknown):
                    silences, missed = silences + 1, missed + 1
                elif not isinstance(pack, BaseException):
                    store.packs.keep(*one, pack)
                    fetched, silences = fetched + 1, 0
        for pack in came:
            if isinstance(pack, BaseException) and not isinstance(pack, Unknown):
                raise pack
        if silences >= PATIENCE:
            break
    if missed:
        raise Unknown("检查表或文书样式没有取全")
    return fetched


async def _fetch_pack(
    office: httpx.AsyncClient, kind: str, code: str, version: str, sha256: str
) -> dict[str, Any]:
    pack = await ask(office, "GET", f"/v1/packs/{kind}/{code}/{version}")
    if not pack.is_success or hashlib.sha256(pack.content).hexdigest() != sha256:
        raise Unknown("检查表或文书样式校验不符")
    return told(pack)


async def top_up(
    store: Store, office: httpx.AsyncClient, numbered: Sequence[str] = NUMBERED
) -> int:
    """Ask for more numbers where few are left; how many leases came.

    What is left of last year's is given back first; a lease of last year whose answer was lost is
    asked for once more, so that it can be given back too.
    """
    return_numbers(store)
    at = now()
    unit = str((store.setting("me") or {}).get("unit", ""))
    asked = {(document, of) for _, document, of, _ in store.leases.asked()}
    for document in numbered:
        for year in years(at):
            left, least = store.leases.left(document, year, unit), few(store, document, at)
            if left < least and (document, year) not in asked:
                count = wanted(store, document, at)
                store.leases.ask(str(uuid4()), document, year, count, kept(at))
    granted, refused = 0, None
    for lease_id, document, of, count in store.leases.asked():
        answer = await ask(
            office,
            "PUT",
            f"/v1/number-leases/{lease_id}",
            json={"document": document, "year": of, "device": store.device, "count": count},
        )
        if not answer.is_success:
            store.leases.withdraw(lease_id)
            refused = Refusal(f"{problem_of(answer)['title']}（文号，{answer.status_code}）")
            continue
        lease = told(answer)
        if not all(name in lease for name in ("unit", "first", "last", "pattern")):
            raise Unknown("应答不完整")
        store.leases.grant(lease_id, lease)  # type: ignore[arg-type]
        granted += 1
    return_numbers(store)
    if refused:
        raise refused
    return granted
