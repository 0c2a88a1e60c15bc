"""A plant's QR code and a licence are read; where they cannot be, it is said what to do."""

from io import BytesIO

import pytest
import segno

from field_app import scanner
from field_app.scanner import NoCodeInPicture, NoCreditCode, NotACreditCode, ScannerMissing

CODE, OTHER = "91140882MA0H4D5M1X", "91140882MA0DEM001Q"


def picture(text):
    made = BytesIO()
    segno.make(text, error="m").save(made, kind="png", scale=6)
    return made.getvalue()


@pytest.mark.parametrize(
    "text", [CODE, f"https://example.gov.cn/l?c={CODE}", f"名称：某厂；统一社会信用代码：{CODE}"]
)
def test_the_credit_code_is_read_from_the_picture_of_a_licence(tmp_path, text):
    (tmp_path / "licence.png").write_bytes(picture(text))
    assert scanner.read_file(tmp_path / "licence.png") == CODE


def test_a_picture_without_a_code_says_what_to_do():
    from PIL import Image

    made = BytesIO()
    Image.new("RGB", (200, 200), "white").save(made, "PNG")
    with pytest.raises(NoCodeInPicture):
        scanner.credit_code(scanner.texts_in(made.getvalue()))
    for broken in (b"", b"\x89PNG\r\n\x1a\nhalf"):
        with pytest.raises(NoCodeInPicture):
            scanner.texts_in(broken)


def test_a_code_about_something_else_and_two_plants_at_once_are_not_guessed_at():
    with pytest.raises(NoCreditCode, match="example"):
        scanner.credit_code(["https://example.gov.cn/"])
    with pytest.raises(NoCreditCode, match="2 个"):
        scanner.credit_code([CODE, OTHER])
    assert scanner.credit_code([CODE, f"x={CODE}"]) == CODE


def test_a_code_typed_wrongly_is_told_its_fault():
    assert scanner.typed_code(f" {CODE.lower()} ") == CODE
    with pytest.raises(NotACreditCode, match="17 位"):
        scanner.typed_code(CODE[:-1])
    with pytest.raises(NotACreditCode, match="校验位"):
        scanner.typed_code(CODE[:-1] + "Y")
    with pytest.raises(NotACreditCode, match="还没有输入"):
        scanner.typed_code(" ")


def test_where_no_reader_is_built_it_is_said(monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "zxingcpp", None)
    with pytest.raises(ScannerMissing):
        scanner.texts_in(picture(CODE))


def test_pictures_to_choose_from_are_the_newest_first(tmp_path):
    import os

    (tmp_path / "Pictures").mkdir()
    for age, name in ((30, "old.png"), (10, "new.JPG"), (20, "mid.jpg"), (5, "notes.txt")):
        path = tmp_path / "Pictures" / name
        path.write_bytes(b"x")
        os.utime(path, (1_000_000 - age,) * 2)
    assert [path.name for path in scanner.pictures(tmp_path)] == [
        "new.JPG", "mid.jpg", "old.png",
    ]  # fmt: skip
    assert scanner.pictures(tmp_path / "nowhere") == []


def test_a_file_that_is_gone_or_far_too_large_is_told_so(tmp_path, monkeypatch):
    with pytest.raises(NoCodeInPicture, match="打不开"):
        scanner.read_file(tmp_path / "gone.png")
    (tmp_path / "large.png").write_bytes(b"x" * 20)
    monkeypatch.setattr(scanner, "LARGEST", 10)
    with pytest.raises(NoCodeInPicture, match="过大"):
        scanner.read_file(tmp_path / "large.png")
