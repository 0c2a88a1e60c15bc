"""A file that comes with its announcement (tus: creation-with-upload): one request, and cut no less safe."""

import fcntl
import hashlib
import os
from pathlib import Path
from uuid import uuid4

import pytest

from services.kit.files import FolderStore
from tests.case_svc.on_the_spot import CHUNK, TUS, append, begun, checksum, offset_of, spelled
from tests.examples import jpeg

PHOTO = jpeg(64, 48)


async def at_once(client, content, id_=None, file=PHOTO, media_type="image/jpeg", **headers):
    about = {"sha256": hashlib.sha256(file).hexdigest(), "media_type": media_type}
    if id_:
        about["id"] = id_
    metadata = ",".join(f"{name} {spelled(value)}" for name, value in about.items())
    announced = {"upload-length": str(len(file)), "upload-metadata": metadata}
    return await client.post("/v1/files", content=content, headers=CHUNK | announced | headers)


def spooled(settings):
    return list(settings.spool.glob("upload-*"))


async def kept(settings, content=PHOTO) -> bool:
    sha256 = hashlib.sha256(content).hexdigest()
    return await FolderStore(Path(settings.files)).size(sha256) == len(content)


async def cut():
    yield PHOTO[:700]
    raise ConnectionResetError("cut")


async def test_a_file_and_its_announcement_are_one_request(officer, settings):
    answer = await at_once(officer, PHOTO, **{"upload-checksum": checksum(PHOTO)})
    assert (answer.status_code, answer.headers["upload-offset"]) == (201, str(len(PHOTO)))
    assert await offset_of(officer, answer.headers["location"]) == len(PHOTO)
    assert await kept(settings)
    assert spooled(settings) == []


async def test_the_beginning_of_a_file_may_come_with_its_announcement(officer, settings):
    answer = await at_once(officer, PHOTO[:500])
    assert (answer.status_code, answer.headers["upload-offset"]) == (201, "500")
    assert answer.headers["upload-expires"]
    assert (await append(officer, answer.headers["location"], PHOTO[500:], 500)).is_success
    assert await kept(settings)


async def test_what_a_cut_left_is_found_by_the_id_that_the_client_chose(officer, settings):
    id_ = str(uuid4())
    await at_once(officer, cut(), id_)
    assert await offset_of(officer, f"/v1/files/{id_}") == 700
    assert (await append(officer, f"/v1/files/{id_}", PHOTO[700:], 700)).is_success
    assert await kept(settings)


async def test_said_again_it_is_the_same_upload_where_it_stands(officer, settings):
    id_ = str(uuid4())
    await at_once(officer, cut(), id_)
    again = await at_once(officer, PHOTO, id_)
    assert (again.status_code, again.headers["upload-offset"]) == (201, "700")
    assert again.headers["location"] == f"/v1/files/{id_}"
    await append(officer, f"/v1/files/{id_}", PHOTO[700:], 700)
    whole = await at_once(officer, PHOTO, id_)
    assert (whole.status_code, whole.headers["upload-offset"]) == (201, str(len(PHOTO)))
    assert spooled(settings) == []


async def test_one_id_is_one_file(officer, settings):
    id_, other = str(uuid4()), jpeg(32, 32)
    await at_once(officer, cut(), id_)
    answer = await at_once(officer, other, id_, other)
    assert answer.status_code == 409
    assert await offset_of(officer, f"/v1/files/{id_}") == 700
    assert not await kept(settings, other)


async def test_another_county_s_upload_is_not_touched_by_its_id(officer, as_officer):
    id_ = str(uuid4())
    await at_once(officer, cut(), id_)
    assert (await at_once(as_officer("140802"), PHOTO, id_)).status_code == 404
    assert await offset_of(officer, f"/v1/files/{id_}") == 700


async def test_while_one_writes_the_same_announcement_is_told_to_wait(officer, settings):
    id_ = str(uuid4())
    await at_once(officer, cut(), id_)
    (place,) = spooled(settings)
    handle = os.open(place, os.O_RDWR)
    fcntl.flock(handle, fcntl.LOCK_EX)
    assert (await at_once(officer, PHOTO, id_)).status_code == 423
    os.close(handle)
    assert await offset_of(officer, f"/v1/files/{id_}") == 700


async def test_altered_on_the_way_it_stands_at_nothing(officer):
    id_ = str(uuid4())
    answer = await at_once(officer, b"x" + PHOTO[1:], id_, **{"upload-checksum": checksum(PHOTO)})
    assert (answer.status_code, answer.json()["code"]) == (460, "checksum-differs")
    assert await offset_of(officer, f"/v1/files/{id_}") == 0


async def test_other_bytes_than_announced_are_refused(officer, settings):
    id_ = str(uuid4())
    answer = await at_once(officer, bytes(len(PHOTO)), id_)
    assert (answer.status_code, answer.json()["code"]) == (422, "file-differs")
    assert await offset_of(officer, f"/v1/files/{id_}") == 0
    assert not await kept(settings)


@pytest.mark.parametrize("length", [None, "1"])
async def test_more_than_was_announced_is_413(officer, length):
    async def much():
        yield PHOTO
        yield PHOTO

    id_ = str(uuid4())
    said = {"content-length": str(2 * len(PHOTO))} if length else {}
    assert (await at_once(officer, much(), id_, **said)).status_code == 413
    assert await offset_of(officer, f"/v1/files/{id_}") == 0


async def test_what_is_no_photo_is_refused_and_forgotten(officer, settings):
    page, id_ = b"<html>" * 50, str(uuid4())
    answer = await at_once(officer, page, id_, page)
    assert (answer.status_code, answer.json()["code"]) == (422, "not-a-photo")
    assert (await officer.head(f"/v1/files/{id_}", headers=TUS)).status_code == 404
    assert spooled(settings) == []


async def test_a_file_that_the_region_has_is_complete_whatever_comes(officer, settings):
    await at_once(officer, PHOTO)
    again = await at_once(officer, PHOTO[:10])
    assert again.headers["upload-offset"] == str(len(PHOTO))
    assert spooled(settings) == []


async def test_without_the_permission_nothing_is_written(as_officer, settings):
    assert (await at_once(as_officer("140882", "bureau_head"), PHOTO)).status_code == 403
    assert spooled(settings) == []


async def test_an_id_that_is_none_is_refused(officer):
    assert (await at_once(officer, PHOTO, "photo-1")).status_code == 422
    assert (await begun(officer, PHOTO)).status_code == 201
