"""How this device stands with its office, in words for a screen (本机状态)."""

from dataclasses import dataclass

from field_app.acts import doubts_now
from field_app.clocks import clock_of
from field_app.contact import FROZEN, WIPING, contact_of
from field_app.device import Device
from field_app.moments import now, read, spoken
from field_app.offline import is_offline
from field_app.store import Store
from field_app.unsent import unsent_here
from lawbook.devices import alarm, days_silent, doubts

TONES = {"calm": "quiet", "amber": "warn", "red": "bad"}


@dataclass(frozen=True, slots=True)
class Standing:
    """State in a word with its tone; days without the office as a badge, empty while there are none.

    `notes`: what the officer must know, each with what to do; empty when all is well.
    """

    enrolled: bool
    state: str
    tone: str
    badge: str
    badge_tone: str
    heard: str
    notes: list[str]


def standing(device: Device, store: Store | None = None) -> Standing:
    """How this device stands now; `store`: of whoever works on it, None before anybody signs in."""
    contact = contact_of(device)
    if not contact.enrolled:
        return Standing(False, "未注册", "warn", "", "quiet", "", _notes(device, store))
    days = days_silent(read(contact.heard_at) if contact.heard_at else None, now())
    silence = alarm(days)
    state, tone = "在用", "good"
    if contact.state == FROZEN:
        state, tone = "已冻结", "bad"
    elif contact.state in WIPING:
        state, tone = "等待擦除", "bad"
    elif contact.cloned:
        state, tone = "疑被复制", "bad"
    return Standing(
        True, state, tone,
        "" if silence == "calm" else f"已 {days} 天未联系", TONES[silence],
        f"最近联系 {spoken(contact.heard_at)}", _notes(device, store),
    )  # fmt: skip


def _notes(device: Device, store: Store | None) -> list[str]:
    contact, found = contact_of(device), []
    reason = f"（{contact.reason}）" if contact.reason else ""
    if contact.state == FROZEN:
        found.append(
            f"本机已被冻结{reason}：不能办理新的事项，已有的记录仍会送出。请联系本单位系统管理员。"
        )
    elif contact.state in WIPING:
        waits = unsent_here(store).words() if store else ""
        found.append(
            f"管理员要求擦除本机{reason}。"
            + (f"还有{waits}，送达、办完之前不会清除。" if waits else "登录并联网后清空。")
            + "需要继续使用的，请联系管理员恢复。"
        )
    if contact.cloned:
        found.append("有另一台平板以本机的身份上报。记录照常送出；请把本机交管理员核对。")
    if store and is_offline(store):
        found.append("这次是离线登录，可以照常办案。有信号后请退出并重新登录，再送出记录。")
    if contact.enrolled and (doubted := doubts_now(store) if store else doubts(clock_of(device))):
        found.append(
            f"本机时间存疑：{'；'.join(doubted)}。不影响办案，案中会记明；"
            "请在系统设置中校正时间，有信号时点“更新”。"
        )
    return found
