"""Things to read: words, cards, banners, progress; and the field to write in."""

from functools import lru_cache, partial
from typing import Any, Protocol

from kivy.core.text import Label as CoreLabel
from kivy.lang import Builder
from kivy.properties import (
    BooleanProperty,
    NumericProperty,
    ObjectProperty,
    OptionProperty,
    StringProperty,
)
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.label import Label
from kivy.uix.textinput import TextInput
from kivy.uix.widget import Widget

from field_app.look import LAYOUT
from field_app.look.pressable import TONES, bring_into_sight
from paper.lines import break_lines

SPARE = 2
"""Pixels that a line leaves free: widths are whole numbers, and their sum may be one too many."""


@lru_cache(maxsize=8192)
def _advance(size: float, text: str) -> float:
    return float(CoreLabel(font_size=size).get_extents(text)[0])


# Before any screen's own layout, so that a screen can differ from it.
Builder.load_file(str(LAYOUT))


class Words(Label):
    """Text as wide as there is room, as high as it needs, broken as Chinese is (避头尾)."""

    tone = OptionProperty("plain", options=TONES)

    def texture_update(self, *largs: Any) -> None:  # noqa: ANN401 - Kivy's own
        """Break the text before Kivy does, which would let a line begin with a full stop."""
        width = self.text_size[0]
        if width and width > self.font_size * 4:
            self._label.text = "\n".join(
                line
                for paragraph in self.text.split("\n")
                for line in break_lines(
                    paragraph, width - SPARE, 0, partial(_advance, self.font_size)
                )
            )
        super().texture_update(*largs)


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


class Fold(BoxLayout):
    """What is there only sometimes. Folded away it takes no room, no touch and no focus."""

    shown = BooleanProperty(True)

    def on_touch_down(self, touch: Any) -> bool:  # noqa: ANN401 - Kivy's touch
        """A disabled widget swallows touches; folded away it must not."""
        return bool(self.shown and super().on_touch_down(touch))


class FoldCard(Fold, Card):
    """A card that is there only sometimes."""


class Banner(Fold):
    """A refusal, a failure or a success, with the article and the next step where there are any.

    It stays until it is closed or the next one takes its place.
    """

    title = StringProperty("")
    detail = StringProperty("")
    law = StringProperty("")
    next_step = StringProperty("")
    shown = BooleanProperty(False)
    tone = OptionProperty("bad", options=TONES)

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
    elsewhere = BooleanProperty(True)
    """Whether the outbox is somewhere else than here."""


class Foot(Fold):
    """The next steps, always in sight; of its buttons those that are `there`."""

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**given)
        self._all: list[Any] = []

    def on_kv_post(self, base: object) -> None:
        """Remember all buttons, and follow which are there."""
        self._all = list(reversed(self.children))
        for button in self._all:
            button.bind(there=lambda *_: self._arrange())
        self._arrange()

    def _arrange(self) -> None:
        self.clear_widgets()
        for button in self._all:
            if button.there:
                self.add_widget(button)
