"""What Kivy must be told before it is first imported: no arguments of ours, no noise, our folder.

Importing this module imports nothing of Kivy, so that these settings can still take effect.

Chinese is typed by the system's input method through SDL2. `SDL_IME_SHOW_UI` asks Windows to show
the candidates; on some systems they stay invisible all the same (kivy#7910). Fields are therefore
short and filled in beforehand where the tablet knows what belongs there.
"""

import os
from pathlib import Path

WIDTH, HEIGHT = 1280, 800
LEAST_WIDTH, LEAST_HEIGHT = 800, 600


def prepare(folder: Path) -> None:
    """Set Kivy's environment and configuration; `folder` is the store's."""
    home = folder / "kivy"
    home.mkdir(parents=True, exist_ok=True)
    os.environ["KIVY_HOME"] = str(home.resolve())
    os.environ["KIVY_NO_ARGS"] = "1"
    # Python's logging instead of Kivy's own console: no banner, and tracebacks are not swallowed.
    os.environ["KIVY_LOG_MODE"] = "PYTHON"
    os.environ["KIVY_NO_FILELOG"] = "1"
    os.environ.setdefault("SDL_IME_SHOW_UI", "1")
    from kivy.config import Config

    for section, key, value in (
        ("kivy", "exit_on_escape", "0"),
        ("kivy", "log_level", "warning"),
        ("input", "mouse", "mouse,disable_multitouch"),
        ("graphics", "width", str(WIDTH)),
        ("graphics", "height", str(HEIGHT)),
        ("graphics", "minimum_width", str(LEAST_WIDTH)),
        ("graphics", "minimum_height", str(LEAST_HEIGHT)),
    ):
        Config.set(section, key, value)


def use_chinese(cache: Path | None = None) -> None:
    """Set all text in Noto's simplified Chinese face, which documents are set in too.

    Raises RendererMissing where there is no Chinese face.
    """
    from kivy.core.text import DEFAULT_FONT, LabelBase

    from paper import font

    own = os.environ.get("ZHIFA_FONT_SCREEN")
    face = own or font.simplified_chinese(cache or font.default_cache())
    LabelBase.register(DEFAULT_FONT, fn_regular=str(face))
