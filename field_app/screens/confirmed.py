"""How far a list or a form is confirmed, in words: what nobody has confirmed never looks official."""

from lawbook.content import UNCONFIRMED


def said(status: str) -> str:
    """内容待确认, with what its content says of it after that; empty where it is confirmed."""
    return f"内容{status}" if status.startswith(UNCONFIRMED) else said_short(status)


def said_short(status: str) -> str:
    """The same in five characters, where there is no room for more."""
    return f"内容{UNCONFIRMED}" if UNCONFIRMED in status else ""
