"""What Android lets an app do only after its user said so (运行时权限): asked for at first use.

The module that asks is python-for-android's own and exists on a device alone; on a desk all is let.
"""

import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from lawbook.refusal import Refusal

CAMERA = ("CAMERA",)
MICROPHONE = ("RECORD_AUDIO",)
PLACE = ("ACCESS_FINE_LOCATION", "ACCESS_COARSE_LOCATION")
WORDS = {CAMERA: "相机", MICROPHONE: "麦克风", PLACE: "位置"}


class NotPermitted(Refusal):
    """A camera or microphone that the system has not let this app use yet."""

    code = "not-permitted"
    title = "系统尚未允许本应用使用"
    next_step = "在系统询问中选“允许”后再按一次；没有出现询问的，到系统设置的应用权限中允许"


def require(names: tuple[str, ...]) -> None:
    """Ask the system, where it has not let us yet, and refuse this time with NotPermitted."""
    if _missing(names):
        _asking().request_permissions(_whole(names))
        raise NotPermitted(WORDS[names])


def when_permitted(names: tuple[str, ...], go: Callable[[], None]) -> None:
    """Do it now, or once the system has let us; not at all when it does not.

    Asked now, it is done on another thread.
    """
    if not _missing(names):
        go()
        return

    def answered(_names: Sequence[str], granted: Sequence[bool]) -> None:
        # Of a rough and a fine place the user may let us have the rough one alone.
        if any(granted):
            go()

    _asking().request_permissions(_whole(names), answered)


def _missing(names: Sequence[str]) -> bool:
    if not hasattr(sys, "getandroidapilevel"):
        return False
    asking = _asking()
    return not any(asking.check_permission(one) for one in _whole(names))


def _whole(names: Sequence[str]) -> list[str]:
    return [f"android.permission.{name}" for name in names]


def _asking() -> Any:  # noqa: ANN401 - a module that exists on a device alone
    return import_module("android.permissions")
