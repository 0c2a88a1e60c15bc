"""What every screen is: opened with what it is about, painted from its view, acting with banners."""

import logging
from collections.abc import Callable, Coroutine
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from kivy.app import App
from kivy.clock import Clock
from kivy.lang import Builder
from kivy.properties import NumericProperty, StringProperty
from kivy.uix.behaviors import FocusBehavior
from kivy.uix.screenmanager import Screen

from field_app.answers import Unknown
from field_app.look.panels import Empty, Heading, Words
from field_app.look.pressable import Line
from field_app.moments import day, now
from field_app.screens.drafting import Draft, Read, Write
from field_app.screens.told import Told, told
from field_app.store import Store
from field_app.whereabouts import here
from lawbook.places import Position
from lawbook.refusal import Refusal

T = TypeVar("T")
Taking = Callable[[Callable[[bytes | None], None]], None]
"""Hands over a picture's bytes, or None when the officer gave up (`field_app.camera`)."""
WIDE = 1000
"""From this width on (dp) there is room for two columns."""


def layout(beside: str) -> None:
    """Load the rules that lie beside a module, under its name: whoever imports its widgets has them."""
    Builder.load_file(str(Path(beside).with_suffix(".kv")))


class Page(Screen):
    """A screen of the tablet."""

    unsent = NumericProperty(0)
    title = StringProperty("")

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**given)
        self.given: dict[str, str] = {}
        self.draft: Draft | None = None

    @property
    def app(self) -> Any:  # noqa: ANN401 - the App, which imports this module
        """The running app."""
        return App.get_running_app()

    @property
    def store(self) -> Store:
        """What the tablet keeps."""
        store: Store = self.app.store
        return store

    @property
    def today(self) -> date:
        """The day in Beijing."""
        return day(now())

    def open(self, **given: str) -> None:
        """Show what this is about."""
        self.given = given
        self.ids.banner.close()
        self.repaint()
        self.to_top()

    def to_top(self) -> None:
        """Show the beginning, once the list has its size and lets go of the finger."""

        def up(_: float) -> None:
            scroll = self.ids.scroll
            scroll.effect_y.velocity = 0
            scroll.scroll_y = 1

        for after in (0, 0.1):
            Clock.schedule_once(up, after)

    def repaint(self) -> None:
        """Show the present state; what cannot be shown is told in the banner."""
        counts = self.store.outbox.counts()
        self.unsent = counts["waiting"] + counts["held"] + counts["refused"]
        self.keep_draft()
        self.draft = None
        self.act(self.paint)

    def paint(self) -> None:
        """Fill the widgets from the view."""
        raise NotImplementedError

    def leave(self) -> None:
        """Keep what was being written: the screen is about to be left."""
        self.keep_draft()

    def pause(self) -> None:
        """The app goes to the background, whence it may come back or not: keep what was being written."""
        self.leave()

    def keep_writing(self, about: str, read: Read, write: Write) -> None:
        """From here on keep what stands in these fields about something; what was being written there
        stands in them again."""
        self.draft = Draft(self.store, self.name, about, read, write)

    def keep_draft(self) -> None:
        """Keep what is being written, if anything has changed; the app asks for it every other second."""
        if self.draft and self.draft.store is self.app.store:
            self.act(self.draft.keep)

    def commit(self, act: Callable[[], T], part: str = "") -> T | None:
        """Do an act and forget with the same commit what was being written for it; None when refused."""
        draft = self.draft
        return self.act((lambda: draft.settled(act, part)) if draft else act)

    @property
    def here(self) -> Position | None:
        """Where we are, in the ledger's datum; None when that is not known."""
        return here(self.store, self.app.location)

    def on_key(self, key: str) -> bool:
        """A key that no field wants; True when it was used."""
        return False

    def first_focus(self) -> Any:  # noqa: ANN401 - a widget or None
        """What Tab reaches first on this screen."""
        return first_in(self)

    def say(self, what: Told, tone: str = "bad") -> None:
        """Show a banner."""
        self.ids.banner.say(what, tone)

    def act(self, work: Callable[[], T]) -> T | None:
        """Do something; a refusal or a failure becomes a banner and None."""
        try:
            return work()
        except Exception as error:
            self.tell(error)
            return None

    def with_picture(self, take: Taking, use: Callable[[bytes], object]) -> None:
        """Take or choose a picture and use its bytes; nothing happens when the officer gave up."""

        def taken(data: bytes | None) -> None:
            # The device's app answers from its own thread; store and widgets belong to this one.
            if data is not None:
                Clock.schedule_once(lambda _: self.act(lambda: use(data)), 0)

        self.act(lambda: take(taken))

    def tell(self, error: Exception) -> None:
        """Show why something was not done."""
        if not isinstance(error, Refusal | Unknown):
            logging.getLogger("field_app").exception("not done", exc_info=error)
        self.say(told(error))

    def soon(self, work: Callable[[], object]) -> None:
        """Do something after the next frame, so that what was said before it can be seen."""
        Clock.schedule_once(lambda _: Clock.schedule_once(lambda _: work(), 0), 0)

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something that waits for the network; failures become a banner."""
        self.app.spawn(work, self.tell)


def first_in(root: Any) -> Any:  # noqa: ANN401 - widgets
    """The first below this widget that Tab can reach, or None."""
    found = (one for one in root.walk() if isinstance(one, FocusBehavior))
    return next((one for one in found if one.is_focusable and not one.disabled), None)


def fill(column: Any, heading: str, lines: list[Any], opens: Callable[[Any], None]) -> None:  # noqa: ANN401
    """Lines under a heading into a column; nothing at all when there are no lines."""
    if not lines:
        return
    column.add_widget(Heading(text=heading))
    for one in lines:
        line = Line(title=one.title, detail=one.detail, tag=one.tag, tag_tone=one.tone)
        line.note = getattr(one, "note", "")
        line.bind(on_release=lambda _, one=one: opens(one))
        column.add_widget(line)


def nothing(column: Any, title: str, detail: str = "") -> None:  # noqa: ANN401 - a column
    """An empty state: what is not here, and what to do about it."""
    column.add_widget(Empty(title=title, detail=detail))


def pairs(column: Any, told: list[tuple[str, str]]) -> None:  # noqa: ANN401 - a column
    """Label and value, line by line."""
    for label, text in told:
        column.add_widget(Words(text=f"{label}：{text}"))
