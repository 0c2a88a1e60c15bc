"""Evidence that is brought to the desk: sent whole, judged by its bytes, read through its case."""

import hashlib
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image

from tests.case_svc.casework import story
from tests.examples import jpeg
from tests.lawbook.penalty.stories import ZHANG

PHOTO = jpeg(1200, 900)
SHA256 = hashlib.sha256(PHOTO).hexdigest()


@pytest.fixture
async def case(office):
    return await office.replay(story("transferred"), until="propose-transfer")


async def sent(client, content=PHOTO, media_type="image/jpeg", id_=None):
    return await client.put(
        f"/v1/files/{id_ or uuid4()}", content=content, headers={"content-type": media_type}
    )


async def entered(client, case, sha256=SHA256):
    body = {
        "kind": "add-evidence", "at": "2026-04-28T09:00:00+08:00", "after": case["acts"],
        "said": {"evidence": [{"name": "设备照片", "kind": "视听资料", "sha256": sha256}]},
    }  # fmt: skip
    return await client.put(f"/v1/cases/{case['id']}/acts/{uuid4()}", json=body)


async def test_a_photo_is_taken_whole_entered_and_read_through_the_case(office, case):
    client, id_ = office.clients[ZHANG.number], uuid4()
    taken = (await sent(client, id_=id_)).json()
    assert (taken["sha256"], taken["size"]) == (SHA256, len(PHOTO))
    assert (await sent(client, id_=id_)).json() == taken
    assert (await sent(client, jpeg(10, 10), id_=id_)).status_code == 409
    url = f"/v1/cases/{case['id']}/evidence/{SHA256}"
    assert (await client.get(url)).status_code == 404
    assert (await entered(client, case)).status_code == 200
    listed = (await client.get(f"/v1/cases/{case['id']}/evidence")).json()["items"]
    assert listed[-1] == {"sha256": SHA256, "media_type": "image/jpeg", "size": len(PHOTO)}
    original = await client.get(url)
    assert original.content == PHOTO
    assert original.headers["content-type"] == "image/jpeg"
    small = Image.open(BytesIO((await client.get(f"{url}/small")).content))
    assert small.size == (480, 360)


@pytest.mark.parametrize(
    ("content", "media_type", "code"),
    [
        (b"MZ this is a program", "application/pdf", "not-this-media-type"),
        (b"\xff\xd8\xff and no photo", "image/jpeg", "not-a-photo"),
        (PHOTO, "audio/mpeg", "not-this-media-type"),
        (PHOTO, "text/html", "malformed"),
        (b"", "application/pdf", "malformed"),
    ],
)
async def test_no_file_is_taken_for_what_it_is_not(
    office, case, settings, content, media_type, code
):
    answer = await sent(office.clients[ZHANG.number], content, media_type)
    assert answer.json()["code"] == code
    assert list(settings.spool.glob("whole-*")) == []


async def test_what_is_named_but_not_here_is_told_so(office, case):
    client, other = office.clients[ZHANG.number], "ab" * 32
    assert (await entered(client, case, other)).status_code == 200
    answer = await client.get(f"/v1/cases/{case['id']}/evidence/{other}")
    assert answer.json()["code"] == "file-not-arrived"


async def test_another_county_reads_nothing_of_it(office, case, as_officer):
    client = office.clients[ZHANG.number]
    await sent(client)
    await entered(client, case)
    stranger = as_officer("140881", "officer")
    for path in ("", "/small"):
        answer = await stranger.get(f"/v1/cases/{case['id']}/evidence/{SHA256}{path}")
        assert answer.status_code == 404


async def test_who_writes_no_evidence_sends_none(office, as_officer):
    assert (await sent(as_officer("140882", "auditor"))).status_code == 403
