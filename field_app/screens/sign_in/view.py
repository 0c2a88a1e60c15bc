"""What the sign-in screen shows."""

from dataclasses import dataclass

from field_app.answers import Unknown
from field_app.screens.told import Told, told
from field_app.store import Store

NO_SIGNAL = Told(
    "没有信号，暂时不能登录",
    "首次登录、换人登录和登录失效后需要联网一次；已登录的平板没有信号也能照常办案。",
    next_step="到有信号的地方再点“登录”；此前的记录都在本机",
)
INCOMPLETE = Told("请填写帐号和口令", next_step="没有帐号的，请本单位管理员开通")


@dataclass(frozen=True, slots=True)
class SignIn:
    """The gateway, who was here last, how much is still unsent."""

    gateway: str
    last: str
    note: str


def view(store: Store, gateway: str) -> SignIn:
    """What to show before anybody has signed in, or after a sign-in has ended."""
    me = store.setting("me") or {}
    unsent = sum(store.outbox.counts()[state] for state in ("waiting", "held", "refused"))
    name = me.get("name", "")
    last = f"上次登录：{name}（{me.get('unit_name', '')}）" if name else ""
    note = f"本机还有 {unsent} 封未送达的信件，登录后继续送出" if unsent else ""
    return SignIn(gateway, last, note)


def words(error: Exception) -> Told:
    """What to say when it did not succeed."""
    return NO_SIGNAL if isinstance(error, Unknown) else told(error)
