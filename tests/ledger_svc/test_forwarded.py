"""Letters that case_svc forwards from sealed bundles: the ledger judges their grant itself."""

import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from deploy import secrets
from lawbook.bundles import signed_part
from services.kit.claims import ALGORITHM, AUDIENCE
from services.kit.grants import GRANT
from services.kit.receipts import text_of
from services.ledger_svc.bootstrap import SystemAccount, bootstrap
from tests.ledger_svc.test_proposals import body, deliver, letter, plant

DEVICE = "平板一"
KEY = Ed25519PrivateKey.generate()
WRITTEN = datetime(2026, 6, 23, 1, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def granted(keys):
    """A grant as the ledger gives it: `granted(since, until, …)`."""

    def give(since=WRITTEN - DAY, until=WRITTEN + DAY, key=None, **changes):
        claims = {
            "iss": AUDIENCE, "aud": GRANT, "sub": "account-1", "device": DEVICE,
            "device_key": text_of(KEY.public_key().public_bytes_raw()),
            "officer": "14088200001", "name": "张岳", "unit": "140882",
            "region": "140882", "roles": ["officer"], "iat": int(since.timestamp()),
            "exp": int(until.timestamp()),
        }  # fmt: skip
        return jwt.encode(claims | changes, key or keys.private, algorithm=ALGORITHM)

    return give


@pytest.fixture
def case(as_officer):
    """case_svc, as it signs in."""
    return as_officer("14", "follower", "forwarder", kind="system", officer="")


def proof(grant, letters, device=DEVICE, key=KEY):
    """The head of a bundle of these letters, signed by the device."""
    head = json.dumps({"device": device, "grants": [grant], "letters": list(letters)})
    return {"head": head, "signature": text_of(key.sign(signed_part(head.encode())))}


async def forward(client, grant, *letters, device=DEVICE, **changes):
    return await client.post(
        "/v1/forwarded-deliveries",
        json={"device": device, "grant": grant, "letters": list(letters)}
        | proof(grant, letters, device) | changes,
    )  # fmt: skip


async def version(as_officer, id_):
    return (await as_officer().get(f"/v1/entities/{id_}")).json()["version"]


async def test_a_forwarded_letter_is_done_in_the_name_of_its_grant_and_once(
    as_officer, case, granted
):
    said = body(await plant(as_officer))
    sent = letter(said)
    answers = [await forward(case, granted(), sent) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {200}
    (verdict,) = answers[0].json()["verdicts"]
    assert verdict["state"] == "applied"
    assert all(answer.json() == answers[0].json() for answer in answers)
    assert await deliver(as_officer("140882", "officer"), sent) == [verdict]
    seen = (await as_officer().get(f"/v1/proposals/{said['id']}")).json()
    assert (seen["officer"], seen["officer_name"], seen["region"]) == (
        "14088200001", "张岳", "140882",
    )  # fmt: skip
    assert await version(as_officer, said["entity_id"]) == 2


async def test_after_a_grant_is_over_what_was_written_under_it_still_counts(
    as_officer, case, granted
):
    said = body(await plant(as_officer))
    over = granted(until=WRITTEN + timedelta(minutes=1))
    (verdict,) = (await forward(case, over, letter(said))).json()["verdicts"]
    assert verdict["state"] == "applied"


async def test_a_wrong_grant_is_refused_whole(as_officer, case, granted, token):
    id_ = await plant(as_officer)
    sent = letter(body(id_))
    wrong = {
        "forged": granted(key=secrets.make().claims_private_key),
        "none": "a.b.c",
        "an access token": token("140882", "officer"),
        "of another device": granted(device="平板二"),
        "of no region": granted(region=""),
    }
    for why, grant in wrong.items():
        answer = await forward(case, grant, sent)
        assert (answer.status_code, answer.json()["code"]) == (422, "grant-missing"), why
    late = letter(body(id_), written_at="2026-07-23T01:00:00Z")
    for grant, letters in (
        (granted(WRITTEN - 3 * DAY, WRITTEN - DAY), [sent]),
        (granted(WRITTEN + DAY, WRITTEN + 3 * DAY), [sent]),
        (granted(), [sent, late]),
    ):
        answer = await forward(case, grant, *letters)
        assert (answer.status_code, answer.json()["code"]) == (409, "grant-does-not-cover")
    assert await version(as_officer, id_) == 1


async def test_letters_that_the_device_did_not_sign_for_are_refused_whoever_forwards_them(
    as_officer, case, granted
):
    id_ = await plant(as_officer)
    sent, other, grant = letter(body(id_)), letter(body(id_)), granted()
    changed = sent | {"body": sent["body"] | {"new_value": "另一人"}}
    wrong = {
        "no proof": {"head": None, "signature": None},
        "another key": proof(grant, [sent], key=Ed25519PrivateKey.generate()),
        "another letter": proof(grant, [other]),
        "another content": proof(grant, [changed]),
        "another grant": proof(granted(name="他人"), [sent]),
        "another device": proof(grant, [sent], device="平板二"),
        "no head": proof(grant, [sent]) | {"head": "[]"},
        "no signature": proof(grant, [sent]) | {"signature": "aaaa"},
    }
    for why, proved in wrong.items():
        answer = await forward(case, grant, sent, **proved)
        assert (answer.status_code, answer.json()["code"]) == (422, "bundle-proof-wrong"), why
    assert await version(as_officer, id_) == 1
    (verdict,) = (await forward(case, grant, sent)).json()["verdicts"]
    assert verdict["state"] == "applied"


async def test_a_grant_gives_no_more_than_it_says(as_officer, case, granted):
    id_ = await plant(as_officer)
    powerless, elsewhere = granted(roles=["trainer"]), granted(region="140881", unit="140881")
    for grant, code in ((powerless, "forbidden"), (elsewhere, "not-found")):
        (verdict,) = (await forward(case, grant, letter(body(id_)))).json()["verdicts"]
        assert (verdict["state"], verdict["problem"]["code"]) == ("rejected", code)
    assert await version(as_officer, id_) == 1


async def test_nobody_but_the_forwarder_may(as_officer, granted):
    sent = letter(body(await plant(as_officer)))
    for roles in (("officer",), ("follower",), ("administrator",)):
        answer = await forward(as_officer("140882", *roles), granted(), sent)
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


async def test_too_many_letters_at_once_are_refused(as_officer, case, granted):
    said = body(str(uuid4()))
    answer = await forward(case, granted(), *(letter(said) for _ in range(201)))
    assert (answer.status_code, answer.json()["code"]) == (413, "too-large")


async def test_a_system_gets_the_roles_that_it_has_newly(app, settings, client_of):
    account = SystemAccount("province", "pull-me-softly", ("province", "forwarder"))
    for _ in range(2):
        await bootstrap(settings, administrator_password="Admin-first-1", systems=(account,))
    listed = (await client_of(app, "14", "administrator").get("/v1/accounts")).json()["items"]
    (found,) = [one for one in listed if one["username"] == "province"]
    assert found["roles"] == ["province", "forwarder"]
    answer = await client_of(app).post(
        "/v1/oauth/token", data={"grant_type": "client_credentials"},
        auth=("province", "pull-me-softly"),
    )  # fmt: skip
    assert answer.is_success
