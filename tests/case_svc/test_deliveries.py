"""A tablet's letters: in order, each once, each with a verdict that never changes."""

import asyncio
import hashlib
import json
import shutil
from uuid import uuid4

import pytest

from paper.digest import digest
from services.case_svc.app import case_app
from services.kit.settings import ROOT
from tests.case_svc.on_the_spot import (
    DEVICE,
    document,
    evidence,
    inspection,
    leased,
    letter,
    reinspection,
    uploaded,
)
from tests.case_svc.proceedings import FIRST, entity_state
from tests.examples import jpeg

PHOTO = jpeg(64, 48)


async def post(client, *letters, device=DEVICE):
    return await client.post("/v1/deliveries", json={"device": device, "letters": list(letters)})


async def deliver(client, *letters, device=DEVICE):
    answer = await post(client, *letters, device=device)
    assert answer.status_code == 200, answer.text
    return answer.json()["verdicts"]


def states(verdicts):
    return [verdict["state"] for verdict in verdicts]


def sha256_of(body) -> str:
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture
async def visit(officer, county):
    """The letters of a whole visit, in the order in which a tablet writes them."""
    about = inspection(county.plant)
    lease = await leased(officer, "inspection-record")
    return [
        letter("inspection.record", about),
        letter("evidence.declare", evidence(about["id"], PHOTO)),
        letter("document.issue", document(about, lease)),
        letter("reinspection.record", reinspection(about)),
    ]


async def test_a_whole_visit_is_done_in_order(officer, visit):
    verdicts = await deliver(officer, *visit)
    assert states(verdicts) == ["applied"] * 4
    about = visit[0]["body"]["id"]
    seen = (await officer.get(f"/v1/inspections/{about}")).json()
    assert [hazard["state"] for hazard in seen["hazards"]] == ["closed"]
    for path in ("evidence", "documents", "reinspections"):
        listed = await officer.get(f"/v1/{path}", params={"inspection": about})
        assert len(listed.json()["items"]) == 1


async def test_a_receipt_repeats_the_hash_of_what_was_sent(officer, visit):
    verdicts = await deliver(officer, *visit)
    for sent, verdict in zip(visit, verdicts, strict=True):
        assert verdict["id"] == verdict["receipt"]["letter"] == sent["id"]
        assert verdict["receipt"]["sha256"] == sha256_of(sent["body"])


async def test_letters_whose_answer_was_lost_get_the_same_verdicts_again(officer, visit):
    first = await deliver(officer, *visit)
    assert await deliver(officer, *visit) == first
    assert await deliver(officer, visit[2]) == [first[2]]


