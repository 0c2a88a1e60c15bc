"""Files by tus 1.0: whatever is cut, killed or altered on the way, what arrives is the file."""

import asyncio
import base64
import fcntl
import hashlib
import os
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from PIL import Image
from sqlalchemy import update

from services.case_svc.app import case_app
from services.case_svc.files.tables import UploadRow
from services.kit.claims import service_itself
from services.kit.files import FolderStore
from tests.case_svc.on_the_spot import (
    CHUNK,
    TUS,
    append,
    begun,
    checksum,
    evidence,
    inspection,
    offset_of,
    recorded,
    spelled,
    uploaded,
)
from tests.examples import jpeg

PHOTO = jpeg(64, 48)


def spool_of(settings, url):
    return settings.spool / f"upload-{url.rpartition('/')[2]}"


async def kept(settings, content: bytes) -> bool:
    sha256 = hashlib.sha256(content).hexdigest()
    return await FolderStore(Path(settings.files)).size(sha256) == len(content)


async def test_anybody_may_ask_what_the_server_can_do(as_officer):
    answer = await as_officer(None).options("/v1/files")
    assert answer.status_code == 204
    assert answer.headers["tus-resumable"] == answer.headers["tus-version"] == "1.0.0"
    assert set(answer.headers["tus-extension"].split(",")) == {
        "creation", "creation-with-upload", "checksum", "expiration", "termination",
    }  # fmt: skip
    assert answer.headers["tus-checksum-algorithm"] == "sha1,sha256"


async def test_a_file_arrives_in_chunks(officer, settings):
    url = (await begun(officer, PHOTO)).headers["location"]
    assert url.startswith("/v1/files/")
    first = await append(
        officer, url, PHOTO[:1000], 0, **{"upload-checksum": checksum(PHOTO[:1000])}
    )
    assert (first.status_code, first.headers["upload-offset"]) == (204, "1000")
    assert first.headers["upload-expires"].endswith("GMT")
    assert await offset_of(officer, url) == 1000
    last = await append(officer, url, PHOTO[1000:], 1000)
    assert last.headers["upload-offset"] == str(len(PHOTO))
    assert await kept(settings, PHOTO)
    assert not spool_of(settings, url).exists()


async def test_where_it_stands_comes_with_length_and_hash(officer):
    url = (await begun(officer, PHOTO)).headers["location"]
    headers = (await officer.head(url, headers=TUS)).headers
    assert headers["upload-length"] == str(len(PHOTO))
    assert headers["cache-control"] == "no-store"
    sha256 = hashlib.sha256(PHOTO).hexdigest()
    assert f"sha256 {spelled(sha256)}" in headers["upload-metadata"].split(",")


async def test_an_upload_that_is_cut_goes_on_from_where_it_stopped(officer, settings):
    url = (await begun(officer, PHOTO)).headers["location"]

    async def cut():
        yield PHOTO[:700]
        raise ConnectionResetError("cut")

    await append(officer, url, cut(), 0)
    stands = await offset_of(officer, url)
    assert stands == 700
    done = await append(officer, url, PHOTO[stands:], stands)
    assert done.headers["upload-offset"] == str(len(PHOTO))
    assert await kept(settings, PHOTO)


async def test_after_a_kill_the_spool_is_the_truth_though_the_row_lags(officer, settings):
    url = (await begun(officer, PHOTO)).headers["location"]
    await append(officer, url, PHOTO[:100], 0)
    with spool_of(settings, url).open("ab") as spool:
        spool.write(PHOTO[100:250])
    assert await offset_of(officer, url) == 250
    assert (await append(officer, url, PHOTO[100:], 100)).status_code == 409
    assert (await append(officer, url, PHOTO[250:], 250)).status_code == 204
    assert await kept(settings, PHOTO)


async def test_killed_between_the_last_byte_and_the_row_it_is_completed_by_the_next_look(
    officer, county, settings
):
    body = inspection(county.plant)
    await recorded(officer, body)
    declared = evidence(body["id"], PHOTO)
    await officer.put(f"/v1/evidence/{declared['id']}", json=declared)
    url = (await begun(officer, PHOTO)).headers["location"]
    spool_of(settings, url).write_bytes(PHOTO)
    assert await offset_of(officer, url) == len(PHOTO)
    told = (await officer.get(f"/v1/evidence/{declared['id']}")).json()
    assert told["state"] == "received"
    assert not spool_of(settings, url).exists()


async def test_a_lost_spool_begins_anew(officer, settings):
    url = (await begun(officer, PHOTO)).headers["location"]
    await append(officer, url, PHOTO[:100], 0)
    spool_of(settings, url).unlink()
    assert await offset_of(officer, url) == 0
    assert (await append(officer, url, PHOTO, 0)).status_code == 204
    assert await kept(settings, PHOTO)


