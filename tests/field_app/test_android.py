"""What the Android package is made of, as far as it can be held to without an Android toolchain."""

import configparser
import re
import subprocess
import sys
from importlib import metadata
from types import ModuleType

import grimp
import pytest
from packaging.requirements import Requirement
from PIL import Image

from deploy.android import PARTS, stage
from field_app import camera, location, permits, sound
from services.kit.settings import ROOT

RECIPES = {
    # python-for-android has a recipe of this name: it is compiled for the device.
    "kivy", "cryptography", "cffi", "pillow", "pyjnius",
}  # fmt: skip
PURE_AS_WELL = {
    # Installed here with compiled parts, published as a py3-none-any wheel too.
    "fonttools",
    "charset-normalizer",
}
OF_THE_SYSTEM = {"python3", "sqlite3", "openssl", "pyjnius"}
"""Recipes that stand for no distribution of ours."""
NOT_ON_ANDROID = {
    # Needed by Kivy's command line alone.
    "kivy-garden",
}
DISTRIBUTIONS = {
    "fpdf": "fpdf2", "fontTools": "fonttools", "sqlite_utils": "sqlite-utils", "PIL": "pillow",
}  # fmt: skip
BEHIND_A_PORT = {"typst", "sqlcipher3", "zxingcpp"}
"""Imported where they are, done without where they are not."""
DANGEROUS = {
    # Android's list of those that a user is asked for at run time, as far as a tablet can want them.
    "CAMERA", "RECORD_AUDIO", "ACCESS_FINE_LOCATION", "ACCESS_COARSE_LOCATION", "READ_CONTACTS",
    "READ_EXTERNAL_STORAGE", "WRITE_EXTERNAL_STORAGE", "READ_MEDIA_IMAGES", "READ_MEDIA_VIDEO",
    "READ_MEDIA_AUDIO", "ACCESS_BACKGROUND_LOCATION", "READ_PHONE_STATE", "POST_NOTIFICATIONS",
    "BLUETOOTH_CONNECT", "BLUETOOTH_SCAN", "NEARBY_WIFI_DEVICES", "ACCESS_MEDIA_LOCATION",
}  # fmt: skip
PERMISSIONS = {
    "INTERNET": "httpx", "CAMERA": "camera", "RECORD_AUDIO": "sound", "ACCESS_FINE_LOCATION": "gps",
}  # fmt: skip


def spec() -> dict[str, str]:
    read = configparser.ConfigParser(interpolation=None)
    read.read(ROOT / "field_app" / "buildozer.spec", encoding="utf-8")
    return dict(read["app"])


def requirements() -> set[str]:
    return {one.partition("==")[0] for one in spec()["requirements"].split(",")}


def key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def needed() -> dict[str, metadata.Distribution]:
    """Every distribution that the tablet's code stands on, and what those stand on in turn."""
    found: dict[str, metadata.Distribution] = {}

    def take(name: str) -> None:
        if key(name) in found or key(name) in NOT_ON_ANDROID:
            return
        found[key(name)] = metadata.distribution(name)
        for line in found[key(name)].requires or ():
            asked = Requirement(line)
            there = {"extra": "", "sys_platform": "linux", "platform_system": "Linux"}
            if asked.marker is None or asked.marker.evaluate(there):
                take(asked.name)

    for part in PARTS:
        graph = grimp.build_graph(part, include_external_packages=True, cache_dir=None)
        for module in graph.modules:
            top = module.partition(".")[0]
            if top not in sys.stdlib_module_names and top not in {*PARTS, *BEHIND_A_PORT}:
                take(DISTRIBUTIONS.get(top, top))
    return found


def is_pure(distribution: metadata.Distribution) -> bool:
    wheel = distribution.read_text("WHEEL") or ""
    return "Root-Is-Purelib: true" in wheel


def test_each_thing_that_the_tablet_stands_on_is_pure_python_or_has_a_recipe():
    compiled = {name for name, one in needed().items() if not is_pure(one)}
    assert compiled - RECIPES <= PURE_AS_WELL


def test_the_specification_asks_for_all_of_it():
    assert set(needed()) - requirements() == set()


def test_the_specification_asks_for_nothing_that_is_not_needed():
    assert requirements() - set(needed()) <= OF_THE_SYSTEM


def test_what_the_tablet_does_is_permitted():
    permitted = set(spec()["android.permissions"].split(","))
    assert set(PERMISSIONS) <= permitted


