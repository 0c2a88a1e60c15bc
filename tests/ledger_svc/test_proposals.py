"""What officers find at a plant and propose for the ledger (台账补充)."""

import asyncio
from uuid import uuid4

from lawbook.journal import link_of
from services.kit.letters import spelling_of
from services.kit.receipts import Signer, verified
from tests.examples import entity_values

AT = "2026-06-23T01:00:00Z"
FIRST = "0" * 64


async def plant(as_officer, **changes):
    """A plant whose legal_rep nobody knows; `changes`: None leaves a field out."""
    changes = {"legal_rep": None} | changes
    values = {code: value for code, value in (entity_values() | changes).items() if value}
    id_ = str(uuid4())
    answer = await as_officer().put(f"/v1/entities/{id_}", json={"values": values})
    assert answer.is_success, answer.text
    return id_


def body(entity_id, value="裴松年", **changes):
    return {
        "id": str(uuid4()), "entity_id": entity_id, "field": "legal_rep", "old_value": "",
        "new_value": value, "source": "licence", "written_at": AT, "device": "平板一",
    } | changes  # fmt: skip


async def propose(client, said):
    return await client.put(f"/v1/proposals/{said['id']}", json=said)


def letter(said, **changes):
    return {
        "id": str(uuid4()), "subject": f"entity:{said['entity_id']}:{said['field']}",
        "kind": "entity.propose", "written_at": AT, "body": said,
    } | changes  # fmt: skip


async def deliver(client, *letters, device="平板一"):
    answer = await client.post(
        "/v1/ledger-deliveries", json={"device": device, "letters": list(letters)}
    )
    assert answer.is_success, answer.text
    return answer.json()["verdicts"]


async def test_an_empty_field_is_filled_at_once_and_the_feed_says_so(as_officer):
    id_ = await plant(as_officer)
    answer = await propose(as_officer("140882", "officer"), said := body(id_))
    assert answer.status_code == 200
    assert (answer.json()["state"], answer.json()["basis"]) == ("accepted", "filled")
    entity = (await as_officer().get(f"/v1/entities/{id_}")).json()
    assert entity["values"]["legal_rep"] == "裴松年"
    assert entity["complete"]
    assert answer.json()["entity_version"] == entity["version"] == 2
    feed = (await as_officer("140882", "follower").get("/v1/feeds/ledger")).json()["changes"]
    assert [c["kind"] for c in feed[-2:]] == ["entity.changed", "proposal.made"]
    assert feed[-2]["state"]["values"]["legal_rep"] == "裴松年"
    assert feed[-1]["subject"] == said["id"]


async def test_sending_it_again_changes_nothing_and_answers_the_same(as_officer):
    said = body(await plant(as_officer))
    client = as_officer("140882", "officer")
    first, second = await propose(client, said), await propose(client, said)
    assert first.json() == second.json()
    other = await propose(client, said | {"new_value": "别人"})
    assert (other.status_code, other.json()["code"]) == (409, "different-content")


async def test_of_two_who_fill_one_empty_field_at_once_the_second_waits(as_officer):
    id_ = await plant(as_officer)
    one, two = (as_officer("140882", "officer", officer=f"1408820000{n}") for n in (1, 2))
    answers = await asyncio.gather(propose(one, body(id_, "甲某")), propose(two, body(id_, "乙某")))
    states = {a.json()["new_value"]: a.json()["state"] for a in answers}
    assert sorted(states.values()) == ["accepted", "waiting"]
    held = (await as_officer().get(f"/v1/entities/{id_}")).json()["values"]["legal_rep"]
    assert states[held] == "accepted"


async def test_what_the_ledger_has_already_is_confirmed_and_changes_nothing(as_officer):
    id_ = await plant(as_officer, legal_rep="裴松年")
    answer = await propose(as_officer("140882", "officer"), body(id_, " 裴松年 "))
    assert (answer.json()["state"], answer.json()["basis"]) == ("accepted", "confirmed")
    assert (await as_officer().get(f"/v1/entities/{id_}")).json()["version"] == 1


