"""`python -m field_app`: the tablet's window.

Settings: ZHIFA_GATEWAY, the gateway's address (http://127.0.0.1:8000); ZHIFA_TABLET, the vault's
folder (var/tablet; on Android the app's own folder).
"""

import asyncio
import logging
import os
import sys
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from field_app.look.window import prepare, use_chinese

GATEWAY = "http://127.0.0.1:8000"
FOLDER = "var/tablet"
NO_DISPLAY = (
    "这里没有可以显示窗口的桌面（没有 DISPLAY 或 WAYLAND_DISPLAY）。请在有桌面的电脑上运行。"
)


def folder_of(settings: Mapping[str, str]) -> Path:
    """Where the vault lies."""
    own = settings.get("ANDROID_PRIVATE")
    return Path(settings.get("ZHIFA_TABLET") or (f"{own}/tablet" if own else FOLDER))


def can_show(settings: Mapping[str, str], platform: str) -> bool:
    """Whether there is anything to draw on."""
    if platform != "linux" or "ANDROID_ARGUMENT" in settings:
        return True
    return any(settings.get(one) for one in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER"))


class Reticent(logging.Formatter):
    """Tracebacks without what the errors say: that may quote a record, and the log is plain."""

    def formatException(self, ei: Any) -> str:  # noqa: ANN401 - logging's own
        """Where it happened, and of which kind it was."""
        frames = "".join(traceback.format_tb(ei[2])) if ei[2] else ""
        return f"{frames}{ei[0].__name__ if ei[0] else 'None'}"


def main() -> None:
    """Open the window and stay until it is closed."""
    if not can_show(os.environ, sys.platform):
        raise SystemExit(NO_DISPLAY)
    folder = folder_of(os.environ)
    if "ANDROID_PRIVATE" in os.environ:
        os.environ.setdefault("ZHIFA_DATA", str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    log = logging.FileHandler(folder / "tablet.log", encoding="utf-8")
    log.setFormatter(Reticent("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(handlers=[log], level=logging.WARNING)
    prepare(folder)
    use_chinese()
    from field_app.app import Tablet
    from field_app.contact import contact_of
    from field_app.vault import Vault

    vault = Vault(folder)
    # An enrolled tablet goes where its enrolment said.
    enrolled_at = contact_of(vault.device).gateway
    app = Tablet(vault, os.environ.get("ZHIFA_GATEWAY") or enrolled_at or GATEWAY)
    try:
        asyncio.run(app.async_run("asyncio"))
    finally:
        app.shut()


if __name__ == "__main__":
    main()
