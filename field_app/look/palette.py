"""Colours, light and dark. Plain Python: contrast is tested without a display."""

from dataclasses import dataclass
from typing import Literal

Colour = tuple[float, float, float, float]
Tone = Literal["main", "plain", "good", "bad", "warn", "quiet"]
"""What a thing says by its colour: the one next step, anything else, well, ill, mind, aside."""

CLEAR: Colour = (0.0, 0.0, 0.0, 0.0)


def _of(mark: str) -> Colour:
    """#1F4E79 as four parts between 0 and 1."""
    red, green, blue = (int(mark[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue, 1.0


@dataclass(frozen=True, slots=True)
class Palette:
    """One set of colours. `ground` under everything, `card` upon it, `well` for what is filled in.

    Each tone has an ink (on ground or card), a strong fill with the ink that stands on it, and a
    soft fill that ordinary ink can be read on.
    """

    name: str
    ground: Colour
    card: Colour
    well: Colour
    line: Colour
    ink: Colour
    quiet: Colour
    focus: Colour
    inks: dict[str, Colour]
    fills: dict[str, Colour]
    on_fills: dict[str, Colour]
    softs: dict[str, Colour]


LIGHT = Palette(
    name="light",
    ground=_of("#F3F1EC"),
    card=_of("#FFFFFF"),
    well=_of("#FAF9F6"),
    line=_of("#C9C5BB"),
    ink=_of("#1B1F24"),
    quiet=_of("#545C66"),
    focus=_of("#C25E00"),
    inks={
        "main": _of("#1F4E79"), "plain": _of("#1B1F24"), "good": _of("#1E6440"),
        "bad": _of("#A3241B"), "warn": _of("#7A4E00"), "quiet": _of("#545C66"),
    },
    fills={
        "main": _of("#1F4E79"), "plain": _of("#E6E3DB"), "good": _of("#1E6440"),
        "bad": _of("#A3241B"), "warn": _of("#7A4E00"), "quiet": _of("#E6E3DB"),
    },
    on_fills={
        "main": _of("#FFFFFF"), "plain": _of("#1B1F24"), "good": _of("#FFFFFF"),
        "bad": _of("#FFFFFF"), "warn": _of("#FFFFFF"), "quiet": _of("#474E57"),
    },
    softs={
        "main": _of("#E1EAF3"), "plain": _of("#EFEDE7"), "good": _of("#E0EFE6"),
        "bad": _of("#F8E3E1"), "warn": _of("#F6EBD5"), "quiet": _of("#EFEDE7"),
    },
)  # fmt: skip

DARK = Palette(
    name="dark",
    ground=_of("#14171B"),
    card=_of("#1F242A"),
    well=_of("#171B20"),
    line=_of("#48515C"),
    ink=_of("#ECEFF2"),
    quiet=_of("#AEB7C1"),
    focus=_of("#FFB454"),
    inks={
        "main": _of("#8FBFEE"), "plain": _of("#ECEFF2"), "good": _of("#7FD0A3"),
        "bad": _of("#FF9D93"), "warn": _of("#E9BE6B"), "quiet": _of("#AEB7C1"),
    },
    fills={
        "main": _of("#8FBFEE"), "plain": _of("#363E47"), "good": _of("#7FD0A3"),
        "bad": _of("#FF9D93"), "warn": _of("#E9BE6B"), "quiet": _of("#363E47"),
    },
    on_fills={
        "main": _of("#0B1A2A"), "plain": _of("#ECEFF2"), "good": _of("#06210F"),
        "bad": _of("#330805"), "warn": _of("#2A1B00"), "quiet": _of("#C3CAD2"),
    },
    softs={
        "main": _of("#1D3246"), "plain": _of("#2A3138"), "good": _of("#1A3527"),
        "bad": _of("#46211E"), "warn": _of("#3B2F17"), "quiet": _of("#2A3138"),
    },
)  # fmt: skip

PALETTES = {palette.name: palette for palette in (LIGHT, DARK)}


def contrast(one: Colour, other: Colour) -> float:
    """How far two colours stand apart, 1 to 21, as WCAG 2 counts it."""

    def luminance(colour: Colour) -> float:
        linear = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in colour[:3]
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def fill(palette: Palette, tone: Tone, state: str, *, disabled: bool) -> Colour:
    """What a button is filled with; a little towards its ink while it is held."""
    if disabled:
        return palette.softs["quiet"]
    colour = palette.fills[tone]
    return _towards(colour, palette.on_fills[tone], 0.14) if state == "down" else colour


def on_fill(palette: Palette, tone: Tone, *, disabled: bool) -> Colour:
    """The ink on a button."""
    return palette.quiet if disabled else palette.on_fills[tone]


def _towards(one: Colour, other: Colour, part: float) -> Colour:
    red, green, blue = (
        mine + (yours - mine) * part for mine, yours in zip(one[:3], other[:3], strict=True)
    )
    return red, green, blue, 1.0
