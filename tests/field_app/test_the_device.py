"""The device's stand-ins on a desk: a picture, a place, a printer."""

import sys
import webbrowser
from types import ModuleType

import pytest

from field_app import camera, location, printer
from field_app.actions.take_photo import EXTENSIONS, keep_photo
from field_app.store import Store
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

    def opened(uri: str) -> bool:
        seen.append(uri)
        return True

    monkeypatch.setattr(webbrowser, "open", opened)
    printer.hand_over(tmp_path / "文书.pdf")
    assert seen == [(tmp_path / "文书.pdf").resolve().as_uri()]
    monkeypatch.setattr(webbrowser, "open", lambda _: False)
    with pytest.raises(printer.PrinterMissing):
        printer.hand_over(tmp_path / "文书.pdf")


@pytest.mark.parametrize("leave", [Store.close, Store.erase])
def test_what_was_lent_to_a_printer_goes_with_who_signs_out_and_with_a_wipe(store, leave):
    copy = store.files.lend(store.files.keep(b"%PDF", "pdf").path, "现场检查记录")
    assert copy.read_bytes() == b"%PDF"
    leave(store)
    assert not copy.exists()


def test_on_android_a_document_is_let_read_from_our_own_folder_and_copied_nowhere(
    tmp_path, monkeypatch
):
    """Android's classes stand in here: what is asked of them is what is seen."""
    asked: list[tuple[str, tuple[object, ...]]] = []

    class Java:
        mActivity: "Java"

        def __init__(self, name: str) -> None:
            self.name = name

        def __call__(self, *given: object) -> "Java":
            asked.append((self.name, given))
            return Java(self.name)

        def __getattr__(self, name: str) -> "Java":
            return Java(name)

    system = ModuleType("jnius")
    system.__dict__.update(autoclass=Java, JavaException=OSError)
    monkeypatch.setitem(sys.modules, "jnius", system)
    monkeypatch.setattr(sys, "getandroidapilevel", lambda: 34, raising=False)
    lent = tmp_path / "文书.pdf"
    lent.write_bytes(b"%PDF")
    printer.hand_over(lent)
    assert ("java.io.File", (str(lent),)) in asked
    assert [name for name, _ in asked][-3:] == ["setDataAndType", "addFlags", "startActivity"]
    assert list(tmp_path.iterdir()) == [lent]
