"""The device's stand-ins on a desk: a picture, a place, a printer."""

import webbrowser

import pytest

from field_app import camera, location, printer
from field_app.actions.take_photo import EXTENSIONS, keep_photo
from field_app.wire import Location
from tests.examples import jpeg
from tests.field_app.tablet import begun


def taken(tmp_path):
    got: list[bytes | None] = []
    camera.take_picture(tmp_path, got.append)
    return got[0]


def test_the_stand_in_takes_a_new_picture_each_time(store, tmp_path):
    first, second = taken(tmp_path), taken(tmp_path)
    assert first != second
    inspection_id = begun(store)
    for data in (first, second):
        kind = camera.media_type(data) or "none"
        keep_photo(store, inspection_id, data, kind, caption="样片")
    assert len(store.inspections.photos(inspection_id)) == 2


def test_without_a_camera_nothing_is_taken_and_nothing_made_up(tmp_path, monkeypatch):
    monkeypatch.delenv("ZHIFA_CAMERA")
    with pytest.raises(camera.NoCamera):
        taken(tmp_path)


def test_a_named_file_is_the_picture(tmp_path, monkeypatch):
    (tmp_path / "炉前.jpg").write_bytes(jpeg())
    monkeypatch.setenv("ZHIFA_CAMERA", str(tmp_path / "炉前.jpg"))
    assert camera.media_type(taken(tmp_path)) == "image/jpeg"


@pytest.mark.parametrize(
    ("begins", "kind"),
    [
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"RIFF\0\0\0\0WEBP", "image/webp"),
        (b"RIFF\0\0\0\0WAVE", None),
        (b"<html>", None),
        (b"", None),
    ],
)
def test_a_picture_is_known_by_how_it_begins(begins, kind):
    assert camera.media_type(begins) == kind
    assert kind is None or kind in EXTENSIONS


def test_a_place_on_the_desk_is_the_one_that_is_named(monkeypatch):
    found: list[Location] = []
    location.listen(found.append)()
    assert found == []
    monkeypatch.setenv("ZHIFA_LOCATION", "35.596,110.712")
    location.listen(found.append)()
    assert found == [{"lat": 35.596, "lon": 110.712, "accuracy": 0.0, "datum": "WGS84"}]


def test_a_document_is_handed_to_the_viewer_of_the_desk(tmp_path, monkeypatch):
    seen: list[str] = []
    monkeypatch.setattr(webbrowser, "open", seen.append)
    place = printer.hand_over(tmp_path / "文书.pdf", "现场检查记录")
    assert (place, seen) == (tmp_path / "文书.pdf", [place.resolve().as_uri()])
