"""Long text of a screen's field, written in a browser of this device (用浏览器书写, R24)."""

import webbrowser
from collections.abc import Callable
from typing import Any

from kivy.clock import Clock

from field_app.desk import Desk
from field_app.screens.page import Page
from field_app.screens.told import Told
from field_app.writing import LONG

ELSEWHERE = Told(
    "请在浏览器中书写", "保存后内容会回到这里。", next_step="没有打开浏览器时，在这里直接填写"
)


class WritingPage(Page):
    """A screen whose long fields can be written elsewhere; one at a time."""

    _desk: Desk | None = None

    def write_elsewhere(
        self,
        field: Any,  # noqa: ANN401 - a Field
        label: str,
        name: str,
        take: Callable[[str], None] | None = None,
        longest: int = LONG,
    ) -> None:
        """Open the field's text in a browser; what is saved there comes back.

        `name`: of the field in the draft of this screen, where it is kept before the browser says so:
        on Android the browser puts this app in the background, where it stands still and may be
        killed. `take`: what to do with it, where it is more than to stand in the field.
        """
        self.end_desk()
        draft = self.draft
        assert draft is not None

        def put(text: str) -> None:
            field.text = text

        def done(text: str) -> None:
            draft.lay(name, text)
            Clock.schedule_once(lambda _: self._came_back(desk, text, take or put), 0)

        desk = self._desk = Desk(label, field.text, done, longest)
        webbrowser.open(desk.url)
        self.say(ELSEWHERE, "main")

    def _came_back(self, desk: Desk, text: str, take: Callable[[str], None]) -> None:
        if self._desk is not desk:
            return
        self._desk = None
        self.ids.banner.close()
        if self.draft:
            self.act(self.draft.take_in)
        take(text)

    def end_desk(self) -> None:
        """Close the page that is open elsewhere, if any is."""
        if self._desk:
            self._desk.close()
            self._desk = None

    def pause(self) -> None:
        """The page elsewhere stays open: it is what sends this app to the background."""
        desk, self._desk = self._desk, None
        super().pause()
        self._desk = desk

    def leave(self) -> None:
        """The page for long text goes with the screen."""
        self.end_desk()
        super().leave()