async def test_sixteen_copies_at_once_have_one_effect(officer, visit, follower):
    answers = await asyncio.gather(*(post(officer, *visit) for _ in range(16)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    changes = (await follower.get("/v1/feeds/case")).json()["changes"]
    kinds = [change["kind"] for change in changes]
    for kind in ("inspection.recorded", "evidence.declared", "document.issued", "hazard.closed"):
        assert kinds.count(kind) == 1


async def test_two_tablets_that_send_the_same_letter_have_one_effect(officer, visit):
    answers = await asyncio.gather(
        *(post(officer, visit[0], device=f"tablet-{n}") for n in range(4))
    )
    assert {answer.status_code for answer in answers} <= {200, 503}
    receipts = {a.text for a in answers if a.status_code == 200}
    assert receipts
    assert len((await officer.get("/v1/inspections")).json()["items"]) == 1


async def test_the_same_letter_twice_in_one_delivery_is_one(officer, visit):
    first, second = await deliver(officer, visit[0], visit[0])
    assert first == second


async def test_a_rejected_letter_holds_its_subject_and_no_other(officer, county):
    alone = inspection(county.plant, officers=[FIRST])
    other = inspection(county.plant, ())
    refused, waits, done = await deliver(
        officer,
        letter("inspection.record", alone),
        letter("evidence.declare", evidence(alone["id"], PHOTO)),
        letter("inspection.record", other),
    )
    assert (refused["state"], refused["problem"]["code"]) == ("rejected", "too-few-officers")
    assert refused["problem"]["law"] == "行政处罚法 §42"
    assert (waits["state"], waits["problem"]["code"]) == ("held", "earlier-letter-waits")
    assert waits["receipt"] is None
    assert done["state"] == "applied"


async def test_what_was_rejected_stays_rejected_and_is_kept_with_its_reason(
    officer, county, postgres
):
    sent = letter("inspection.record", inspection(county.plant, officers=[FIRST]))
    first = await deliver(officer, sent)
    assert await deliver(officer, sent) == first
    assert first[0]["receipt"]["state"] == "rejected"
    kept = postgres.execute("select state, problem->>'code', body from case_svc.letter").fetchone()
    assert kept == ("rejected", "too-few-officers", sent["body"])


async def test_a_letter_that_came_too_early_is_held_and_done_later(officer, county, postgres):
    about = inspection(county.plant)
    early = letter("evidence.declare", evidence(about["id"], PHOTO))
    (held,) = await deliver(officer, early)
    assert (held["state"], held["problem"]["code"]) == ("held", "not-known-yet")
    assert postgres.execute("select count(*) from case_svc.letter").fetchone() == (0,)
    both = await deliver(officer, letter("inspection.record", about), early)
    assert states(both) == ["applied", "applied"]


async def test_what_the_mirror_has_not_heard_of_is_held(officer, county, told):

    new = entity_state(4)
    sent = letter("inspection.record", inspection(new["id"]))
    assert states(await deliver(officer, sent)) == ["held"]
    await told("entity.entered", new)
    assert states(await deliver(officer, sent)) == ["applied"]


async def test_the_same_letter_with_another_body_is_rejected_and_the_first_stands(
    officer, visit, postgres
):
    first = await deliver(officer, visit[0])
    changed = visit[0] | {"body": visit[0]["body"] | {"place": "仓库"}}
    (other,) = await deliver(officer, changed)
    assert (other["state"], other["problem"]["code"]) == ("rejected", "different-content")
    assert other["receipt"] is None
    assert await deliver(officer, visit[0]) == first
    kept = postgres.execute("select body->>'place' from case_svc.letter").fetchall()
    assert kept == [(visit[0]["body"]["place"],)]


async def test_a_letter_id_of_another_county_is_rejected_and_tells_nothing(
    officer, as_officer, visit
):
    await deliver(officer, visit[0])
    (other,) = await deliver(as_officer("140802"), visit[0])
    assert (other["state"], other["problem"]["code"]) == ("rejected", "different-content")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda body: body.pop("place"),
        lambda body: body.update(place="a\x00b"),
        lambda body: body.update(officers="张岳"),
        lambda body: body.update(surprise=1),
        lambda body: body.update(id="no uuid"),
        lambda body: body.update(entity_id="no uuid"),
        lambda body: body["present"].update(name="\ud800"),
    ],
)
async def test_a_letter_that_cannot_be_read_is_rejected_alone(officer, county, spoil):
    bad, good = inspection(county.plant, ()), inspection(county.plant, ())
    sent = letter("inspection.record", json.loads(json.dumps(bad)))
    spoil(sent["body"])
    letters = [sent, letter("inspection.record", good)]
    content = json.dumps({"device": DEVICE, "letters": letters})
    answers = [
        await officer.post(
            "/v1/deliveries", content=content, headers={"content-type": "application/json"}
        )
        for _ in range(2)
    ]
    first = answers[0].json()["verdicts"]
    assert states(first) == ["rejected", "applied"]
    assert first[0]["problem"]["code"] == "malformed"
    assert answers[1].json()["verdicts"] == first


async def test_a_kind_of_letter_that_this_version_does_not_know_is_held(officer, visit):
    (verdict,) = await deliver(officer, letter("penalty.impose", visit[0]["body"]))
    assert (verdict["state"], verdict["problem"]["code"]) == ("held", "letter-kind-unknown")


async def test_what_a_rejected_letter_did_before_it_failed_is_undone(officer, county):
    """The inspection is written before its hazard turns out to be taken."""
    first = inspection(county.plant)
    second = inspection(county.plant, findings=first["findings"])
    about_second = letter("evidence.declare", evidence(second["id"], PHOTO), subject="another")
    verdicts = await deliver(
        officer,
        letter("inspection.record", first),
        letter("inspection.record", second),
        about_second,
    )
    assert states(verdicts) == ["applied", "rejected", "held"]
    assert verdicts[1]["problem"]["code"] == "conflict"
    assert len((await officer.get("/v1/inspections")).json()["items"]) == 1


