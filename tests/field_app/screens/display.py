"""Fingers and keys for the tablet's window; its frames are drawn by the test."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

REASON = "没有 DISPLAY，也没有 Xvfb：不能打开窗口"


class Hands:
    """Touches and keys, given to the window as its providers give them; and frames."""

    def __init__(self, app: Any) -> None:
        from kivy.base import EventLoop
        from kivy.core.window import Window

        self.app, self.window, self.loop = app, Window, EventLoop

    async def frames(self, count: int = 3) -> None:
        for _ in range(count):
            self.loop.idle()
            await asyncio.sleep(0)

    async def until(self, true: Callable[[], Any], seconds: float = 20) -> Any:
        """Draw until something is so."""
        end = time.monotonic() + seconds
        while not (found := true()):
            assert time.monotonic() < end, "it did not come to pass"
            await self.frames(1)
            await asyncio.sleep(0.005)
        return found

    async def key(self, name: str) -> None:
        """Press and let go of one key."""
        codes = {
            "escape": 27,
            "tab": 9,
            "enter": 13,
            "left": 276,
            "right": 275,
            "spacebar": 32,
            "down": 274,
            "up": 273,
        }
        code = codes.get(name) or ord(name)
        text = name if len(name) == 1 else None
        self.window.dispatch("on_key_down", code, 0, text, [])
        self.window.dispatch("on_key_up", code, 0)
        await self.frames()

    async def touch(self, *path: tuple[float, float]) -> None:
        """One finger: down at the first point, along the others, up at the last."""
        from kivy.input.motionevent import MotionEvent

        window = self.window

        class Finger(MotionEvent):  # type: ignore[misc]
            def __init__(self) -> None:
                super().__init__("test", 1, {"x": 0.0, "y": 0.0}, is_touch=True, type_id="touch")
                self.profile = ["pos"]

            def at(self, point: tuple[float, float]) -> None:
                x, y = point
                self.move({"x": x / (window.width - 1), "y": y / (window.height - 1)})

            def depack(self, args: dict[str, float]) -> None:
                self.sx, self.sy = args["x"], args["y"]
                super().depack(args)

        finger = Finger()
        finger.at(path[0])
        self.loop.post_dispatch_input("begin", finger)
        await self.frames(1)
        for point in path[1:]:
            finger.at(point)
            self.loop.post_dispatch_input("update", finger)
            await self.frames(1)
        self.loop.post_dispatch_input("end", finger)
        await self.frames(3)

    def find(self, words: str, kind: str = "") -> Any:
        """What can be pressed and says this, in the screen in sight or the pad above it."""
        for top in self.window.children:
            root = top if top is not self.app.screens else self.app.page
            for widget in root.walk():
                said = getattr(widget, "text", "") or getattr(widget, "title", "")
                if words in str(said) and hasattr(widget, "on_release") and not widget.disabled:
                    return widget
        return None

    async def press(self, words: str) -> Any:
        """Scroll to what says this, and press it with a finger."""
        from field_app.look.pressable import bring_into_sight

        widget = await self.until(lambda: self.find(words))
        bring_into_sight(widget)
        await self.frames(4)
        await self.touch(widget.to_window(*widget.center))
        await self.settle()
        return widget

    async def settle(self, seconds: float = 0.25) -> None:
        """As long as a scrolling list needs to tell a press from a drag."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            await self.frames(1)
            await asyncio.sleep(0.01)

    async def picture(self, path: Path) -> None:
        """The window as it is drawn."""
        await self.frames(6)
        made = Path(self.window.screenshot(name=str(path)))
        made.replace(path)


def beside(store: Any) -> Any:
    """A vault beside a store that stands alone."""
    from field_app.vault import Vault
    from tests.field_app.tablet import LIGHT

    return Vault(store.folder.parent / "vault", LIGHT)


@contextmanager
def running(store: Any, transport: Any = None, vault: Any = None) -> Iterator[Hands]:
    """The app in its window, its frames drawn by the test."""
    from kivy.app import App

    from field_app.app import Tablet

    app = Tablet(vault or beside(store), "http://office", transport, store)
    app.root = app.build()
    hands = Hands(app)
    hands.window.add_widget(app.root)
    app._app_window = hands.window
    try:
        yield hands
    finally:
        # Dispatched, not called: layouts hold on to an app until it says that it stops.
        app.dispatch("on_stop")
        App._running_app = None
        for child in list(hands.window.children):
            hands.window.remove_widget(child)
