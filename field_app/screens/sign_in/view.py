"""What the sign-in screen shows."""

from dataclasses import dataclass

from field_app.answers import Unknown
from field_app.screens.told import Told, told
from field_app.standing import Standing, standing
from field_app.store import Store

NO_SIGNAL = Told(
    "没有信号，暂时不能登录",
    "没有信号时，只有在本机登录过的帐号可以登录，口令与上次登录时相同；首次登录需要联网一次。",
    next_step="核对帐号和口令，或者到有信号的地方再点“登录”；此前的记录都在本机",
)
INCOMPLETE = Told("请填写帐号和口令", next_step="没有帐号的，请本单位管理员开通")


@dataclass(frozen=True, slots=True)
class SignIn:
    """The gateway, who was here last, how much is still unsent, how the device stands."""

    gateway: str
    last: str
    note: str
    device: Standing


def view(store: Store, gateway: str) -> SignIn:
    """What to show before anybody has signed in, or after a sign-in has ended."""
    me = store.setting("me") or {}
    unsent = sum(store.outbox.counts()[state] for state in ("waiting", "held", "refused"))
    name = me.get("name", "")
    last = f"上次登录：{name}（{me.get('unit_name', '')}）" if name else ""
    note = f"本机还有 {unsent} 封未送达的信件，登录后继续送出" if unsent else ""
    return SignIn(gateway, last, note, standing(store))


def words(error: Exception) -> Told:
    """What to say when it did not succeed."""
    return NO_SIGNAL if isinstance(error, Unknown) else told(error)
