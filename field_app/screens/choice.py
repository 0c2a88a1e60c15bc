"""What can be chosen on a screen."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """One of what can be chosen: a check list, an officer, a source."""

    value: str
    label: str
