"""Evidence of every kind on the tablet: kept as it was captured, in its lane, whole at the office."""

import hashlib
import shutil
import wave
from pathlib import Path
from typing import NamedTuple

import pytest

from field_app import camera, sound
from field_app.actions import keep_evidence
from field_app.actions.finish_inspection import finish_inspection
from field_app.actions.keep_evidence import caption_evidence, keep_recording
from field_app.actions.take_photo import keep_photo
from field_app.delivery import VIDEO_UNMETERED, deliver
from field_app.refusals import (
    DiskFull,
    EvidenceTooLarge,
    InspectionEnded,
    ItemUnknown,
    RecordingUnreadable,
)
from field_app.session import office_client
from field_app.store import Store
from lawbook.media import PICTURE, SOUND, VIDEO
from tests.examples import jpeg
from tests.field_app.office import URL
from tests.field_app.tablet import answered, begun
from tests.field_app.weather import FAILED_AFTER, FAIR, NO_SIGNAL, Weather

FILM = b"\0\0\0\x18ftypisom\0\0\2\0isomiso2" + bytes(range(256)) * 2000


class Disk(NamedTuple):
    """What is left of a disk."""

    free: int


@pytest.fixture
def film(tmp_path):
    place = tmp_path / "现场.mp4"
    place.write_bytes(FILM)
    return place


@pytest.fixture
def voice(tmp_path):
    place = tmp_path / "询问.wav"
    with wave.open(str(place), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(8000)
        out.writeframes(bytes(8000))
    return place


def test_a_recording_is_kept_byte_for_byte_under_its_hash_with_its_item(store, film, voice):
    visit = begun(store)
    kept = keep_recording(store, visit, film, VIDEO, caption="炉前作业", check_item="G01")
    heard = keep_recording(store, visit, voice, SOUND, caption="班组长陈述")
    assert (kept.media_type, heard.media_type) == ("video/mp4", "audio/wav")
    assert store.files.read(kept.path) == FILM
    assert hashlib.sha256(FILM).hexdigest() == kept.sha256
    assert keep_recording(store, visit, film, VIDEO, caption="再录") == kept
    assert store.inspections.photos(visit) == [kept, heard]
    assert not list((store.folder / "files").glob(".*"))


def test_what_is_no_recording_of_its_kind_is_refused_and_nothing_is_kept(store, film, tmp_path):
    visit = begun(store)
    picture = tmp_path / "像片.mp4"
    picture.write_bytes(jpeg(8, 8))
    for path, wanted in ((picture, VIDEO), (picture, SOUND), (tmp_path / "没有.mp4", VIDEO)):
        with pytest.raises(RecordingUnreadable):
            keep_recording(store, visit, path, wanted, caption="")
    with pytest.raises(ItemUnknown):
        keep_recording(store, visit, film, VIDEO, caption="", check_item="X99")
    assert not (store.folder / "files").exists()


def test_what_is_larger_than_the_office_takes_is_refused_before_it_is_copied(
    store, film, monkeypatch
):
    visit = begun(store)
    monkeypatch.setattr(keep_evidence, "MOST", {PICTURE: 100, SOUND: 100, VIDEO: len(FILM) - 1})
    with pytest.raises(EvidenceTooLarge):
        keep_recording(store, visit, film, VIDEO, caption="")
    with pytest.raises(EvidenceTooLarge):
        keep_photo(store, visit, jpeg(), "image/jpeg", caption="")
    assert not (store.folder / "files").exists()


def test_evidence_never_takes_the_room_that_records_and_letters_need(store, film, monkeypatch):
    visit, free = begun(store), keep_evidence.SPARE + len(FILM)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Disk(free - 1))
    with pytest.raises(DiskFull) as refused:
        keep_recording(store, visit, film, VIDEO, caption="")
    assert "MB" in refused.value.detail
    assert not (store.folder / "files").exists()
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Disk(free))
    assert keep_recording(store, visit, film, VIDEO, caption="")


def test_a_caption_can_be_written_until_the_visit_ends_and_is_declared_as_written(store, film):
    visit = answered(store, begun(store), unmet=1)
    kept = keep_recording(store, visit, film, VIDEO, caption="G01", check_item="G01")
    caption_evidence(store, kept, "三号炉冷却水流量为零")
    finish_inspection(store, visit)
    record, declared = (one.body for one in store.outbox.letters())
    assert declared["caption"] == "三号炉冷却水流量为零"
    assert declared["hazard_id"] == record["findings"][0]["id"]
    assert declared["media_type"] == "video/mp4"
    with pytest.raises(InspectionEnded):
        caption_evidence(store, kept, "别的")