def test_each_dangerous_permission_is_asked_for_at_its_first_use(tmp_path, monkeypatch):
    """By Android's own module, which stands in here: an app that does not ask is simply refused."""
    asked: list[str] = []
    granted: set[str] = set()
    system = ModuleType("android.permissions")
    system.__dict__["check_permission"] = granted.__contains__
    system.__dict__["request_permissions"] = lambda names, answered=None: asked.extend(names)
    monkeypatch.setitem(sys.modules, "android.permissions", system)
    monkeypatch.setattr(sys, "getandroidapilevel", lambda: 34, raising=False)
    for use in (
        lambda: camera.take_picture(tmp_path, print),
        lambda: camera.take_video(tmp_path, print),
        lambda: sound.Recording(tmp_path),
    ):
        with pytest.raises(permits.NotPermitted):
            use()
    location.listen(print)()
    whole = {f"android.permission.{one}" for one in spec()["android.permissions"].split(",")}
    dangerous = {f"android.permission.{one}" for one in DANGEROUS}
    assert set(asked) == whole & dangerous
    asked.clear()
    granted |= whole
    for names in (permits.CAMERA, permits.MICROPHONE, permits.PLACE):
        permits.require(names)
    assert asked == []


def test_a_backup_does_not_make_a_second_tablet():
    assert spec()["android.allow_backup"] == "False"


@pytest.fixture(scope="module")
def staged(tmp_path_factory):
    return stage(tmp_path_factory.mktemp("android") / "app")


def test_what_is_packed_thinks_without_the_rest_of_the_house(staged):
    """The store and every action load from the packed folder alone, without a window."""
    code = (
        "import sys, importlib, pkgutil, field_app\n"
        "for m in pkgutil.walk_packages(field_app.__path__, 'field_app.'):\n"
        "    if not {'screens', 'look', 'app', '__main__'} & set(m.name.split('.')):\n"
        "        importlib.import_module(m.name)\n"
        "foreign = {n.partition('.')[0] for n in sys.modules} & {'services', 'gateway', 'deploy'}\n"
        "assert not foreign, foreign\n"
        "assert field_app.__file__.startswith(sys.argv[1])\n"
    )
    done = subprocess.run(
        [sys.executable, "-B", "-c", code, str(staged)], cwd=staged, capture_output=True, text=True,
        env={"PYTHONPATH": str(staged), "PATH": "/usr/bin:/bin"}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_the_chinese_face_icon_and_start_picture_are_packed(staged):
    app = spec()
    packed = set(app["source.include_exts"].split(","))
    faces = list((staged / "fonts").iterdir())
    assert [face.suffix[1:] for face in faces] == ["otf"]
    assert "otf" in packed
    for member in ("icon.filename", "presplash.filename"):
        with Image.open(staged / app[member]) as picture:
            assert len(set(picture.convert("L").resize((64, 64)).tobytes())) > 8
    assert (staged / "main.py").is_file()


def test_the_provider_that_serves_a_pdf_is_declared(staged):
    (named,) = re.findall(r"--fileprovider-paths=(\S+)", spec()["p4a.extra_args"])
    assert "files-path" in (staged / named).read_text()
    assert spec()["android.enable_androidx"] == "True"
    assert "androidx.core" in spec()["android.gradle_dependencies"]


def test_sqlite_is_built_with_all_that_the_store_asks_of_it(staged):
    recipes = staged / spec()["p4a.local_recipes"]
    assert "sqlite3" in requirements()
    # Read by the builder, not packed: the app has no python-for-android.
    assert spec()["source.exclude_dirs"] == recipes.name
    compile((recipes / "sqlite3" / "__init__.py").read_text(), "recipe", "exec")
    make = (recipes / "sqlite3" / "Android.mk").read_text()
    code = "".join(path.read_text() for path in (staged / "field_app").rglob("*.py"))
    wanted = {one.upper() for one in re.findall(r"create virtual table \w+ using (\w+)", code)}
    assert "FTS5" in wanted
    wanted |= {"JSON1"} if "json_extract(" in code else set()
    wanted |= {"DESERIALIZE"} if ".deserialize(" in code else set()
    assert set(re.findall(r"-DSQLITE_ENABLE_(\w+)", make)) == wanted


def test_nothing_compiled_for_this_machine_is_packed(staged):
    kinds = {
        path.suffix
        for path in staged.rglob("*")
        if path.is_file() and path.parent.name != "__pycache__"
    }
    assert kinds <= {".py", ".kv", ".toml", ".otf", ".png", ".spec", ".typed", ".mk", ".xml"}
