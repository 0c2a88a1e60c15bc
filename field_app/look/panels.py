"""Things to read: words, cards, banners, progress; and the field to write in."""

from typing import Any, Protocol

from kivy.properties import (
    BooleanProperty,
    ListProperty,
    NumericProperty,
    ObjectProperty,
    OptionProperty,
    StringProperty,
)
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.label import Label
from kivy.uix.textinput import TextInput
from kivy.uix.widget import Widget

from field_app.look.pressable import TONES, BigButton, bring_into_sight


class Words(Label):
    """Text as wide as there is room, as high as it needs."""

    tone = OptionProperty("plain", options=TONES)


class Quiet(Words):
    """What is said aside."""


class Heading(Words):
    """The head of a part of a screen."""


class Tag(Label):
    """A word on a coloured ground: a state."""

    tone = OptionProperty("quiet", options=TONES)


class Card(BoxLayout):
    """A sheet on the ground that holds what belongs together."""

    tone = OptionProperty("plain", options=TONES)


class Empty(Card):
    """Nothing here, and what to do about it."""

    title = StringProperty("")
    detail = StringProperty("")


class Progress(Widget):
    """How far something is, 0 to 1."""

    part = NumericProperty(0)
    tone = OptionProperty("main", options=TONES)


class Told(Protocol):
    """What a banner can say."""

    title: str
    detail: str
    law: str
    next_step: str


class Banner(Card):
    """A refusal, a failure or a success, with the article and the next step where there are any.

    It stays until it is closed or the next one takes its place.
    """

    title = StringProperty("")
    detail = StringProperty("")
    law = StringProperty("")
    next_step = StringProperty("")
    shown = BooleanProperty(False)
    lines = ListProperty([])

    def say(self, told: Told, tone: str = "bad") -> None:
        """Show this."""
        self.title, self.tone = told.title, tone
        self.detail = told.detail if told.detail != told.title else ""
        self.law, self.next_step = told.law, told.next_step
        self.shown = True
        self.ids.lines.clear_widgets()
        for text in (
            self.detail,
            f"依据：{self.law}" if self.law else "",
            f"下一步：{self.next_step}" if self.next_step else "",
        ):
            if text:
                self.ids.lines.add_widget(Words(text=text))

    def close(self) -> None:
        """Take it away."""
        self.shown = False


class Field(BoxLayout):
    """A label and a box to write in.

    Chinese comes from the system's input method; on some systems its candidates do not show
    (kivy#7910), so a field is filled in beforehand wherever it can be.
    """

    label = StringProperty("")
    text = StringProperty("")
    hint = StringProperty("")
    secret = BooleanProperty(False)
    multiline = BooleanProperty(False)
    input_type = StringProperty("text")
    box = ObjectProperty(None)

    __events__ = ("on_entered", "on_left")

    def on_entered(self) -> None:
        """Enter was pressed in a box of one line."""

    def on_left(self) -> None:
        """The box has lost the focus: what was written stands."""


class Box(TextInput):
    """The box itself. Tab leaves it; Escape gives the key back to the screen."""

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**given)
        self.bind(focus=self._come_into_sight)

    def _come_into_sight(self, _: object, focused: bool) -> None:
        if focused:
            bring_into_sight(self)


class TopBar(BoxLayout):
    """Back, the name of the screen, and what is always at hand."""

    title = StringProperty("")
    back = BooleanProperty(True)
    unsent = NumericProperty(0)


class Foot(BoxLayout):
    """The next steps, always in sight."""


__all__ = ["Banner", "BigButton", "Card", "Empty", "Field", "Heading", "Progress", "Quiet", "Words"]
