"""The office's keys by which receipts are verified (回执公钥), as this tablet has learned them."""

from collections.abc import Set

import httpx

from field_app.answers import Unknown, ask, problem_of, told
from field_app.receipts import Keys, keys_of
from field_app.store import Store
from lawbook.refusal import Refusal


def receipt_keys(store: Store) -> Keys:
    """The keys that the office has told so far."""
    return dict(store.setting("receipt_keys") or {})


async def fetch_receipt_keys(store: Store, office: httpx.AsyncClient) -> None:
    """Learn the keys by which receipts are verified. None is forgotten: old receipts need theirs."""
    answer = await ask(office, "GET", "/v1/receipt-keys")
    if not answer.is_success:
        raise Refusal(f"{problem_of(answer)['title']}（回执公钥，{answer.status_code}）")
    known = receipt_keys(store)
    if (now_known := {**known, **keys_of(told(answer).get("items"))}) != known:
        store.set("receipt_keys", now_known)


async def keys_for(store: Store, office: httpx.AsyncClient, named: Set[str]) -> Keys:
    """The keys that the tablet knows; asked for when a receipt names another one."""
    keys = receipt_keys(store)
    if named <= set(keys):
        return keys
    try:
        await fetch_receipt_keys(store, office)
    except (Unknown, Refusal):
        # The answer is here and counts; what has no key waits, and says why.
        return keys
    return receipt_keys(store)
