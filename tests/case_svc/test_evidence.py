"""Evidence: declared with its hash, received when its bytes are here, whichever comes first."""

import asyncio
import hashlib
from uuid import uuid4

from sqlalchemy import text

from services.case_svc.evidence.commands import declare
from services.case_svc.evidence.schemas import EvidenceBody
from services.case_svc.files.queries import arrived
from services.kit.claims import service_itself
from tests.case_svc.on_the_spot import begun, evidence, inspection, recorded, uploaded
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
    officer, county, app
):
    await recorded(officer, about := inspection(county.plant))
    body = EvidenceBody.model_validate(evidence(about["id"], PHOTO))
    claims = service_itself("case_svc")
    async with app.state.database.transaction(claims) as session:
        here = await arrived(session, [body.sha256])
        await declare(session, claims, body.id, body, here)
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
    assert kinds[-2:] == ["evidence.declared", "evidence.received"]
