"""Enrol this installation (平板注册), and hold it to the state that the office gave it."""

import platform

import httpx

from field_app.answers import Unknown, ask, client_of, problem_of, told
from field_app.clocks import heard, monotonic
from field_app.contact import FROZEN, WIPING, Contact, contact_of
from field_app.device import Device
from field_app.refusals import CodeUnreadable, DeviceFrozen, EnrolmentRefused
from field_app.store import Store

MARK = "zhifa-enrol:"
VERSION = "1"


def read_code(text: str) -> tuple[str | None, str]:
    """What a QR code or a person gives: the gateway, if it names one, and the code.

    Refuses CodeUnreadable.
    """
    given = text.strip()
    if not given.startswith(MARK):
        if not 6 <= len(given) <= 40:
            raise CodeUnreadable
        return None, given
    version, _, rest = given.removeprefix(MARK).partition(":")
    gateway, _, code = rest.rpartition(":")
    if version != VERSION or not gateway.startswith(("http://", "https://")) or not code:
        raise CodeUnreadable
    return gateway, code


def this_machine() -> dict[str, str]:
    """What a device says of itself: name, model, platform."""
    name = platform.node() or "平板"
    return {
        "name": name[:200],
        "model": platform.machine()[:200],
        "platform": platform.platform(terse=True)[:200],
    }


async def enrol(
    device: Device,
    gateway: str,
    text: str,
    name: str = "",
    transport: httpx.AsyncBaseTransport | None = None,
) -> Contact:
    """Enter a unit by a code, typed or scanned. Again with the same code: harmless.

    `gateway`: where to ask when the code itself names none. `name`: how the office lists it.
    Refuses CodeUnreadable, EnrolmentRefused (in the office's words). Raises Unknown without a
    signal: the same code may be tried again.
    """
    named, code = read_code(text)
    url = named or gateway
    record = this_machine() | ({"name": name.strip()[:200]} if name.strip() else {})
    body = record | {"code": code, "public_key": device.public_key}
    sent = monotonic()
    async with client_of(url, transport) as office:
        answer = await ask(office, "PUT", f"/v1/devices/{device.id}", json=body)
    if not answer.is_success:
        problem = problem_of(answer)
        raise EnrolmentRefused(problem)
    enrolled = told(answer)
    if not all(member in enrolled for member in ("unit", "unit_name", "state", "server_time")):
        raise Unknown("应答不完整")
    return heard(
        device, enrolled["server_time"], sent,
        unit=enrolled["unit"], unit_name=enrolled["unit_name"], state=enrolled["state"],
        gateway=url, attestation=enrolled.get("attestation"),
    )  # fmt: skip


def require_in_use(store: Store) -> None:
    """Refuses DeviceFrozen where nothing new may be captured; what is here is still delivered."""
    contact = contact_of(store.installation)
    if contact.in_use:
        return
    reason = f"（{contact.reason}）" if contact.reason else ""
    if contact.state == FROZEN:
        raise DeviceFrozen(f"本机已被管理员冻结{reason}")
    if contact.state in WIPING:
        raise DeviceFrozen(f"管理员已要求擦除本机{reason}")
