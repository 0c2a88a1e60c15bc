"""Files arrive by tus: in chunks, cut, killed, given up, begun anew."""

import asyncio
import base64
import fcntl
import hashlib
import os
from pathlib import Path

from services.case_svc.app import case_app
from services.kit.files import FolderStore
from tests.case_svc.on_the_spot import (
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