async def test_another_value_waits_until_the_office_accepts_it(as_officer):
    id_ = await plant(as_officer, legal_rep="裴松年")
    said = body(id_, "卫长庚", old_value="裴松年")
    answer = await propose(as_officer("140882", "officer"), said)
    assert answer.json()["state"] == "waiting"
    clerk = as_officer("140882", "ledger_clerk", officer="14088200009", name="文书")
    assert (await clerk.get("/v1/proposals/counts")).json() == {"waiting": 1}
    (shown,) = (await clerk.get("/v1/proposals", params={"state": "waiting"})).json()["items"]
    assert (shown["held_value"], shown["new_value"], shown["held_version"]) == (
        "裴松年",
        "卫长庚",
        1,
    )
    url, decision = f"/v1/proposals/{said['id']}/decision", {"accepted": True, "version": 1}
    decided = await clerk.post(url, json=decision)
    assert (decided.json()["state"], decided.json()["basis"]) == ("accepted", "decided")
    assert decided.json()["decided_by_name"] == "文书"
    assert (await clerk.post(url, json=decision)).json() == decided.json()
    entity = (await clerk.get(f"/v1/entities/{id_}")).json()
    assert (entity["values"]["legal_rep"], entity["version"]) == ("卫长庚", 2)
    assert (await clerk.get("/v1/proposals/counts")).json() == {"waiting": 0}


async def test_the_office_declines_with_a_reason_and_only_once(as_officer):
    id_ = await plant(as_officer, legal_rep="裴松年")
    await propose(as_officer("140882", "officer"), said := body(id_, "卫长庚"))
    clerk, url = as_officer("140882", "ledger_clerk"), f"/v1/proposals/{said['id']}/decision"
    silent = await clerk.post(url, json={"accepted": False, "version": 1})
    assert silent.status_code == 422
    told = {"accepted": False, "reason": "与营业执照不符", "version": 1}
    assert (await clerk.post(url, json=told)).json()["state"] == "declined"
    again = await clerk.post(url, json={"accepted": True, "version": 1})
    assert (again.status_code, again.json()["code"]) == (409, "proposal-decided")
    assert (await clerk.get(f"/v1/entities/{id_}")).json()["values"]["legal_rep"] == "裴松年"
    (shown,) = (await clerk.get("/v1/proposals", params={"entity": id_})).json()["items"]
    assert shown["reason"] == "与营业执照不符"


async def test_a_plant_that_changed_meanwhile_is_looked_at_again_before_it_is_decided(as_officer):
    id_ = await plant(as_officer, legal_rep="裴松年")
    await propose(as_officer("140882", "officer"), said := body(id_, "卫长庚"))
    clerk = as_officer("140882", "ledger_clerk")
    await clerk.put(f"/v1/entities/{id_}", json={"values": {"legal_rep": "卫长明"}})
    url = f"/v1/proposals/{said['id']}/decision"
    answer = await clerk.post(url, json={"accepted": True, "version": 1})
    assert (answer.status_code, answer.json()["code"]) == (409, "entity-changed")
    assert (await clerk.get(f"/v1/proposals/{said['id']}")).json()["state"] == "waiting"


async def test_a_value_is_judged_as_a_cell_of_an_import_is(as_officer):
    id_ = await plant(as_officer, uscc=None)
    client = as_officer("140882", "officer")
    wrong = await propose(client, body(id_, "91140882MADEM00019", field="uscc"))
    assert (wrong.status_code, wrong.json()["code"]) == (409, "value-not-fit")
    unknown = await propose(client, body(id_, field="no_such_field"))
    assert unknown.json()["code"] == "value-not-fit"
    nowhere = await propose(client, body(id_, source="other"))
    assert nowhere.json()["code"] == "source-unknown"
    assert (await propose(client, body(id_, source="other", source_note="税务局"))).is_success


async def test_a_credit_code_that_another_plant_has_is_refused_and_leaves_nothing(as_officer):
    await plant(as_officer)
    id_ = await plant(as_officer, uscc=None, ent_name="另一家厂")
    said = body(id_, entity_values()["uscc"], field="uscc")
    answer = await propose(as_officer("140882", "officer"), said)
    assert (answer.status_code, answer.json()["code"]) == (409, "credit-code-taken")
    assert (await as_officer().get(f"/v1/proposals/{said['id']}")).status_code == 404