async def test_a_restarted_service_goes_on(officer, settings, run_app, client_of):
    url = (await begun(officer, PHOTO)).headers["location"]
    await append(officer, url, PHOTO[:100], 0)
    again = client_of(await run_app(case_app(settings, None)), "140882", "officer")
    assert await offset_of(again, url) == 100
    assert (await append(again, url, PHOTO[100:], 100)).status_code == 204


async def test_a_chunk_for_another_place_is_a_conflict_and_changes_nothing(officer):
    url = (await begun(officer, PHOTO)).headers["location"]
    answer = await append(officer, url, PHOTO[500:], 500)
    assert (answer.status_code, answer.json()["code"]) == (409, "offset-differs")
    assert await offset_of(officer, url) == 0


async def test_an_altered_chunk_is_460_and_nothing_of_it_is_kept(officer):
    url = (await begun(officer, PHOTO)).headers["location"]
    await append(officer, url, PHOTO[:100], 0)
    answer = await append(
        officer, url, PHOTO[100:200], 100, **{"upload-checksum": checksum(b"other bytes")}
    )
    assert (answer.status_code, answer.json()["code"]) == (460, "checksum-differs")
    assert await offset_of(officer, url) == 100


async def test_a_client_of_the_plain_protocol_may_check_its_chunks_by_sha1(officer, settings):
    url = (await begun(officer, PHOTO)).headers["location"]
    for said, status in ((b"other bytes", 460), (PHOTO, 204)):
        told = base64.b64encode(hashlib.sha1(said).digest()).decode()
        answer = await append(officer, url, PHOTO, 0, **{"upload-checksum": f"sha1 {told}"})
        assert answer.status_code == status
    assert await kept(settings, PHOTO)


async def test_an_upload_that_is_given_up_leaves_nothing_and_may_begin_anew(officer, settings):
    url = (await begun(officer, PHOTO)).headers["location"]
    await append(officer, url, PHOTO[:100], 0)
    ended = await officer.delete(url, headers=TUS)
    assert (ended.status_code, ended.headers["tus-resumable"]) == (204, "1.0.0")
    assert not spool_of(settings, url).exists()
    assert (await officer.head(url, headers=TUS)).status_code == 404
    assert (await officer.delete(url, headers=TUS)).status_code == 404
    assert not spool_of(settings, url).exists()
    await uploaded(officer, PHOTO)
    assert await kept(settings, PHOTO)


async def test_a_file_that_is_here_is_never_given_up(officer, county, settings):
    url = (await begun(officer, PHOTO)).headers["location"]
    await append(officer, url, PHOTO, 0)
    answer = await officer.delete(url, headers=TUS)
    assert (answer.status_code, answer.json()["code"]) == (409, "upload-complete")
    assert await offset_of(officer, url) == len(PHOTO)
    assert await kept(settings, PHOTO)


async def test_another_county_cannot_give_up_an_upload_and_nobody_one_being_written(
    officer, as_officer, settings
):
    url = (await begun(officer, PHOTO)).headers["location"]
    await append(officer, url, PHOTO[:100], 0)
    assert (await as_officer("140802").delete(url, headers=TUS)).status_code == 404
    handle = os.open(spool_of(settings, url), os.O_RDWR)
    fcntl.flock(handle, fcntl.LOCK_EX)
    assert (await officer.delete(url, headers=TUS)).status_code == 423
    os.close(handle)
    assert await offset_of(officer, url) == 100


async def test_while_one_writes_another_is_locked_out(officer, settings):
    url = (await begun(officer, PHOTO)).headers["location"]
    handle = os.open(spool_of(settings, url), os.O_RDWR | os.O_CREAT)
    fcntl.flock(handle, fcntl.LOCK_EX)
    answer = await append(officer, url, PHOTO, 0)
    os.close(handle)
    assert (answer.status_code, answer.json()["code"]) == (423, "upload-locked")
    assert (await append(officer, url, PHOTO, 0)).status_code == 204


async def test_sixteen_at_once_write_one_file(officer, settings):
    url = (await begun(officer, PHOTO)).headers["location"]
    answers = await asyncio.gather(*(append(officer, url, PHOTO, 0) for _ in range(16)))
    statuses = [answer.status_code for answer in answers]
    assert statuses.count(204) == 1
    assert set(statuses) <= {204, 409, 423}
    assert await offset_of(officer, url) == len(PHOTO)
    assert await kept(settings, PHOTO)


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
