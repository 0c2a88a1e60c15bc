"""Sealed bundles at the office: whoever carries one, its letters count once, under its grant."""

import io
import json
from datetime import UTC, datetime, timedelta
from itertools import permutations
from uuid import uuid4

import jwt
import pytest

from deploy import secrets
from field_app.bundle import OfficeKey, open_reply, seal
from field_app.device import bytes_of, device_in
from services.case_svc.bundles.opening import Opener
from services.kit.claims import ALGORITHM, AUDIENCE
from services.kit.grants import GRANT
from services.kit.receipts import verified
from tests.case_svc.on_the_spot import document, evidence, inspection, leased, letter, reinspection
from tests.case_svc.proceedings import FIRST, SECOND, officer_state, scheme
from tests.case_svc.test_deliveries import PHOTO, deliver, states
from tests.case_svc.test_journal import chained, keys_of

AT = datetime(2026, 6, 23, 3, tzinfo=UTC)
"""When the letters were written."""
HOUR = timedelta(hours=1)


@pytest.fixture
def device(tmp_path):
    return device_in(tmp_path / "tablet")


@pytest.fixture
def granted(device, keys):
    """A grant as the ledger gives it: `granted(since, until, …)`."""

    def give(since=AT - HOUR, until=AT + timedelta(days=7), key=None, **changes):
        claims = {
            "iss": AUDIENCE, "aud": GRANT, "sub": "account-1", "device": device.id,
            "device_key": device.public_key, "officer": FIRST, "name": "张岳", "unit": "140882",
            "region": "140882", "roles": ["officer"], "iat": int(since.timestamp()),
            "exp": int(until.timestamp()),
        }  # fmt: skip
        return jwt.encode(claims | changes, key or keys.private, algorithm=ALGORITHM)

    return give


@pytest.fixture
async def office_key(officer):
    (item, *_) = (await officer.get("/v1/bundle-keys")).json()["items"]
    return OfficeKey(item["key"], item["public_key"])


@pytest.fixture
async def visit(officer, county, device):
    """The letters of a whole visit in their journal."""
    about = inspection(county.plant)
    lease = await leased(officer, "inspection-record")
    return chained(
        letter("inspection.record", about),
        letter("evidence.declare", evidence(about["id"], PHOTO)),
        letter("document.issue", document(about, lease)),
        letter("reinspection.record", reinspection(about)),
        device=device.id,
    )


@pytest.fixture
def bundled(device, office_key, granted):
    """A bundle as the tablet makes it: `bundled(letters, …)` → its bytes and what became of it."""

    def make(letters, *, grants=None, photos=(PHOTO,), by=None, to=None, head=None, drafts=()):
        said = {
            "format": 1, "device": device.id, "purpose": "rescue", "versions": {"app": "2026.11"},
            "made_at": "2026-06-24T00:00:00Z", "grants": [granted()] if grants is None else grants,
            "letters": letters, "drafts": list(drafts),
            "files": [
                {"sha256": evidence("", one)["sha256"], "size": len(one),
                 "media_type": "image/jpeg", "here": True}
                for one in photos
            ],
        }  # fmt: skip
        into = io.BytesIO()
        made = seal(
            said | (head or {}), [[one] for one in photos], sum(map(len, photos)),
            device=by or device, office=to or office_key, into=into,
        )  # fmt: skip
        return into.getvalue(), made

    return make


async def carry(client, sealed):
    return await client.post("/v1/bundles", content=sealed)


async def carried(client, sealed, made):
    """What the office answers, and what its reply says to whoever made the bundle."""
    answer = await carry(client, sealed)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    reply = open_reply(bytes_of(told["reply"]), made.sha256, made.reply_key)
    return told["receipt"], json.loads(reply)


