"""`python -m field_app`: the tablet's window.

Settings: ZHIFA_GATEWAY, the gateway's address (http://127.0.0.1:8000); ZHIFA_TABLET, the store's
folder (var/tablet; on Android the app's own folder).
"""

import asyncio
import logging
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from field_app.look.window import prepare, use_chinese

GATEWAY = "http://127.0.0.1:8000"
FOLDER = "var/tablet"
NO_DISPLAY = (
    "这里没有可以显示窗口的桌面（没有 DISPLAY 或 WAYLAND_DISPLAY）。请在有桌面的电脑上运行。"
)


def folder_of(settings: Mapping[str, str]) -> Path:
    """Where the store lies."""
    own = settings.get("ANDROID_PRIVATE")
    return Path(settings.get("ZHIFA_TABLET") or (f"{own}/tablet" if own else FOLDER))


def can_show(settings: Mapping[str, str], platform: str) -> bool:
    """Whether there is anything to draw on."""
    if platform != "linux" or "ANDROID_ARGUMENT" in settings:
        return True
    return any(settings.get(one) for one in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER"))


def main() -> None:
    """Open the window and stay until it is closed."""
    if not can_show(os.environ, sys.platform):
        raise SystemExit(NO_DISPLAY)
    folder = folder_of(os.environ)
    if "ANDROID_PRIVATE" in os.environ:
        os.environ.setdefault("ZHIFA_DATA", str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(
        filename=folder / "tablet.log",
        level=logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
        encoding="utf-8",
    )
    prepare(folder)
    use_chinese()
    from field_app.app import Tablet
    from field_app.contact import contact_of
    from field_app.store import Store

    store = Store(folder)
    # An enrolled tablet goes where its enrolment said.
    enrolled_at = contact_of(store.installation).gateway
    app = Tablet(store, os.environ.get("ZHIFA_GATEWAY") or enrolled_at or GATEWAY)
    try:
        asyncio.run(app.async_run("asyncio"))
    finally:
        app.store.close()


if __name__ == "__main__":
    main()
