"""The visible stamp: on a copy, below the picture, and never on the original."""

import hashlib
from io import BytesIO

import pytest
from PIL import Image

from paper.stamp import LARGEST, PictureUnreadable, Stamp, position, stamped
from tests.examples import jpeg

STAMP = Stamp(
    "2026-06-23 10:10:00", "河津市星澜瑞安焦化有限公司熔炼车间",
    position({"lat": 35.596, "lon": 110.712, "accuracy": 8.0, "datum": "WGS84"}), "ab" * 32,
    ("张岳（14088200001）", "李秋（14088200002）"),
)  # fmt: skip
TURNED, TAKEN = 0x0112, 0x0132


def photo(width=400, height=300, turned=1):
    """A photo that its camera took holding it this way, with what the camera wrote into it."""
    exif = Image.Exif()
    exif[TURNED], exif[TAKEN] = turned, "2026:06:23 10:10:00"
    out = BytesIO()
    Image.new("RGB", (width, height), "orange").save(out, "JPEG", exif=exif)
    return out.getvalue()


def opened(data):
    with Image.open(BytesIO(data)) as picture:
        picture.load()
        return picture


def test_it_says_when_where_which_and_by_whom():
    text = "\n".join(STAMP.lines)
    for said in (
        "2026-06-23 10:10:00",
        "熔炼车间",
        "35.59600, 110.71200",
        "张岳",
        "abababababababab",
    ):
        assert said in text
    assert "水印副本" in text
    assert len(Stamp("时", "", "", "ab" * 32, ()).lines) == 2


def test_the_original_s_bytes_and_what_the_camera_wrote_stay_as_they_were(tmp_path):
    place = tmp_path / "原件.jpg"
    place.write_bytes(data := photo())
    with place.open("rb") as source:
        copy = stamped(source, STAMP)
    assert place.read_bytes() == data
    assert opened(place.read_bytes()).getexif()[TAKEN] == "2026:06:23 10:10:00"
    assert hashlib.sha256(copy).digest() != hashlib.sha256(data).digest()
    assert not opened(copy).getexif()


def test_the_stamp_hides_nothing_of_the_picture_and_stands_below_it():
    copy = opened(stamped(BytesIO(photo()), STAMP)).convert("RGB")
    assert copy.width == 400
    assert copy.height > 300
    for at in ((3, 3), (396, 3), (3, 292), (396, 292)):
        red, green, blue = copy.getpixel(at)
        assert (red > 230, 140 < green < 190, blue < 40) == (True, True, True)
    band = copy.crop((0, 304, 400, copy.height)).convert("L")
    dark, light = band.getextrema()
    assert (dark < 20, light > 220) == (True, True)


def test_a_photo_taken_upright_is_turned_and_a_large_one_made_smaller():
    assert opened(stamped(BytesIO(photo(turned=6)), STAMP)).width == 300
    assert opened(stamped(BytesIO(photo(4000, 3000)), STAMP)).width == LARGEST


def test_what_is_no_picture_gets_no_stamp():
    for data in (b"", b"\0\0\0\x18ftypisom", jpeg(64, 48)[:90]):
        with pytest.raises(PictureUnreadable):
            stamped(BytesIO(data), STAMP)
