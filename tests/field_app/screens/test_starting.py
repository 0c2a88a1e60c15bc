"""`python -m field_app`: with a display and without."""

import os
import subprocess
import sys

import pytest

from tests.field_app.screens.prepared import ROOT

pytestmark = pytest.mark.display


def test_the_tablet_starts_from_the_command_line_and_closes_cleanly(window, tmp_path):
    script = (
        "import asyncio, field_app.__main__ as tablet\n"
        "chinese = tablet.use_chinese\n"
        "def then():\n"
        "    chinese()\n"
        "    from kivy.app import App\n"
        "    from kivy.clock import Clock\n"
        "    def end(_):\n"
        "        print('screen', App.get_running_app().screens.current, flush=True)\n"
        "        App.get_running_app().stop()\n"
        "    Clock.schedule_once(end, 0.5)\n"
        "tablet.use_chinese = then\n"
        "tablet.main()\n"
    )
    folder = tmp_path / "tablet"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=os.environ | {"ZHIFA_TABLET": str(folder), "PYTHONPATH": str(ROOT)},
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.stdout == "screen sign_in\n", done.stderr
    assert done.returncode == 0
    assert (folder / "people").is_dir()
    assert (folder / "kivy").is_dir()


def test_without_a_display_the_command_says_so_in_a_line(tmp_path):
    bare = {name: value for name, value in os.environ.items() if name not in (
        "DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER")}  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "field_app"],
        env=bare | {"ZHIFA_TABLET": str(tmp_path), "PYTHONPATH": str(ROOT)},
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode != 0
    assert "没有可以显示窗口的桌面" in done.stderr
    assert "Traceback" not in done.stderr
