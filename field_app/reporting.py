"""Tell the office how this device stands, in the officer's name and by the device's key (上报).

The number of a report is on disk before it is sent: a number that comes twice betrays a second
installation, a clone or a restored backup.
"""

import httpx

from field_app import grants
from field_app.answers import Unknown, ask, problem_of, told
from field_app.clocks import clock_of, heard, monotonic
from field_app.contact import Contact, contact_of, note
from field_app.device import text_of
from field_app.laid_aside import all_below
from field_app.moments import kept, now
from field_app.schema import STEPS
from field_app.store import Store
from field_app.unsent import unsent_here
from field_app.wire import canonical
from lawbook.refusal import Refusal

APP = "2026.11"
TOLD = ("state", "reason", "cloned", "server_time", "nonce", "offline_days")


async def report(
    store: Store, office: httpx.AsyncClient, *, bearer: str | None = None, wiped: bool = False
) -> Contact | None:
    """Report, and keep what is told in return; None where this device is not enrolled.

    `wiped`: everything has been erased as asked; `bearer` is then the Authorization header that was
    kept for this one request. Raises Unknown without a signal, SignInNeeded, Refusal.
    """
    device = store.installation
    before = contact_of(device)
    if not before.enrolled:
        return None
    before = note(device, number=before.number + 1)
    body = _body(store, before) | ({"wiped": True} if wiped else {})
    signature = text_of(device.sign(canonical(body | {"device": device.id})))
    sent = monotonic()
    answer = await ask(
        office, "POST", f"/v1/devices/{device.id}/reports", json=body | {"signature": signature},
        **({"headers": {"authorization": bearer}, "auth": None} if bearer else {}),
    )  # fmt: skip
    if not answer.is_success:
        raise Refusal(f"{problem_of(answer)['title']}（平板上报，{answer.status_code}）")
    answered = told(answer)
    if not all(name in answered for name in TOLD):
        raise Unknown("应答不完整")
    if not wiped:
        store.set("grant", answered.get("grant"))
        grants.keep(store, answered.get("grant"))
    rest = {name: answered[name] for name in TOLD if name != "server_time"}
    if "attestation" in answered:
        rest["attestation"] = answered["attestation"]
    return heard(device, answered["server_time"], sent, **rest)


def _body(store: Store, contact: Contact) -> dict[str, object]:
    unsent, aside = unsent_here(store), all_below(store.folder.parent)
    # Said only where there is one: an older office takes no more.
    told = {"set_aside": len(aside), "set_aside_letters": sum(one.unsent for one in aside)}
    return (told if aside else {}) | {
        "number": contact.number,
        "nonce": contact.nonce,
        "reported_at": kept(now()),
        "unsent_letters": unsent.letters,
        "unsent_files": unsent.files,
        "unfinished": unsent.unfinished,
        "oldest_unsent_at": unsent.oldest,
        "versions": {
            "app": APP,
            "store": len(STEPS),
            "packs": {f"{kind}/{code}": version for kind, code, version in store.packs.known()},
        },
        "clock": clock_of(store.installation),
    }