async def test_of_two_documents_with_one_number_the_second_alone_is_rejected(
    officer, visit, county
):
    """Both are written together at first: the number that is taken must not cost the first one."""
    other = inspection(county.plant)
    taken = document(other, await leased(officer, "inspection-record"))
    taken["number"], taken["lease_id"] = (visit[2]["body"][it] for it in ("number", "lease_id"))
    taken["digest"] = digest(taken["kind"], taken["number"], taken["data"])
    for one in taken["signatures"]:
        one["digest"] = taken["digest"]
    verdicts = await deliver(
        officer, *visit, letter("inspection.record", other), letter("document.issue", taken)
    )
    assert states(verdicts) == ["applied"] * 5 + ["rejected"]
    assert verdicts[-1]["problem"]["code"] == "number-taken"
    assert len((await officer.get("/v1/documents")).json()["items"]) == 1


async def test_of_two_photos_with_one_id_the_second_alone_is_rejected(officer, visit):
    again = letter("evidence.declare", visit[1]["body"] | {"caption": "另一张照片"})
    verdicts = await deliver(officer, *visit[:2], again, visit[2])
    assert states(verdicts) == ["applied", "applied", "rejected", "held"]
    assert verdicts[2]["problem"]["code"] == "different-content"


async def test_each_letter_needs_the_permission_of_what_it_asks(
    settings, run_app, client_of, county, visit, tmp_path
):
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    roles = (content / "roles.toml").read_text().replace('"document.issue", ', "")
    (content / "roles.toml").write_text(roles)
    app = await run_app(case_app(settings.model_copy(update={"content": content}), None))
    verdicts = await deliver(client_of(app, "140882", "officer"), *visit)
    assert states(verdicts) == ["applied", "applied", "rejected", "held"]
    assert verdicts[2]["problem"]["code"] == "forbidden"


async def test_a_database_in_trouble_decides_nothing(officer, visit, postgres):
    postgres.execute(
        "alter table case_svc.evidence add constraint trouble check (caption <> '公示栏')"
    )
    answer = await post(officer, *visit)
    assert (answer.status_code, answer.json()["code"]) == (503, "busy")
    assert postgres.execute("select count(*) from case_svc.letter").fetchone() == (0,)
    assert (await officer.get("/v1/inspections")).json()["items"] == []
    postgres.execute("alter table case_svc.evidence drop constraint trouble")
    assert states(await deliver(officer, *visit)) == ["applied"] * 4


async def test_trouble_at_the_commit_decides_nothing_either(officer, visit, postgres):
    postgres.execute("alter table case_svc.feed_counter add constraint trouble check (last < 1)")
    assert (await post(officer, *visit)).status_code == 503
    postgres.execute("alter table case_svc.feed_counter drop constraint trouble")
    assert states(await deliver(officer, *visit)) == ["applied"] * 4


async def test_files_that_are_here_already_are_received_with_the_letters(officer, visit):
    await uploaded(officer, PHOTO)
    await deliver(officer, *visit)
    told = await officer.get(f"/v1/evidence/{visit[1]['body']['id']}")
    assert told.json()["state"] == "received"


async def test_two_hundred_letters_are_one_delivery_and_more_are_too_many(officer, county):
    about = inspection(county.plant)
    letters = [letter("inspection.record", about)] + [
        letter("evidence.declare", evidence(about["id"], bytes([n]))) for n in range(199)
    ]
    assert states(await deliver(officer, *letters)) == ["applied"] * 200
    answer = await post(officer, *letters, letters[0])
    assert (answer.status_code, answer.json()["code"]) == (413, "too-large")


async def test_a_delivery_needs_a_name_and_the_permission(as_officer, visit):
    assert (await post(as_officer(None), *visit)).status_code == 401
    assert (await post(as_officer("140882", "bureau_head"), *visit)).status_code == 403


async def test_a_letter_without_a_body_makes_the_delivery_malformed(officer):
    answer = await post(officer, {"id": str(uuid4()), "subject": "x"})
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")
