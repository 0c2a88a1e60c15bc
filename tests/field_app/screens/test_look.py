"""What can be read, and what may know Kivy: without a display."""

import ast
import re
from pathlib import Path

import pytest

from field_app.__main__ import can_show, folder_of
from field_app.look.palette import PALETTES, contrast, fill, on_fill
from tests.field_app.screens.prepared import ROOT

READABLE = 4.5
TONES = ("main", "plain", "good", "bad", "warn", "quiet")


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize("tone", TONES)
def test_every_ink_can_be_read_where_it_stands(palette, tone):
    grounds = (palette.card, palette.ground, palette.softs[tone])
    assert min(contrast(palette.inks[tone], ground) for ground in grounds) >= READABLE
    assert contrast(palette.on_fills[tone], palette.fills[tone]) >= READABLE
    assert contrast(palette.ink, palette.softs[tone]) >= READABLE
    assert contrast(palette.quiet, palette.softs[tone]) >= READABLE


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize("tone", TONES)
@pytest.mark.parametrize("state", ["normal", "down"])
@pytest.mark.parametrize("disabled", [False, True])
def test_a_button_can_be_read_in_every_state(palette, tone, state, disabled):
    ground = fill(palette, tone, state, disabled=disabled)
    assert contrast(on_fill(palette, tone, disabled=disabled), ground) >= READABLE


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_focus_stands_out_from_what_it_surrounds(palette):
    assert min(contrast(palette.focus, one) for one in (palette.card, palette.ground)) >= 3


def test_whoever_imports_a_widget_has_the_rules_it_is_drawn_by():
    """A rule lies under the name of the module that has its class, and that module loads it."""
    screens = ROOT / "field_app" / "screens"
    for rules in sorted(screens.rglob("*.kv")):
        module = rules.with_suffix(".py")
        source = module.read_text()
        classes = {one.name for one in ast.parse(source).body if isinstance(one, ast.ClassDef)}
        named = re.findall(r"(?m)^<(\w+)>:", rules.read_text())
        assert named, rules
        assert set(named) <= classes, rules
        assert "layout(__file__)" in source, module


def test_contrast_is_counted_as_wcag_counts_it():
    assert round(contrast((0, 0, 0, 1), (1, 1, 1, 1)), 1) == 21.0
    assert round(contrast((0.4667, 0.4667, 0.4667, 1), (1, 1, 1, 1)), 2) == 4.48


def _imports_kivy(path: Path) -> bool:
    for node in ast.walk(ast.parse(path.read_text())):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        if any(name.partition(".")[0] == "kivy" for name in names):
            return True
    return False


def test_only_screens_the_look_and_the_app_know_kivy():
    field_app = ROOT / "field_app"
    knowing = {
        str(path.relative_to(field_app)) for path in field_app.rglob("*.py") if _imports_kivy(path)
    }
    allowed = ("app.py", "look/", "screens/")
    assert "app.py" in knowing
    assert {name for name in knowing if not name.startswith(allowed)} == set()
    assert {name for name in knowing if name.endswith("view.py")} == set()
    assert "look/palette.py" not in knowing


def test_the_store_lies_where_the_settings_say():
    assert folder_of({}) == Path("var/tablet")
    assert folder_of({"ZHIFA_TABLET": "/a"}) == Path("/a")
    assert folder_of({"ANDROID_PRIVATE": "/data/app"}) == Path("/data/app/tablet")


@pytest.mark.parametrize(
    ("settings", "platform", "shown"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"ANDROID_ARGUMENT": ""}, "linux", True),
        ({}, "win32", True),
    ],
)
def test_a_window_needs_something_to_be_shown_on(settings, platform, shown):
    assert can_show(settings, platform) is shown
