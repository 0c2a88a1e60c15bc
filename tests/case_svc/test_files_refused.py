"""Files that are refused: not what they are said to be, too large, too late, of another county."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image
from sqlalchemy import update

from services.case_svc.app import case_app
from services.case_svc.files.tables import UploadRow
from services.kit.claims import service_itself
from tests.case_svc.on_the_spot import (
    CHUNK,
    TUS,
    append,
    begun,
    offset_of,
    spelled,
    uploaded,
)
from tests.case_svc.test_files import PHOTO, kept, spool_of


async def test_other_bytes_than_announced_are_refused_and_the_upload_begins_anew(officer):
    url = (await begun(officer, PHOTO)).headers["location"]
    answer = await append(officer, url, bytes(len(PHOTO)), 0)
    assert (answer.status_code, answer.json()["code"]) == (422, "file-differs")
    assert await offset_of(officer, url) == 0
    assert (await append(officer, url, PHOTO, 0)).status_code == 204


async def test_other_bytes_found_after_a_kill_begin_anew_too(officer, settings):
    url = (await begun(officer, PHOTO)).headers["location"]
    spool_of(settings, url).write_bytes(bytes(len(PHOTO)))
    assert await offset_of(officer, url) == 0


def bomb() -> bytes:
    """A photo that says it has more pixels than memory could hold, in few bytes."""
    out = BytesIO()
    Image.new("1", (9_000, 9_000)).save(out, "PNG")
    return out.getvalue()


def png() -> bytes:
    out = BytesIO()
    Image.new("RGB", (10, 10)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "media_type", "code"),
    [
        (b"#!/bin/sh\nexit 0\n" * 20, "image/jpeg", "not-a-photo"),
        (png(), "image/jpeg", "not-a-photo"),
        (png()[:60], "image/png", "not-a-photo"),
        (bomb(), "image/png", "not-a-photo"),
        (PHOTO, "application/pdf", "not-this-media-type"),
        (PHOTO, "video/mp4", "not-this-media-type"),
        (PHOTO, "audio/wav", "not-this-media-type"),
        (b"\x00\x00\x00\x18ftypheic", "video/mp4", "not-this-media-type"),
        (b"\x00\x00\x00\x14ftypqt  ", "video/webm", "not-this-media-type"),
        (b"OggS" + bytes(24) + b"\x80theora", "audio/ogg", "not-this-media-type"),
        (b"\xff\xf1\x50\x80", "audio/mpeg", "not-this-media-type"),
    ],
)
async def test_bytes_that_are_not_what_they_are_said_to_be_are_refused(
    officer, settings, content, media_type, code
):
    url = (await begun(officer, content, media_type)).headers["location"]
    answer = await append(officer, url, content, 0)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert not await kept(settings, content)
    assert not spool_of(settings, url).exists()
    assert (await officer.head(url, headers=TUS)).status_code == 404


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (png(), "image/png"),
        (b"%PDF-1.7 short", "application/pdf"),
        (b"\x00\x00\x00\x18ftypisom", "video/mp4"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "audio/wav"),
        (b"ID3\x04", "audio/mpeg"),
        (b"\x00\x00\x00\x14ftypqt  ", "video/quicktime"),
        (b"\x00\x00\x00\x18ftyp3gp4", "video/3gpp"),
        (b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm", "video/webm"),
        (b"\x00\x00\x00\x18ftypmp42", "audio/mp4"),
        (b"\xff\xf1\x50\x80", "audio/aac"),
        (b"OggS" + bytes(24) + b"OpusHead", "audio/ogg"),
    ],
)
async def test_each_kind_of_evidence_is_taken(officer, settings, content, media_type):
    await uploaded(officer, content, media_type)
    assert await kept(settings, content)


async def test_a_chunk_that_is_too_large_is_413_and_is_not_read(settings, run_app, client_of):
    app = await run_app(case_app(settings.model_copy(update={"chunk_bytes": 1000}), None))
    officer = client_of(app, "140882", "officer")
    url = (await begun(officer, PHOTO)).headers["location"]
    read = 0

    async def endless():
        nonlocal read
        while True:
            read += 1
            yield bytes(400)

    announced = await append(officer, url, endless(), 0, **{"content-length": "1001"})
    assert (announced.status_code, read) == (413, 0)
    secret = await append(officer, url, endless(), 0)
    assert (secret.status_code, read) == (413, 3)
    assert await offset_of(officer, url) == 0


async def test_more_than_was_announced_is_413(officer):
    url = (await begun(officer, PHOTO)).headers["location"]
    await append(officer, url, PHOTO[:100], 0)
    answer = await append(officer, url, PHOTO, 100)
    assert (answer.status_code, answer.json()["code"]) == (413, "too-large")
    assert await offset_of(officer, url) == 100


async def test_a_file_that_is_too_large_is_refused_before_its_first_byte(
    settings, run_app, client_of
):
    app = await run_app(case_app(settings.model_copy(update={"file_bytes": 1000}), None))
    assert (await begun(client_of(app, "140882", "officer"), PHOTO)).status_code == 413


async def test_a_file_that_the_region_has_is_complete_at_once(officer, as_officer):
    await uploaded(officer, PHOTO)
    again = await begun(officer, PHOTO)
    assert (again.status_code, again.headers["upload-offset"]) == (201, str(len(PHOTO)))
    assert await offset_of(officer, again.headers["location"]) == len(PHOTO)
    assert (await append(officer, again.headers["location"], PHOTO, 0)).status_code == 409
    elsewhere = await begun(as_officer("140802"), PHOTO)
    assert elsewhere.headers["upload-offset"] == "0"


async def test_another_county_cannot_see_or_continue_an_upload(officer, as_officer):
    url = (await begun(officer, PHOTO)).headers["location"]
    other = as_officer("140802")
    assert (await other.head(url, headers=TUS)).status_code == 404
    assert (await append(other, url, PHOTO, 0)).status_code == 404
    assert await offset_of(officer, url) == 0


async def test_an_upload_that_was_not_finished_in_time_is_gone_and_cleaned_away(
    officer, settings, app
):
    url = (await begun(officer, PHOTO)).headers["location"]
    await append(officer, url, PHOTO[:100], 0)
    ended = datetime.now(UTC) - timedelta(days=2)
    async with app.state.database.transaction(service_itself("case_svc")) as session:
        await session.execute(update(UploadRow).values(expires_at=ended))
    assert (await officer.head(url, headers=TUS)).status_code == 410
    await begun(officer, PHOTO)
    assert (await officer.head(url, headers=TUS)).status_code == 404
    assert not spool_of(settings, url).exists()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"tus-resumable": "0.2.2"}, 412),
        ({"upload-length": "many"}, 400),
        ({"upload-length": "0"}, 422),
        ({"upload-metadata": "sha256 ***"}, 400),
        ({"upload-metadata": f"sha256 {spelled('0' * 63)}"}, 422),
        ({"upload-metadata": f"sha256 {spelled('0' * 64)},media_type {spelled('text/html')}"}, 422),
        ({"upload-defer-length": "1"}, 400),
    ],
)
async def test_a_creation_that_cannot_be_read_is_refused_in_tus_s_manner(officer, headers, status):
    answer = await begun(officer, PHOTO, **headers)
    assert answer.status_code == status
    assert answer.headers["tus-resumable"] == "1.0.0"
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"content-type": "application/json"}, 415),
        ({"upload-offset": "-1"}, 400),
        ({"upload-checksum": "md5 AAAA"}, 400),
        ({"upload-checksum": "sha256 *"}, 400),
        ({"tus-resumable": ""}, 412),
    ],
)
async def test_a_chunk_that_cannot_be_read_is_refused_in_tus_s_manner(officer, headers, status):
    url = (await begun(officer, PHOTO)).headers["location"]
    answer = await officer.patch(
        url, content=PHOTO, headers=CHUNK | {"upload-offset": "0"} | headers
    )
    assert answer.status_code == status
    assert answer.headers["tus-resumable"] == "1.0.0"
    assert await offset_of(officer, url) == 0


async def test_without_a_name_or_the_permission_nothing_begins(as_officer):
    for client, status in ((as_officer(None), 401), (as_officer("140882", "bureau_head"), 403)):
        answer = await begun(client, PHOTO)
        assert answer.status_code == status
        assert answer.headers["tus-resumable"] == "1.0.0"


async def test_an_upload_that_nobody_began_is_not_found(officer):
    assert (await officer.head(f"/v1/files/{uuid4()}", headers=TUS)).status_code == 404
