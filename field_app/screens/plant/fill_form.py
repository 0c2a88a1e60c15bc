"""The form by which a plant's ledger is filled in on the spot: widgets."""

from collections.abc import Callable
from typing import Any

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from field_app.look.panels import Field, Quiet
from field_app.screens.choices import Choices
from field_app.screens.page import layout
from field_app.screens.plant.filling import SOURCE_CHOICES, Ask

layout(__file__)


class FillForm(BoxLayout):
    """What is missing, each with an input fit for it, and where it is known from."""

    heading = StringProperty("")
    photo = StringProperty("")
    """What the photo is that goes along, in words; empty while there is none."""
    takes_photo = BooleanProperty(True)
    action = StringProperty("保存补充")

    def __init__(
        self, heading: str, asks: list[Ask], save: Callable[["FillForm"], None],
        action: str = "保存补充", takes_photo: bool = True,
    ) -> None:  # fmt: skip
        super().__init__(heading=heading, action=action, takes_photo=takes_photo)
        self._save = save
        self._inputs: dict[str, Field | Choices] = {}
        for ask in asks:
            self._inputs[ask.field] = one = _input(ask)
            self.ids.inputs.add_widget(one)
            if ask.held:
                wrong = f"台账现为“{ask.held}”，不符合要求；更改须经办公室核定"
                self.ids.inputs.add_widget(Quiet(text=wrong, tone="warn"))
        self.ids.source.offer(SOURCE_CHOICES)

    def show_photo(self, shown: Any, told: str) -> None:  # noqa: ANN401 - a widget or None
        """The photo that goes along, or none any more."""
        self.ids.shot.clear_widgets()
        if shown is not None:
            self.ids.shot.add_widget(shown)
        self.photo = told

    def say(self, field: str, text: str, source: str, note: str) -> None:
        """What was said before of a field, to be put right."""
        one = self._inputs[field]
        if isinstance(one, Choices):
            one.choose(text.split("、"))
        else:
            one.text = text
        self.ids.source.offer(SOURCE_CHOICES, [source])
        self.ids.note.text = note

    @property
    def boxes(self) -> dict[str, Field | Choices]:
        """All that is written or chosen in, by its name in the draft of the page."""
        return {
            **{f"of/{field}": one for field, one in self._inputs.items()},
            "source": self.ids.source, "note": self.ids.note,
        }  # fmt: skip

    @property
    def values(self) -> dict[str, str]:
        """What was filled in, by field; several choices joined as the ledger joins them."""
        return {
            field: "、".join(one.chosen) if isinstance(one, Choices) else str(one.text)
            for field, one in self._inputs.items()
        }

    @property
    def source(self) -> str | None:
        """The source that is chosen, if any."""
        return next(iter(self.ids.source.chosen), None)

    @property
    def note(self) -> str:
        """What is said of the source."""
        return str(self.ids.note.text)

    def save(self) -> None:
        """保存补充."""
        self._save(self)


def _input(ask: Ask) -> Field | Choices:
    if ask.choices:
        label = f"{ask.label}（{ask.hint}）" if ask.hint else ask.label
        chips = Choices(label=label, several=ask.several)
        chips.offer(ask.choices)
        return chips
    return Field(label=ask.label, hint=ask.hint, input_type=ask.keyboard)
