"""The tablet's App: store, office and screens wired together, under asyncio."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from importlib import import_module
from typing import Any

import httpx
from kivy.app import App
from kivy.clock import Clock
from kivy.core.window import Window
from kivy.uix.behaviors import FocusBehavior
from kivy.uix.screenmanager import NoTransition, ScreenManager
from kivy.uix.textinput import TextInput

from field_app.errands import Errands
from field_app.location import listen
from field_app.look import picture
from field_app.look.theme import Theme
from field_app.parting import pause, put_away, put_away_meanwhile
from field_app.screens.closing import ClosingView
from field_app.screens.page import Page
from field_app.session import signed_in
from field_app.store import Store
from field_app.vault import Vault, note
from field_app.wire import Location

EVERY = 60.0
"""Seconds between two quiet tries to deliver what is waiting."""
WRITTEN = 1.5
"""Seconds after which what is being written is on disk, if a key was pressed meanwhile (R1: two)."""
ESCAPE, TAB = 27, 9
SCREENS = {
    "sign_in": "SignInScreen",
    "device": "DeviceScreen",
    "today": "TodayScreen",
    "plant": "PlantScreen",
    "scan": "ScanScreen",
    "certificate": "CertificateScreen",
    "checklist": "ChecklistScreen",
    "call_off": "CallOffScreen",
    "document": "DocumentScreen",
    "scheme": "SchemeScreen",
    "cosign": "CosignScreen",
    "reinspection": "ReinspectionScreen",
    "outbox": "OutboxScreen",
}
"""Each in `field_app/screens/NAME/screen.py`. Made when first shown: a start waits for one only."""


def _current() -> asyncio.Task[None] | None:
    try:
        return asyncio.current_task()
    except RuntimeError:
        return None


class Tablet(App):
    """The tablet (移动执法终端)."""

    title = "移动执法"

    def __init__(
        self,
        vault: Vault,
        gateway: str,
        transport: httpx.AsyncBaseTransport | None = None,
        store: Store | None = None,
        **given: Any,  # noqa: ANN401 - Kivy's own
    ) -> None:
        super().__init__(**given)
        self.vault, self.gateway, self.transport = vault, gateway, transport
        self.store: Store | None = None
        self.theme = Theme()
        self._past: list[tuple[str, dict[str, str]]] = []
        self._running: set[asyncio.Task[None]] = set()
        self._sealing = asyncio.Lock()
        self.location: Location | None = None
        self._stop_listening: Callable[[], None] = lambda: None
        if store:
            self.use(store)

    def use(self, store: Store) -> None:
        """Work with this store, which is open."""
        if store is not self.store:
            self.shut()
        self.store = store
        self.errands = Errands(store, self.gateway, self.transport, self._wiped)

    def _wiped(self) -> None:
        """Everything of this person has been erased, as the office asked: the store is closed."""
        self.store = None
        picture.forget()
        self.home()

    async def part(self) -> None:
        """Seal what is unsent, in another thread and with its progress in sight, then close the store.

        Until it is done nothing else can be pressed. Killed in the middle, what was sealed before
        stands, and the letters are in the store as they were.
        """
        store = self.store
        if store is None:
            return
        closing = ClosingView()
        closing.open(animation=False)
        try:
            async with self._sealing:
                await put_away_meanwhile(store, closing.tell)
        finally:
            closing.dismiss(animation=False)
        self.shut(sealed=True)

    def shut(self, *, sealed: bool = False) -> None:
        """Close the store, which forgets its key, once nothing that runs needs it any more.

        What is unsent is sealed first, on this thread, where it has not been (`sealed`).
        """
        store, self.store = self.store, None
        if store is None:
            return
        if not sealed:
            put_away(store)
        picture.forget()
        running = [one for one in self._running if not (one.done() or one is _current())]
        if not running:
            store.close()
            return
        for task in running:
            task.cancel()

        async def close() -> None:
            await asyncio.gather(*running, return_exceptions=True)
            store.close()

        self.spawn(close(), self._quietly)

    def build(self) -> ScreenManager:
        """The screens; the first is today's, or the sign-in when nobody has signed in."""
        self.theme.use(self.vault.theme)
        self.theme.bind(palette=lambda *_: self._ground())
        self._ground()
        Window.bind(on_key_down=self._on_key)
        Window.softinput_mode = "below_target"
        self.screens = ScreenManager(transition=NoTransition())
        self.home()
        self._keeping = Clock.schedule_interval(lambda _: self.page.keep_draft(), WRITTEN)
        return self.screens

    def on_start(self) -> None:
        """Begin to listen where we are; try quietly, now and then, to deliver what is waiting."""
        try:
            self._stop_listening = listen(self._found)
        except Exception as error:
            # No receiver, or no permission: photos are then kept without a place.
            self._quietly(error)
        Clock.schedule_interval(lambda _: self.carry(), EVERY)

    def _found(self, location: Location) -> None:
        self.location = location

    def on_pause(self) -> bool:
        """Android takes the screen away, and may kill us: what is new is sealed for whoever comes next."""
        self.page.pause()
        if self.store:
            try:
                pause(self.store)
            except Exception as error:
                # Whatever ails it: the app goes to the background all the same.
                self._quietly(error)
        return True

    def on_stop(self) -> None:
        """Keep what was being written and let go of the window's keys."""
        self.page.leave()
        self._keeping.cancel()
        Window.unbind(on_key_down=self._on_key)
        self._stop_listening()
        for task in self._running:
            task.cancel()

    @property
    def page(self) -> Page:
        """The screen in sight."""
        page: Page = self.screens.current_screen
        return page

    def use_gateway(self, url: str) -> None:
        """Speak to the office at this address from now on."""
        self.gateway = url
        if self.store:
            self.errands.gateway = url

    def home(self) -> None:
        """Today, with nothing to go back to; the sign-in when nobody has signed in."""
        self._past.clear()
        here = self.store is not None and signed_in(self.store)
        self._show("today" if here else "sign_in", {})

    def go(self, name: str, **given: str) -> None:
        """Open a screen; Back returns here."""
        here = (self.screens.current, dict(self.page.given))
        if here[0] == name == "outbox":
            return
        self.page.leave()
        self._past.append(here)
        self._show(name, given)

    def instead(self, name: str, **given: str) -> None:
        """Open a screen in the place of this one: Back passes it over."""
        self.page.leave()
        self._show(name, given)

    def back(self) -> None:
        """One screen back; from the last one, today."""
        self.page.leave()
        if self._past:
            name, given = self._past.pop()
            self._show(name, given)
        elif self.screens.current not in ("today", "sign_in"):
            self.home()

    def _show(self, name: str, given: dict[str, str]) -> None:
        self.unfocus()
        if not self.screens.has_screen(name):
            module = import_module(f"field_app.screens.{name}.screen")
            self.screens.add_widget(getattr(module, SCREENS[name])(name=name))
        self.screens.current = name
        self.page.open(**given)

    def leave_account(self) -> None:
        """Sign out: the store is closed; records, letters and the sign-in stay in it."""
        self.page.leave()
        self.spawn(self._leave_account(), self.page.tell)

    async def _leave_account(self) -> None:
        await self.part()
        self.home()

    def switch_theme(self) -> None:
        """Light becomes dark, dark becomes light; it stays so."""
        self.theme.use(self.theme.other())
        self.vault.theme = self.theme.palette.name

    def _ground(self) -> None:
        Window.clearcolor = self.theme.palette.ground

    def unfocus(self) -> None:
        """Take the keyboard from whatever has it."""
        if focused := self.focused:
            focused.focus = False

    @property
    def focused(self) -> Any:  # noqa: ANN401 - a widget or None
        """What has the keyboard."""
        held = FocusBehavior._keyboards.values()
        return next((one for one in held if one is not None), None)

    def _on_key(self, _: object, key: int, __: int, text: str | None, modifiers: list[str]) -> bool:
        """Keys that belong to no widget: Escape goes back, Tab begins, the rest is the screen's."""
        focused = self.focused
        if key == ESCAPE:
            if isinstance(focused, TextInput):
                focused.focus = False
            elif not self.page.on_key("escape"):
                self.back()
            return True
        if key == TAB and focused is None:
            if found := self.page.first_focus():
                found.focus = True
            return True
        if isinstance(focused, TextInput) or not text or modifiers:
            return False
        return self.page.on_key(text)

    def spawn(
        self, work: Coroutine[Any, Any, None], tell: Callable[[Exception], None]
    ) -> asyncio.Task[None]:
        """Run something that waits, and keep hold of it."""

        async def run() -> None:
            try:
                await work
            except Exception as error:
                tell(error)

        task = asyncio.get_running_loop().create_task(run())
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    def carry(self) -> None:
        """Deliver quietly what is waiting, or report this device, if nothing else is under way."""
        if self.store is None or self.errands.busy:
            return
        if not self._sealing.locked() and self.errands.something_to_seal():
            self.spawn(self._seal_ahead(), self._quietly)
        if self.errands.something_waits():
            self.spawn(self._carry(), self._quietly)
        elif self.errands.overdue():
            self.spawn(self.errands.report(), self._quietly)

    async def _seal_ahead(self) -> None:
        """Seal new files while there is time, so that going to the background costs a moment only."""
        if self.store:
            async with self._sealing:
                await self.errands.seal_ahead()

    async def _carry(self) -> None:
        await self.errands.deliver()
        if self.store and self.screens.current in ("today", "outbox"):
            note(self.store)
            self.page.repaint()

    def _quietly(self, error: Exception) -> None:
        logging.getLogger("field_app").warning("not done", exc_info=error)
