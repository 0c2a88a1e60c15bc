"""What each part may stand on: the import rule as a bill of materials."""

import subprocess
import sys
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parents[1]

ALLOWED: dict[str, set[str]] = {
    "lawbook": set(),
    "paper": {"lawbook", "fpdf", "fontTools", "segno", "typst", "PIL"},
    "field_app": {
        "lawbook", "paper", "httpx", "sqlite_utils", "kivy", "plyer", "segno", "cryptography",
        "pypinyin", "zxingcpp", "PIL", "sqlcipher3",
    },
}  # fmt: skip
# What python-for-android has a recipe for, or what is pure Python with nothing compiled beneath.
ANDROID = {
    "httpx", "sqlite_utils", "kivy", "plyer", "segno", "fpdf", "fontTools", "cryptography",
    "pypinyin", "PIL",
}  # fmt: skip


def outside(part: str) -> set[str]:
    graph = grimp.build_graph(part, include_external_packages=True, cache_dir=None)
    return {module.partition(".")[0] for module in graph.modules} - {part} - sys.stdlib_module_names


@pytest.mark.parametrize("part", ALLOWED)
def test_a_part_stands_only_on_what_it_may(part):
    assert outside(part) <= ALLOWED[part]


def test_the_tablet_stands_on_nothing_that_android_lacks():
    # These are used where they have a wheel, imported lazily: paper falls back to
    # fpdf2, the scanner to what is typed.
    lazily = {"typst", "zxingcpp", "sqlcipher3"}
    assert (outside("field_app") | outside("paper")) - {"lawbook", "paper"} - lazily <= ANDROID


def test_the_walls_of_the_house_hold():
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_a_crossed_wall_is_found(tmp_path):
    """The contracts can fail: a service that imports its neighbour is caught."""
    for part in ("lawbook", "paper", "services", "gateway", "field_app", "deploy", "field_year"):
        (tmp_path / part).symlink_to(ROOT / part)
    (tmp_path / "services").unlink()
    copy = subprocess.run(["cp", "-r", ROOT / "services", tmp_path], check=True)
    assert copy.returncode == 0
    crossing = tmp_path / "services" / "kpi_svc" / "crossing.py"
    crossing.write_text("from services.case_svc import rows\n")
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, check=False,
        env={"PYTHONPATH": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert done.returncode != 0
    assert "Services are strangers to one another BROKEN" in done.stdout


def test_no_module_grows_past_what_one_sitting_can_read():
    long = {
        str(path.relative_to(ROOT)): lines
        for part in (
            "lawbook",
            "paper",
            "services",
            "gateway",
            "field_app",
            "deploy",
            "migrations",
            "field_year",
        )
        for path in (ROOT / part).rglob("*.py")
        if (lines := len(path.read_text().splitlines())) > 360
    }
    assert not long


def test_no_file_names_a_registry_or_a_folder_of_one_machine():
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    found = []
    for name in listed:
        path = ROOT / name
        if not path.is_file():
            continue
        text = path.read_bytes()
        marks = (
            b"pypi" + b".org",
            b"pythonhosted" + b".org",
            b"deb.debian" + b".org",
            b"/work" + b"/main",
        )
        found += [f"{name}: {mark.decode()}" for mark in marks if mark in text]
    assert not found
