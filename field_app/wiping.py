"""Wipe this device when the office asks for it (擦除): only once nothing is here alone.

What has not reached the office is never erased, unless it lies in a bundle that is sealed to the
office: that stays on the device, and whoever works on it next delivers it.
"""

import logging
from pathlib import Path

import httpx

from field_app.answers import Unknown
from field_app.contact import FILE as CONTACT
from field_app.contact import note
from field_app.crypt.keys import new_key
from field_app.device import FILE as DEVICE
from field_app.device import Device
from field_app.reporting import report
from field_app.setting_aside import try_to_set_aside
from field_app.store import ERASED, KEY, Store, erase
from field_app.takeover import PLAIN
from field_app.unsent import unsent_here
from field_app.vault import holds_nothing_alone
from lawbook.refusal import Refusal


def sealed(store: Store) -> bool:
    """Whether what is unsent here lies in a bundle that can still reach the office; made now."""
    return try_to_set_aside(store)


def may_be_wiped(store: Store) -> bool:
    """Whether nothing would be lost with this device."""
    return not unsent_here(store) or sealed(store)


def erase_others(device: Device, people: Path) -> bool:
    """Erase other people's stores, where nothing is only there; whether none is left.

    Nobody here can open them: what they hold alone waits for their person, and one of an earlier
    version, which is plain, for whoever takes it over.
    """
    for place in list(people.glob(f"*/{KEY}")):
        if holds_nothing_alone(place.parent):
            erase(place.parent)
    return not any(people.glob(f"*/{KEY}")) and not (device.folder / PLAIN).is_file()


async def wipe(store: Store, office: httpx.AsyncClient) -> None:
    """Erase mirror, packs, records and files, and tell the office; the store is closed afterwards.

    Killed or cut off between the two, the device is still asked to wipe itself: the next who signs
    in here finds nothing, and the office is told then. Confirmed, the identity goes too: what comes
    back is enrolled anew.
    """
    token = store.setting("token") or {}
    bearer = f"Bearer {token.get('access', '')}"
    device, folder = store.installation, store.folder
    store.erase()
    if not erase_others(device, folder.parent):
        # The office hears of it when the last has gone.
        return
    # What is told of a device is counted in its store: an empty one takes the place of the full.
    empty = Store(folder.with_name(f"empty{ERASED}"), new_key(), installation=device)
    try:
        await report(empty, office, bearer=bearer, wiped=True)
    except (Unknown, Refusal) as error:
        logging.getLogger("field_app").warning("wiped, not confirmed: %s", error)
        return
    finally:
        empty.erase()
    # Forgotten first: a kill in between leaves an installation that is new, or as good as new.
    note(device, state="", nonce=None, number=0)
    for name in (DEVICE, CONTACT):
        (device.folder / name).unlink(missing_ok=True)
