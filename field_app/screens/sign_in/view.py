"""What the sign-in screen shows: only what is readable before anybody has signed in."""

from dataclasses import dataclass

from field_app.answers import Unknown
from field_app.moments import spoken
from field_app.screens.told import Told, told
from field_app.standing import Standing, standing
from field_app.vault import Known, Vault

NO_SIGNAL = Told(
    "没有信号，暂时不能登录",
    "在本机首次登录和登录失效后需要联网一次；登录过的，没有信号也能凭口令登录。",
    next_step="到有信号的地方再点“登录”；此前的记录都在本机",
)
INCOMPLETE = Told("请填写帐号和口令", next_step="没有帐号的，请本单位管理员开通")
SET_ASIDE = Told(
    "封存后，本机原有的记录和未送达的信件不会删除，但要用原口令才能打开",
    "封存后将以新口令建立新的存储，从服务器重新更新。想起原口令时，在“本机与注册”中打开并送出。",
    next_step="确实不记得原口令，请再点一次“封存原记录并登录”",
)


@dataclass(frozen=True, slots=True)
class SignIn:
    """The gateway, who has signed in here, what an earlier version left in plain text, the device."""

    gateway: str
    people: str
    note: str
    device: Standing


def view(vault: Vault, gateway: str) -> SignIn:
    """What to show before anybody has signed in, or after a sign-in has ended."""
    people = "\n".join(_line(one) for one in vault.known())
    plain = vault.waits_for()
    whose = f"（{plain}）" if plain else ""
    note = "" if plain is None else f"本机有一份旧版记录{whose}尚未加密，请其本人登录一次"
    return SignIn(gateway, people, note, standing(vault.device))


def _line(one: Known) -> str:
    unsent = f"还有 {one.unsent} 封信件未送达" if one.unsent else "信件均已送达"
    sealed = "（原口令封存的记录，本人登录后在“本机与注册”中打开）" if one.sealed else ""
    return f"{one.name}{sealed}　{spoken(one.seen_at)} 用过，{unsent}"


def words(error: Exception) -> Told:
    """What to say when it did not succeed."""
    return NO_SIGNAL if isinstance(error, Unknown) else told(error)
