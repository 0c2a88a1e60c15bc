"""The pad on which a person signs (手写签名): strokes as they were drawn."""

from typing import Any

from kivy.graphics import Color
from kivy.graphics import Line as Drawn
from kivy.metrics import dp
from kivy.properties import BooleanProperty, ListProperty
from kivy.uix.widget import Widget


class SignaturePad(Widget):
    """Collects strokes as whole numbers, x to the right and y downwards from the top left corner,
    as paper takes them."""

    strokes = ListProperty([])
    signed = BooleanProperty(False)

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**given)
        self._drawn: dict[Any, Drawn] = {}
        self.bind(size=lambda *_: self.clear(), pos=lambda *_: self._move())

    def clear(self) -> None:
        """An empty pad."""
        self.strokes, self.signed = [], False
        self._drawn.clear()
        self.canvas.after.clear()

    def _move(self) -> None:
        if self.strokes:
            self.clear()

    def _point(self, touch: Any) -> list[int]:  # noqa: ANN401 - Kivy's touch
        x = min(max(touch.x, self.x), self.right)
        y = min(max(touch.y, self.y), self.top)
        return [round(x - self.x), round(self.top - y)]

    def on_touch_down(self, touch: Any) -> bool:  # noqa: ANN401 - Kivy's touch
        """A stroke begins."""
        if not self.collide_point(*touch.pos) or touch.is_mouse_scrolling:
            return bool(super().on_touch_down(touch))
        touch.grab(self)
        with self.canvas.after:
            Color(*self.ink)
            self._drawn[touch.uid] = Drawn(
                points=[*touch.pos, touch.x + 0.1, touch.y], width=dp(2), cap="round", joint="round"
            )
        self.strokes = [*self.strokes, [self._point(touch)]]
        touch.ud[self.uid] = len(self.strokes) - 1
        self.signed = True
        return True

    def on_touch_move(self, touch: Any) -> bool:  # noqa: ANN401 - Kivy's touch
        """The stroke goes on."""
        if touch.grab_current is not self or touch.uid not in self._drawn:
            return bool(super().on_touch_move(touch))
        stroke, point = self.strokes[touch.ud[self.uid]], self._point(touch)
        if point != stroke[-1]:
            stroke.append(point)
            self._drawn[touch.uid].points += [self.x + point[0], self.top - point[1]]
        return True

    def on_touch_up(self, touch: Any) -> bool:  # noqa: ANN401 - Kivy's touch
        """The stroke ends."""
        if touch.grab_current is not self:
            return bool(super().on_touch_up(touch))
        touch.ungrab(self)
        self._drawn.pop(touch.uid, None)
        return True

    ink = ListProperty([0, 0, 0, 1])
