"""Evidence: declared with its hash, received when its bytes are here, whichever comes first."""

import asyncio
import hashlib
from io import BytesIO
from uuid import uuid4

from PIL import Image
from sqlalchemy import text

from services.case_svc.evidence.commands import declare
from services.case_svc.evidence.schemas import EvidenceBody
from services.case_svc.files.queries import arrived
from services.kit.claims import service_itself
from tests.case_svc.on_the_spot import begun, evidence, finding, inspection, recorded, uploaded
from tests.examples import jpeg

PHOTO = jpeg(64, 48)
SOMEBODY_WAITS = text("select true from pg_locks where locktype = 'advisory' and not granted")


async def declared(client, body):
    answer = await client.put(f"/v1/evidence/{body['id']}", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_declared_first_it_is_received_when_its_bytes_come(officer, county):
    await recorded(officer, about := inspection(county.plant))
    body = evidence(about["id"], PHOTO, hazard_id=about["findings"][0]["id"])
    assert (await declared(officer, body))["state"] == "pending"
    missing = await officer.get(f"/v1/evidence/{body['id']}/file")
    assert (missing.status_code, missing.json()["code"]) == (404, "file-not-arrived")
    await uploaded(officer, PHOTO)
    told = (await officer.get(f"/v1/evidence/{body['id']}")).json()
    assert told["state"] == "received"
    assert {name: told[name] for name in body} == body


async def test_when_its_bytes_came_first_it_is_received_at_once(officer, county):
    await recorded(officer, about := inspection(county.plant))
    await uploaded(officer, PHOTO)
    assert (await declared(officer, evidence(about["id"], PHOTO)))["state"] == "received"


async def test_declared_and_completed_at_the_same_time_it_never_stays_pending(officer, county):
    await recorded(officer, about := inspection(county.plant))
    for seed in range(8):
        content = jpeg(32, 32, seed)
        body = evidence(about["id"], content)
        await asyncio.gather(declared(officer, body), uploaded(officer, content))
        assert (await officer.get(f"/v1/evidence/{body['id']}")).json()["state"] == "received"


async def test_bytes_that_arrive_before_the_declaration_is_committed_wait_for_it(
    officer, county, app, settings
):
    await recorded(officer, about := inspection(county.plant))
    body = EvidenceBody.model_validate(evidence(about["id"], PHOTO))
    claims = service_itself("case_svc")
    async with app.state.database.transaction(claims) as session:
        here = await arrived(session, [body.sha256])
        await declare(session, claims, settings.content, body.id, body, here)
        arriving = asyncio.create_task(uploaded(officer, PHOTO))
        while not arriving.done() and not await session.scalar(SOMEBODY_WAITS):
            await asyncio.sleep(0.01)
    await arriving
    assert (await officer.get(f"/v1/evidence/{body.id}")).json()["state"] == "received"


async def test_the_file_is_the_bytes_that_were_captured(officer, county):
    await recorded(officer, about := inspection(county.plant))
    body = evidence(about["id"], PHOTO)
    await declared(officer, body)
    await uploaded(officer, PHOTO)
    answer = await officer.get(f"/v1/evidence/{body['id']}/file")
    assert hashlib.sha256(answer.content).hexdigest() == body["sha256"]
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_the_same_photo_proves_two_things_and_is_sent_once(officer, county):
    await recorded(officer, about := inspection(county.plant))
    await uploaded(officer, PHOTO)
    assert (await begun(officer, PHOTO)).headers["upload-offset"] == str(len(PHOTO))
    for _ in range(2):
        assert (await declared(officer, evidence(about["id"], PHOTO)))["state"] == "received"
    listed = await officer.get("/v1/evidence", params={"inspection": about["id"]})
    assert len(listed.json()["items"]) == 2


async def test_declaring_it_again_changes_nothing(officer, county):
    await recorded(officer, about := inspection(county.plant))
    body = evidence(about["id"], PHOTO)
    assert await declared(officer, body) == await declared(officer, body)
    other = await officer.put(f"/v1/evidence/{body['id']}", json=body | {"caption": "别处"})
    assert (other.status_code, other.json()["code"]) == (409, "different-content")


async def test_evidence_of_an_inspection_that_is_not_here_is_not_known_yet(officer, county):
    body = evidence(str(uuid4()), PHOTO)
    answer = await officer.put(f"/v1/evidence/{body['id']}", json=body)
    assert (answer.status_code, answer.json()["code"]) == (409, "not-known-yet")


async def test_evidence_of_a_hazard_of_another_inspection_is_malformed(officer, county):
    await recorded(officer, about := inspection(county.plant))
    body = evidence(about["id"], PHOTO, hazard_id=str(uuid4()))
    answer = await officer.put(f"/v1/evidence/{body['id']}", json=body)
    assert answer.status_code == 422


async def test_a_type_that_is_no_evidence_is_malformed(officer, county):
    await recorded(officer, about := inspection(county.plant))
    body = evidence(about["id"], PHOTO, media_type="text/html")
    answer = await officer.put(f"/v1/evidence/{body['id']}", json=body)
    assert answer.json()["errors"][0]["at"] == "/body/media_type"


async def test_another_county_sees_neither_the_evidence_nor_its_bytes(officer, as_officer, county):
    await recorded(officer, about := inspection(county.plant))
    body = evidence(about["id"], PHOTO)
    await declared(officer, body)
    await uploaded(officer, PHOTO)
    other, url = as_officer("140802"), f"/v1/evidence/{body['id']}"
    assert (await other.get(url)).status_code == 404
    assert (await other.get(url + "/file")).status_code == 404
    listed = await other.get("/v1/evidence", params={"inspection": about["id"]})
    assert listed.json()["items"] == []


async def test_bytes_of_another_county_do_not_count(officer, as_officer, county):
    await uploaded(as_officer("140802"), PHOTO)
    await recorded(officer, about := inspection(county.plant))
    assert (await declared(officer, evidence(about["id"], PHOTO)))["state"] == "pending"


async def test_its_arrival_is_announced(officer, county, follower):
    await recorded(officer, about := inspection(county.plant))
    await declared(officer, evidence(about["id"], PHOTO))
    await uploaded(officer, PHOTO)
    kinds = [c["kind"] for c in (await follower.get("/v1/feeds/case")).json()["changes"]]
    assert kinds[-3:] == ["evidence.declared", "evidence.received", "inspection.evidenced"]


async def stands(client, inspection_id):
    """How the evidence stands, by the inspection's own page and by the list: they agree."""
    one = (await client.get(f"/v1/inspections/{inspection_id}")).json()
    listed = (await client.get("/v1/inspections")).json()["items"]
    assert [it["evidence"] for it in listed if it["id"] == inspection_id] == [one["evidence"]]
    return one["evidence"]


def with_a_major_hazard(plant, **changes):
    return inspection(plant, findings=[finding("G06", major=True)], **changes)


async def test_an_inspection_tells_how_much_of_its_evidence_is_here(officer, county):
    await recorded(officer, about := inspection(county.plant))
    assert await stands(officer, about["id"]) == {"declared": 0, "received": 0, "unproven": []}
    for content in (PHOTO, jpeg(32, 32)):
        await declared(officer, evidence(about["id"], content))
    await uploaded(officer, PHOTO)
    assert await stands(officer, about["id"]) == {"declared": 2, "received": 1, "unproven": []}


async def test_a_major_hazard_is_unproven_until_a_picture_or_video_of_it_is_here(officer, county):
    await recorded(officer, about := with_a_major_hazard(county.plant))
    (hazard,) = (found["id"] for found in about["findings"])
    sound = b"ID3\x04 what the foreman said"
    await uploaded(officer, sound, "audio/mpeg")
    told = {"hazard_id": hazard}
    await declared(officer, evidence(about["id"], sound, media_type="audio/mpeg", **told))
    await declared(officer, evidence(about["id"], jpeg(32, 32)))
    await uploaded(officer, jpeg(32, 32))
    await declared(officer, evidence(about["id"], PHOTO, **told))
    assert (await stands(officer, about["id"]))["unproven"] == [hazard]
    await uploaded(officer, PHOTO)
    assert (await stands(officer, about["id"]))["unproven"] == []


async def test_when_the_last_of_it_came_the_feed_says_so_once(officer, county, follower):
    await recorded(officer, about := with_a_major_hazard(county.plant))
    (hazard,) = (found["id"] for found in about["findings"])

    async def said():
        changes = (await follower.get("/v1/feeds/case")).json()["changes"]
        return [c["subject"] for c in changes if c["kind"] == "inspection.evidenced"]

    await declared(officer, evidence(about["id"], jpeg(32, 32)))
    await uploaded(officer, jpeg(32, 32))
    assert await said() == []
    await uploaded(officer, PHOTO)
    await declared(officer, evidence(about["id"], PHOTO, hazard_id=hazard))
    assert await said() == [about["id"]]


async def test_the_stamped_copy_says_when_where_and_by_whom_and_the_original_stays(
    officer, as_officer, county
):
    await recorded(officer, about := inspection(county.plant))
    body = evidence(about["id"], PHOTO)
    await declared(officer, body)
    url = f"/v1/evidence/{body['id']}"
    early = await officer.get(f"{url}/stamped")
    assert (early.status_code, early.json()["code"]) == (404, "file-not-arrived")
    await uploaded(officer, PHOTO)
    copy = await officer.get(f"{url}/stamped")
    assert (copy.status_code, copy.headers["content-type"]) == (200, "image/jpeg")
    with Image.open(BytesIO(copy.content)) as seen:
        assert seen.width == 64
        assert seen.height > 48
    original = await officer.get(f"{url}/file")
    assert original.content == PHOTO
    assert (await as_officer("140802").get(f"{url}/stamped")).status_code == 404


async def test_sound_has_no_stamped_copy(officer, county):
    await recorded(officer, about := inspection(county.plant))
    sound = b"ID3\x04 what the foreman said"
    await declared(officer, body := evidence(about["id"], sound, media_type="audio/mpeg"))
    await uploaded(officer, sound, "audio/mpeg")
    answer = await officer.get(f"/v1/evidence/{body['id']}/stamped")
    assert (answer.status_code, answer.json()["code"]) == (409, "picture-unreadable")
