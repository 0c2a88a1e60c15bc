"""What was sealed, seized or registered at the visit and goes on in a case (接续现场措施): as what."""

from collections.abc import Mapping
from typing import Any

TAKE_OVER = "take-over-measure"
"""The act that takes it over."""
REGISTRATION = "registration"


def registered(said: Mapping[str, Any]) -> bool:
    """Whether it was registered beforehand (先行登记保存), not sealed or seized."""
    return said.get("measure") == REGISTRATION


def goes_on_as(said: Mapping[str, Any]) -> str:
    """As which act of the case it goes on: what may name that one may name this one."""
    return "register-evidence" if registered(said) else "seal"


def limit_of(said: Mapping[str, Any]) -> str:
    """Under which limit it runs on."""
    return "decide-preserved-evidence" if registered(said) else "sealing"