async def refused(client, sealed, code):
    """The bundle is refused with this code, and nothing of it was done."""
    answer = await carry(client, sealed)
    assert (answer.status_code // 100, answer.json()["code"]) == (4, code), answer.text
    assert (await client.get("/v1/inspections")).json()["items"] == []


@pytest.fixture
def courier(as_officer):
    """Somebody of another county, who may not even read what he carries."""
    return as_officer("140881", "trainer", officer="14088100009")


async def test_a_stranger_carries_a_visit_and_it_is_done_in_its_officers_name(
    officer, courier, visit, bundled
):
    receipt, reply = await carried(courier, *bundled(visit))
    assert states(reply["verdicts"]) == ["applied"] * 4
    assert verified(receipt, await keys_of(courier))
    assert (receipt["done"], receipt["letters"], receipt["held"], receipt["files"]) == (
        True, 4, 0, 1,
    )  # fmt: skip
    seen = (await officer.get(f"/v1/inspections/{visit[0]['body']['id']}")).json()
    assert (seen["recorded_by"], seen["unit"]) == (FIRST, "140882")
    (piece,) = (
        await officer.get("/v1/evidence", params={"inspection": seen["id"]})
    ).json()["items"]  # fmt: skip
    assert piece["received_at"]


async def test_the_receipts_inside_the_reply_are_those_of_a_delivery(
    officer, courier, visit, bundled
):
    _, reply = await carried(courier, *bundled(visit))
    keys = await keys_of(officer)
    assert all(verified(one["receipt"], keys) for one in reply["verdicts"])
    delivered = await deliver(officer, *visit, device=visit_device(reply))
    assert delivered == reply["verdicts"]


def visit_device(reply):
    return reply["verdicts"][0]["receipt"]["device"]


async def test_three_carriers_in_any_order_have_one_effect(
    officer, courier, head, visit, bundled, follower
):
    bundles = [bundled(visit[:count]) for count in (1, 3, 4)]
    seen: dict[int, list[dict[str, object]]] = {}
    for order in permutations(range(3)):
        for number, carrier in zip(order, (courier, officer, head), strict=True):
            _, reply = await carried(carrier, *bundles[number])
            assert seen.setdefault(number, reply["verdicts"]) == reply["verdicts"]
    changes = (await follower.get("/v1/feeds/case")).json()["changes"]
    kinds = [change["kind"] for change in changes]
    for kind in ("inspection.recorded", "evidence.declared", "document.issued", "hazard.closed"):
        assert kinds.count(kind) == 1


async def test_the_reply_says_nothing_to_who_carries_it(courier, visit, bundled):
    sealed, _ = bundled(visit)
    answer = await carry(courier, sealed)
    reply = bytes_of(answer.json()["reply"])
    assert visit[0]["id"] not in answer.text
    assert visit[0]["id"].encode() not in reply


async def test_nothing_of_a_bundle_can_be_read_without_the_key(visit, bundled):
    sealed, _ = bundled(visit)
    for said in (visit[0]["id"], "inspection.record", "张岳", visit[0]["body"]["place"]):
        assert said.encode() not in sealed
    assert PHOTO[:64] not in sealed


async def test_a_bundle_tells_little_by_its_size(visit, bundled):
    one, four = (bundled(visit[:count], photos=())[0] for count in (1, 4))
    assert len(one) == len(four)


@pytest.mark.parametrize("place", [0, 10, 20, 60, 5000, -1])
async def test_a_changed_byte_is_refused_whole(officer, visit, bundled, place):
    sealed = bytearray(bundled(visit)[0])
    sealed[place] ^= 1
    code = {0: "no-bundle", 10: "bundle-key-unknown"}.get(place, "bundle-damaged")
    await refused(officer, bytes(sealed), code)


@pytest.mark.parametrize("kept", [0, 30, 48, 49, 4000, -1])
async def test_a_bundle_that_was_cut_is_refused_whole(officer, visit, bundled, kept):
    code = "no-bundle" if 0 <= kept < 48 else "bundle-damaged"
    await refused(officer, bundled(visit)[0][:kept], code)


async def test_a_bundle_of_several_chunks_opens_and_none_can_be_left_out(officer, visit, bundled):
    sealed, made = bundled(visit, photos=(PHOTO, bytes(3 << 20)))
    chunk = (1 << 20) + 16
    without = sealed[: 48 + chunk] + sealed[48 + 2 * chunk :]
    await refused(officer, without, "bundle-damaged")
    _, reply = await carried(officer, sealed, made)
    # What is no picture is told, and keeps nothing else back.
    assert sorted(reply["files"].values()) == ["arrived", "not-a-photo"]


async def test_a_bundle_sealed_to_another_office_is_refused(officer, visit, bundled):
    (pair,) = Opener(secrets.make().bundle_private_keys).public_keys.items()
    await refused(officer, bundled(visit, to=OfficeKey(*pair))[0], "bundle-key-unknown")


async def test_what_one_office_opened_cannot_be_sealed_again_for_another(
    officer, visit, bundled, office_key, device, tmp_path
):
    other = device_in(tmp_path / "other")
    await refused(officer, bundled(visit, by=other)[0], "bundle-signature-wrong")


async def test_a_grant_that_the_ledger_did_not_sign_is_none(officer, visit, bundled, granted):
    forged = granted(key=secrets.make().claims_private_key)
    await refused(officer, bundled(visit, grants=[forged])[0], "grant-missing")
    await refused(officer, bundled(visit, grants=[])[0], "grant-missing")
    await refused(officer, bundled(visit, grants=["a.b.c"])[0], "grant-missing")


async def test_a_grant_of_another_device_is_none(officer, visit, bundled, granted):
    await refused(
        officer, bundled(visit, grants=[granted(device=str(uuid4()))])[0], "grant-missing"
    )


async def test_an_access_token_is_no_grant_and_a_grant_no_access_token(
    officer, visit, bundled, granted, token, client_of, app
):
    await refused(officer, bundled(visit, grants=[token("140882")])[0], "grant-missing")
    nobody = client_of(app)
    nobody.headers["authorization"] = f"Bearer {granted()}"
    assert (await nobody.get("/v1/inspections")).status_code == 401


async def test_letters_written_after_a_grant_was_over_are_refused(officer, visit, bundled, granted):
    over = granted(AT - 48 * HOUR, AT - HOUR)
    await refused(officer, bundled(visit, grants=[over])[0], "grant-missing")
    early = granted(AT + HOUR, AT + 48 * HOUR)
    await refused(officer, bundled(visit, grants=[early])[0], "grant-missing")


async def test_a_letter_that_no_grant_covers_waits_and_its_own_tablet_may_still_send_it(
    officer, courier, visit, bundled, granted, device
):
    late = [one | {"written_at": "2026-07-23T03:00:00Z"} for one in visit[1:]]
    receipt, reply = await carried(courier, *bundled([visit[0], *late]))
    assert states(reply["verdicts"]) == ["applied", "held", "held", "held"]
    assert reply["verdicts"][1]["problem"]["code"] == "grant-does-not-cover"
    assert not receipt["done"]
    assert states(await deliver(officer, *visit, device=device.id)) == ["applied"] * 4


async def test_a_grant_gives_no_more_than_it_says(officer, courier, visit, bundled, granted):
    elsewhere = granted(region="140881", unit="140881")
    _, reply = await carried(courier, *bundled(visit, grants=[elsewhere]))
    assert "applied" not in states(reply["verdicts"])
    powerless = granted(roles=["trainer"])
    _, reply = await carried(courier, *bundled(visit[:1], grants=[powerless]))
    assert reply["verdicts"][0]["problem"]["code"] != ""
    assert (await officer.get("/v1/inspections")).json()["items"] == []


async def handed_over(client, **params):
    answer = await client.get("/v1/handovers", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


@pytest.mark.parametrize(
    ("kind", "state", "said"),
    [
        ("officer.left", None, "本人已离任或调离本辖区"),
        ("officer.changed", {"account_active": False}, "帐号已停用"),
        ("officer.changed", {"unit": "1408"}, "本人已调往其他单位"),
    ],
)
async def test_what_was_captured_before_a_withdrawal_is_accepted_and_listed_for_the_supervisor(
    told, chief, courier, visit, bundled, kind, state, said
):
    whole = officer_state(FIRST, "张岳")
    await told(kind, None if state is None else whole | state, whole["id"])
    _, reply = await carried(courier, *bundled(visit))
    assert states(reply["verdicts"]) == ["applied"] * 4
    (listed,) = await handed_over(chief)
    assert (listed["after_withdrawal"], listed["withdrawal"]) == (True, said)
    assert (listed["name"], listed["carried_by"]) == ("张岳", "14088100009")
    assert (listed["letters"], listed["applied"], listed["files"]) == (4, 4, 1)


async def test_who_has_left_may_be_named_in_no_new_scheme(told, officer, county):
    await told("officer.left", None, officer_state(SECOND, "李秋")["id"])
    answer = await officer.put(f"/v1/inspection-schemes/{uuid4()}", json=scheme(county.plant))
    assert answer.json()["code"] == "certificate-not-valid"


async def test_what_came_while_the_authority_stands_is_listed_apart(
    chief, courier, visit, bundled, granted
):
    until = datetime.now(UTC) + 24 * HOUR
    await carried(courier, *bundled(visit, grants=[granted(until=until)]))
    assert await handed_over(chief, withdrawn="true") == []
    assert len(await handed_over(chief, withdrawn="false")) == 1


async def test_handovers_of_another_region_are_not_seen(as_officer, courier, visit, bundled):
    await carried(courier, *bundled(visit))
    assert await handed_over(as_officer("140881", "section_chief")) == []
    assert len(await handed_over(as_officer("1408", "section_chief"))) == 1


async def test_what_was_not_finished_comes_along_for_the_supervisor(
    chief, courier, visit, bundled, county
):
    about = {"place": "成品库", "entity_id": county.incomplete}
    draft = {"kind": "inspection", "id": str(uuid4()), "about": about}
    lost = {"kind": "inspection", "id": "未知", "about": {"entity_id": "未知"}}
    await carried(courier, *bundled(visit, drafts=[draft, lost]))
    (listed,) = await handed_over(chief)
    assert listed["drafts"] == [draft, lost]
    plants = {one["inspection_id"]: one["entity_name"] for one in listed["plants"]}
    assert plants == {
        visit[0]["body"]["id"]: county.plant_name, draft["id"]: county.incomplete_name,
    }  # fmt: skip


async def test_handovers_are_told_in_pages(chief, courier, visit, bundled):
    for count in (1, 2, 3):
        await carried(courier, *bundled(visit[:count]))
    first = (await chief.get("/v1/handovers", params={"limit": 2})).json()
    rest = (await chief.get("/v1/handovers", params={"limit": 2, "after": first["next"]})).json()
    assert [one["letters"] for one in first["items"] + rest["items"]] == [3, 2, 1]
    assert rest["next"] is None


async def test_nobody_carries_without_signing_in(client_of, app, visit, bundled):
    answer = await carry(client_of(app), bundled(visit)[0])
    assert answer.status_code == 401


async def test_no_sealed_or_opened_bundle_stays_in_the_spool(settings, officer, visit, bundled):
    sealed, made = bundled(visit)
    await carried(officer, sealed, made)
    await carry(officer, sealed[:-1])
    assert [one.name for one in settings.spool.iterdir() if "bundle" in one.name] == []
    assert list(settings.spool.glob("opened-*")) == []
