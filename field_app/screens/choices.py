"""A few things to choose from, and boxes that are written or chosen in."""

from collections.abc import Collection, Mapping
from typing import Any

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from field_app.look.panels import Field
from field_app.look.pressable import Chip
from field_app.screens.choice import Choice
from field_app.screens.page import layout
from field_app.shelves.drafts import Value

layout(__file__)


class Choices(BoxLayout):
    """A few things of which one, or some, are chosen."""

    label = StringProperty("")
    several = BooleanProperty(False)

    def offer(self, choices: list[Choice], chosen: list[str] | None = None) -> None:
        """Set what can be chosen."""
        self.ids.chips.clear_widgets()
        for choice in choices:
            chip = Chip(text=choice.label, tone="main", chosen=choice.value in (chosen or []))
            chip.value = choice.value
            chip.bind(on_release=self._press)
            self.ids.chips.add_widget(chip)

    def choose(self, values: Collection[str]) -> None:
        """Have these chosen, and no others."""
        for chip in self.ids.chips.children:
            chip.chosen = chip.value in values

    def _press(self, pressed: Any) -> None:  # noqa: ANN401 - a Chip
        if self.several:
            pressed.chosen = not pressed.chosen
            return
        for chip in self.ids.chips.children:
            chip.chosen = chip is pressed

    @property
    def chosen(self) -> list[str]:
        """The values chosen, in their order."""
        return [chip.value for chip in reversed(self.ids.chips.children) if chip.chosen]


def standing(boxes: Mapping[str, Field | Choices]) -> dict[str, Value]:
    """What stands in some boxes, as a draft keeps it."""
    return {
        name: one.chosen if isinstance(one, Choices) else str(one.text)
        for name, one in boxes.items()
    }


def resume(boxes: Mapping[str, Field | Choices], found: Mapping[str, Value]) -> None:
    """Put into some boxes what was being written in them."""
    for name, value in found.items():
        one = boxes[name]
        if isinstance(one, Choices):
            one.choose(value)
        else:
            one.text = str(value)