async def test_a_neighbouring_county_sees_no_proposal_and_proposes_nothing(as_officer):
    id_ = await plant(as_officer)
    said = body(id_)
    assert (await propose(as_officer("140802", "officer"), said)).status_code == 404
    await propose(as_officer("140882", "officer"), said)
    far = as_officer("140802", "ledger_clerk")
    assert (await far.get(f"/v1/proposals/{said['id']}")).status_code == 404
    assert (await far.get("/v1/proposals")).json()["items"] == []
    assert (await propose(as_officer("140802", "officer"), said)).status_code == 404
    decision = {"accepted": True, "version": 1}
    url = f"/v1/proposals/{said['id']}/decision"
    assert (await far.post(url, json=decision)).status_code == 404


async def test_a_letter_gets_one_verdict_and_one_receipt_however_often_it_comes(as_officer, keys):
    client = as_officer("140882", "officer")
    said = body(await plant(as_officer))
    sha256 = spelling_of(said).sha256
    one = letter(said, journal=FIRST, seq=1, prev=FIRST)
    (first,) = await deliver(client, one)
    (second,) = await deliver(client, one)
    assert first == second
    assert first["state"] == "applied"
    signer = Signer(keys.private)
    assert verified(first["receipt"], signer.public_keys)
    link = link_of(
        device="平板一", seq=1, prev=FIRST, id=one["id"], subject=one["subject"], kind=one["kind"],
        written_at=AT, sha256=sha256,
    )  # fmt: skip
    told = {name: first["receipt"][name] for name in ("letter", "seq", "link", "sha256", "device")}
    assert told == {
        "letter": one["id"], "seq": 1, "link": link, "sha256": sha256, "device": "平板一"
    }  # fmt: skip
    (forged,) = await deliver(client, one | {"body": said | {"new_value": "别人"}})
    assert (forged["state"], forged["receipt"]) == ("rejected", None)


async def test_a_refused_letter_undoes_only_itself_and_what_comes_after_it_waits(as_officer):
    client = as_officer("140882", "officer")
    id_ = await plant(as_officer, contact_phone=None)
    wrong = letter(body(id_, "12", field="contact_phone"))
    behind = letter(body(id_, "0359-5021234", field="contact_phone"), after=wrong["id"])
    good = letter(body(id_))
    verdicts = await deliver(client, wrong, behind, good)
    assert [one["state"] for one in verdicts] == ["rejected", "held", "applied"]
    assert verdicts[0]["problem"]["code"] == "value-not-fit"
    assert verdicts[0]["receipt"]["state"] == "rejected"
    entity = (await as_officer().get(f"/v1/entities/{id_}")).json()
    assert entity["missing"] == ["contact_phone"]
    (other,) = await deliver(as_officer("140802", "officer"), good)
    assert other["problem"]["code"] == "different-content"


async def test_an_unknown_kind_waits_for_a_newer_office_and_without_the_permission_none_is_done(
    as_officer,
):
    said = body(await plant(as_officer))
    (strange,) = await deliver(as_officer("140882", "officer"), letter(said, kind="entity.sell"))
    assert (strange["state"], strange["problem"]["code"]) == ("held", "letter-kind-unknown")
    answer = await as_officer("140882", "auditor").post(
        "/v1/ledger-deliveries", json={"device": "x", "letters": [letter(said)]}
    )
    assert answer.status_code == 403


async def test_proposals_are_pulled_and_a_decision_comes_with_the_next_pull(as_officer):
    id_ = await plant(as_officer, legal_rep="裴松年")
    client = as_officer("140882", "officer")
    await propose(client, said := body(id_, "卫长庚"))
    lines = (await client.get("/v1/pulls/proposals")).text.splitlines()
    assert f'"id" : "{said["id"]}"' in lines[0]
    place = lines[-1].split('"next": "')[1].split('"')[0]
    await as_officer("140882", "ledger_clerk").post(
        f"/v1/proposals/{said['id']}/decision",
        json={"accepted": False, "reason": "看不清", "version": 1},
    )
    tail = (await client.get("/v1/pulls/proposals", params={"after": place})).text.splitlines()
    assert len(tail) == 2
    assert "看不清" in tail[0]
