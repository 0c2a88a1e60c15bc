"""Things to press: by a gloved finger, by a mouse, by Tab and Enter. Never under 56 dp high."""

from typing import Any

from kivy.clock import Clock
from kivy.properties import BooleanProperty, NumericProperty, OptionProperty, StringProperty
from kivy.uix.behaviors import ButtonBehavior, FocusBehavior
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.label import Label
from kivy.uix.scrollview import ScrollView
from kivy.utils import platform

TONES = ("main", "plain", "good", "bad", "warn", "quiet")
PRESS = frozenset(("enter", "numpadenter", "spacebar"))
FORWARD, BACKWARD = frozenset(("down", "right")), frozenset(("up", "left"))


class Reachable(FocusBehavior):
    """Reached by Tab and arrow keys; scrolls itself into sight. On Android there is no focus,
    since focus there would call up the keyboard on glass."""

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**given)
        self.is_focusable = platform not in ("android", "ios")
        self.bind(focus=self._come_into_sight)

    def _come_into_sight(self, _: object, focused: bool) -> None:
        if focused:
            Clock.schedule_once(lambda _: bring_into_sight(self), 0)

    def keyboard_on_key_down(
        self, window: object, keycode: tuple[int, str], text: str, modifiers: list[str]
    ) -> bool:
        """Arrow keys go where Tab goes."""
        if keycode[1] in FORWARD | BACKWARD:
            onward = keycode[1] in FORWARD
            if found := self.get_focus_next() if onward else self.get_focus_previous():
                self.focus = False
                found.focus = True
            return True
        return bool(super().keyboard_on_key_down(window, keycode, text, modifiers))


def bring_into_sight(widget: Any) -> None:  # noqa: ANN401 - any widget
    """Scroll whatever the widget lies in, so that it can be seen."""
    above = widget.parent
    while above is not None and above is not above.parent:
        if isinstance(above, ScrollView):
            if above.children and above.children[0].height > above.height:
                above.scroll_to(widget, padding=24, animate=False)
            return
        above = above.parent


class Pressable(Reachable, ButtonBehavior):
    """Pressed by touch, Enter or Space: `on_release` either way."""

    tone = OptionProperty("plain", options=TONES)

    def keyboard_on_key_down(
        self, window: object, keycode: tuple[int, str], text: str, modifiers: list[str]
    ) -> bool:
        """Enter and Space press."""
        if keycode[1] in PRESS:
            if not self.disabled:
                self.dispatch("on_release")
            return True
        return super().keyboard_on_key_down(window, keycode, text, modifiers)


class BigButton(Pressable, Label):
    """A button with words on it. `least`: how high it is at least, in dp."""

    least = NumericProperty(60)
    there = BooleanProperty(True)
    """For a button of a Foot: whether it stands there now."""


class Chip(Pressable, Label):
    """One of a few answers; `chosen` fills it with its tone."""

    chosen = BooleanProperty(False)
    least = NumericProperty(60)


class Line(Pressable, BoxLayout):
    """A row of a list that leads somewhere: title, detail, what to mind, and a word at its right."""

    title = StringProperty("")
    detail = StringProperty("")
    note = StringProperty("")
    tag = StringProperty("")
    tag_tone = OptionProperty("quiet", options=TONES)
    chosen = BooleanProperty(False)