def test_files_go_in_lanes_and_the_smaller_first(store):
    lanes = [
        ("application/pdf", 900), ("image/jpeg", 10), ("image/png", 20), ("audio/wav", 5),
        ("video/3gpp", 1), ("video/mp4", 2),
    ]  # fmt: skip
    for kind, size in reversed(lanes):
        sha256 = hashlib.sha256(kind.encode()).hexdigest()
        store.outbox.add_upload(sha256, "x", size, kind, "2026-06-23T00:00:00Z")
    assert [(one.media_type, one.size) for one in store.outbox.uploads()] == lanes


def queued(store, path, media_type):
    data = Path(path).read_bytes()
    file = store.files.keep(data, "bin")
    store.outbox.add_upload(file.sha256, file.path, file.size, media_type, "2026-06-23T00:00:00Z")


def states(store):
    return {one.media_type: one.state for one in store.outbox.uploads()}


async def test_video_waits_for_a_network_that_is_not_paid_by_the_byte_if_so_wished(
    office, tablet_of, film, voice, monkeypatch
):
    store, client = await tablet_of(Weather(office.transport))
    queued(store, film, "video/mp4")
    queued(store, voice, "audio/wav")
    store.set(VIDEO_UNMETERED, True)
    monkeypatch.setenv("ZHIFA_METERED", "1")
    assert (await deliver(store, client)).stopped is None
    assert states(store) == {"audio/wav": "sent", "video/mp4": "waiting"}
    monkeypatch.delenv("ZHIFA_METERED")
    await deliver(store, client)
    assert states(store) == {"audio/wav": "sent", "video/mp4": "sent"}


async def test_a_video_that_was_cut_goes_on_after_the_tablet_was_started_again(
    office, tablet_of, film, monkeypatch, tmp_path
):
    monkeypatch.setattr("field_app.tus.CHUNK", len(FILM) // 5)
    weather = Weather(office.transport)
    store, client = await tablet_of(weather)
    queued(store, film, "video/mp4")
    weather.script = [FAIR, FAIR, FAIR, FAILED_AFTER, NO_SIGNAL]
    assert (await deliver(store, client)).stopped
    (upload,) = store.outbox.uploads()
    assert 0 < upload.offset < upload.size
    key = store.key
    store.close()
    again = Store(store.folder, key)
    weather.clear()
    weather.seen.clear()
    async with office_client(again, URL, weather) as resumed:
        assert (await deliver(again, resumed)).stopped is None
    chunks = [method for _, method, _ in weather.seen].count("PATCH")
    assert chunks < 4
    assert states(again) == {"video/mp4": "sent"}
    again.close()


def test_the_desk_records_what_is_named_and_nothing_without(tmp_path, monkeypatch, film, voice):
    got: list[Path | None] = []
    for name, path in (("ZHIFA_VIDEO", film), ("ZHIFA_SOUND", voice)):
        monkeypatch.delenv(name, raising=False)
        assert not (camera.can_film() and sound.can_record())
        monkeypatch.setenv(name, str(path))
    camera.take_video(tmp_path, got.append)
    assert got == [film]
    assert camera.can_film()
    recording = sound.Recording(tmp_path / "recorded")
    assert recording.end() == voice
    recording.clear()
    assert voice.is_file()
    monkeypatch.delenv("ZHIFA_SOUND")
    with pytest.raises(sound.MicrophoneMissing):
        sound.Recording(tmp_path / "recorded")


def test_how_much_of_a_visit_s_evidence_the_office_has_is_counted(store, film, voice):
    visit = answered(store, begun(store), unmet=0)
    assert store.inspections.evidence_sent(visit) == (0, 0)
    keep_recording(store, visit, film, VIDEO, caption="")
    heard = keep_recording(store, visit, voice, SOUND, caption="")
    finish_inspection(store, visit)
    assert store.inspections.evidence_sent(visit) == (0, 2)
    store.outbox.upload_done(heard.sha256, {})
    assert store.inspections.evidence_sent(visit) == (1, 2)
