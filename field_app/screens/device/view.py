"""What the screen of this device shows."""

from dataclasses import dataclass

from field_app.contact import contact_of
from field_app.device import Device
from field_app.enrolment import MARK, this_machine
from field_app.refusals import CodeUnreadable
from field_app.reporting import APP
from field_app.screens.told import Told
from field_app.standing import Standing, standing
from field_app.store import Store
from field_app.unsent import unsent_here

NO_SIGNAL = Told(
    "没有信号，还不能注册",
    "注册需要联网一次；注册码 24 小时内有效。",
    next_step="到有信号的地方再点“注册”，用同一个注册码即可",
)


@dataclass(frozen=True, slots=True)
class ThisDevice:
    """Its standing, what is known of it line by line, and the name proposed for it."""

    standing: Standing
    pairs: list[tuple[str, str]]
    name: str


def view(device: Device, store: Store | None = None) -> ThisDevice:
    """What to show now; `store`: of whoever works here, None before anybody has signed in."""
    contact, found = contact_of(device), standing(device, store)
    waits = (unsent_here(store).words() or "没有") if store else "登录后可见"
    pairs = [("本机编号", device.id[:8]), ("程序版本", APP)]
    if found.enrolled:
        days = contact.offline_days
        pairs = [
            ("所属单位", contact.unit_name),
            ("最近联系", found.heard.removeprefix("最近联系 ")),
            ("未送达", waits),
            ("离线登录", f"自最近联系起 {days} 天内" if days is not None else "联网一次后可用"),
            ("服务器", contact.gateway),
            *pairs,
        ]
    return ThisDevice(found, pairs, this_machine()["name"])


def code_in(texts: list[str]) -> str:
    """The enrolment among the codes of a picture. Refuses CodeUnreadable."""
    found = next((text for text in texts if text.startswith(MARK)), None)
    if found is None:
        raise CodeUnreadable("图片中没有平板注册的二维码")
    return found
