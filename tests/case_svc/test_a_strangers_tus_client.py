"""A tus client that others wrote (tuspy), over a real socket: our protocol is the world's."""

import asyncio
import hashlib
import random
import wave
from pathlib import Path

import pytest
from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError, TusUploadFailed

from deploy.web import free_port, serving
from services.kit.files import FolderStore
from tests.case_svc.on_the_spot import evidence, inspection, recorded

CHUNK = 512 * 1024
SIZE = 5 << 20


@pytest.fixture
def sound(tmp_path):
    """Five megabytes and some of real sound."""
    path = tmp_path / "voice.wav"
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(16_000)
        out.writeframes(random.Random(7).randbytes(SIZE))
    return path


def client_at(url, token):
    return TusClient(f"{url}/v1/files", headers={"Authorization": f"Bearer {token}"})


def about(path, media_type="audio/wav"):
    return {
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "media_type": media_type,
    }  # fmt: skip


async def test_it_uploads_in_chunks_is_cut_and_goes_on_where_the_server_stands(
    app, token, sound, officer, county, settings
):
    await recorded(officer, visit := inspection(county.plant))
    body = evidence(visit["id"], sound.read_bytes(), media_type="audio/wav", caption="询问录音")
    assert (await officer.put(f"/v1/evidence/{body['id']}", json=body)).status_code == 200
    async with serving(app, free_port(0)) as url:
        client = client_at(url, token("140882", "officer"))

        def first_half():
            with sound.open("rb") as file:
                uploader = client.uploader(
                    file_stream=file, chunk_size=CHUNK, metadata=about(sound), upload_checksum=True
                )
                uploader.upload(stop_at=4 * CHUNK)
                return uploader.url

        there = await asyncio.to_thread(first_half)

        def second_half():
            # Another process, which knows the address of the upload and nothing else.
            with sound.open("rb") as file:
                uploader = client.uploader(file_stream=file, chunk_size=CHUNK, url=there)
                assert uploader.offset == 4 * CHUNK
                uploader.upload()
                return uploader.offset

        assert await asyncio.to_thread(second_half) == sound.stat().st_size
    kept = FolderStore(Path(settings.files))
    assert await kept.size(body["sha256"]) == body["size"]
    assert (await officer.get(f"/v1/evidence/{body['id']}")).json()["state"] == "received"


async def test_it_is_told_no_in_a_way_that_it_understands(app, token, sound):
    async with serving(app, free_port(0)) as url:
        client = client_at(url, token("140882", "officer"))

        def refused():
            with sound.open("rb") as file:
                other = client.uploader(file_stream=file, metadata=about(sound, "text/html"))
                with pytest.raises(TusCommunicationError) as error:
                    other.upload()
                assert error.value.status_code == 422
                lie = client.uploader(file_stream=file, metadata=about(sound, "video/mp4"))
                with pytest.raises(TusUploadFailed) as told:
                    lie.upload()
                assert told.value.status_code == 422

        await asyncio.to_thread(refused)
