"""`make android`: lay out what buildozer packs into the tablet's Android app.

A folder (var/android) with the tablet's code, what it stands on, a `main.py`, the Chinese face,
icon and start picture, and the specification. Building it needs the Android toolchain:
`buildozer android debug` in that folder. What can be held to without one is held by
tests/field_app/test_android.py.
"""

import argparse
import shutil
import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from field_app.look.palette import LIGHT, Colour
from paper.font import FILE, simplified_chinese

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("field_app", "lawbook", "paper")
LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.spec", "typst.py", "sheet.typ")
MAIN = f'''"""The tablet, with the face that is packed beside it."""

import os
from pathlib import Path

FACE = str(Path(__file__).parent / "fonts" / "{FILE}")
os.environ.setdefault("ZHIFA_FONT_SCREEN", FACE)
os.environ.setdefault("ZHIFA_FONT_BODY", FACE)

from field_app.__main__ import main

main()
'''
SQLITE_FLAGS = ("FTS5", "JSON1", "DESERIALIZE")
"""SQLITE_ENABLE_…: the finder's index (FTS5), json_extract, and the store held in memory. The first
stands in no recipe of python-for-android; the others newer versions of SQLite have by themselves."""
RECIPE = '''"""SQLite for the tablet: python-for-android's own recipe, built by the Android.mk beside this."""

from pythonforandroid.recipes.sqlite3 import Sqlite3Recipe


class WithFullText(Sqlite3Recipe):
    """Its make file is copied from the recipe's folder, which is this one."""


recipe = WithFullText()
'''
MAKE = f"""LOCAL_PATH := $(call my-dir)/..

include $(CLEAR_VARS)
LOCAL_MODULE := sqlite3
LOCAL_SRC_FILES := sqlite3.c
LOCAL_CFLAGS := {" ".join(f"-DSQLITE_ENABLE_{flag}" for flag in SQLITE_FLAGS)}
include $(BUILD_SHARED_LIBRARY)
"""
PATHS = """<?xml version="1.0" encoding="utf-8"?>
<paths><files-path name="files" path="." /></paths>
"""
"""Below the app's own folder; who is let read what is said file by file."""
ICON, SPLASH = 512, (1280, 800)
NAME, MARK = "移动执法", "执"


def stage(folder: Path, fonts: Path | None = None) -> Path:
    """Fill `folder` anew with everything that is packed; the folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for part in PARTS:
        shutil.copytree(ROOT / part, folder / part, ignore=LEFT_OUT)
    (folder / "main.py").write_text(MAIN, encoding="utf-8")
    shutil.copy(ROOT / "field_app" / "buildozer.spec", folder / "buildozer.spec")
    recipe = folder / "recipes" / "sqlite3"
    recipe.mkdir(parents=True)
    (recipe / "__init__.py").write_text(RECIPE, encoding="utf-8")
    (recipe / "Android.mk").write_text(MAKE, encoding="utf-8")
    (folder / "fileprovider.xml").write_text(PATHS, encoding="utf-8")
    face = simplified_chinese(fonts or ROOT / "var" / "fonts")
    (folder / "fonts").mkdir()
    shutil.copy(face, folder / "fonts" / FILE)
    icon(face).save(folder / "icon.png")
    splash(face).save(folder / "presplash.png")
    return folder


def _rgb(colour: Colour) -> tuple[int, int, int]:
    red, green, blue, _ = (round(part * 255) for part in colour)
    return red, green, blue


def icon(face: Path) -> Image.Image:
    """One character on the colour of the main step, corners left to the launcher."""
    drawn = Image.new("RGB", (ICON, ICON), _rgb(LIGHT.fills["main"]))
    font = ImageFont.truetype(str(face), ICON * 5 // 8)
    ImageDraw.Draw(drawn).text(
        (ICON / 2, ICON / 2), MARK, _rgb(LIGHT.on_fills["main"]), font, anchor="mm"
    )
    return drawn


def splash(face: Path) -> Image.Image:
    """What is seen while Python starts: the ground of the first screen, and the name."""
    drawn = Image.new("RGB", SPLASH, _rgb(LIGHT.ground))
    font = ImageFont.truetype(str(face), SPLASH[1] // 9)
    ImageDraw.Draw(drawn).text(
        (SPLASH[0] / 2, SPLASH[1] / 2), NAME, _rgb(LIGHT.inks["main"]), font, anchor="mm"
    )
    return drawn


def main() -> None:
    """Lay it out and say where."""
    asked = argparse.ArgumentParser(description="为安卓打包准备文件夹")
    asked.add_argument("folder", nargs="?", type=Path, default=ROOT / "var" / "android")
    made = stage(asked.parse_args().folder)
    sys.stdout.write(
        f"已备好：{made}\n在装有安卓工具链的机器上进入该文件夹，运行 buildozer android debug\n"
    )


if __name__ == "__main__":
    main()
