"""Claims: what is not signed by us, for us, for now, is nobody's."""

import base64
import json
import time

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lawbook.content import load
from lawbook.roles import Roles
from services.kit import claims as kit_claims
from services.kit.claims import Verifier, requires
from services.kit.problems import Unauthenticated
from services.kit.settings import ROOT
from services.ledger_svc.permissions import Permission

ROLES = Roles.from_content(load(ROOT / "content" / "roles.toml"))


def other_pair() -> tuple[str, str]:
    made = Ed25519PrivateKey.generate()
    private = made.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = made.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return private.decode(), public.decode()


def signed(private: str, **changes) -> str:
    payload = {
        "sub": "a", "aud": "zhifa", "iss": "zhifa", "exp": int(time.time()) + 600,
        "region": "140882", "roles": ["officer"],
    } | changes  # fmt: skip
    return jwt.encode({k: v for k, v in payload.items() if v is not None}, private, "EdDSA")


@pytest.fixture
def verifier(keys):
    return Verifier(keys.public, ROLES)


def unsigned(**changes) -> str:
    parts = [{"alg": "none", "typ": "JWT"}, {"sub": "a", "region": "14", "aud": "zhifa", **changes}]
    coded = [base64.urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=").decode() for p in parts]
    return ".".join([*coded, ""])


def test_a_token_gives_who_for_which_region_and_what_they_may(verifier, keys):
    found = verifier.verify(signed(keys.private, officer="14088200001", name="张岳"))
    assert (found.who, found.region, found.name) == ("14088200001", "140882", "张岳")
    assert found.permissions == ROLES.permissions(["officer"])


def test_a_system_is_recorded_by_its_account(verifier, keys):
    assert verifier.verify(signed(keys.private, sub="province")).who == "province"


def test_a_role_that_nobody_knows_gives_nothing(verifier, keys):
    assert verifier.verify(signed(keys.private, roles=["king"])).permissions == frozenset()


@pytest.mark.parametrize(
    "changes",
    [
        {"exp": 1}, {"exp": None}, {"aud": "elsewhere"}, {"aud": None}, {"iss": "elsewhere"},
        {"iss": None}, {"sub": None}, {"region": None}, {"region": ""}, {"exp": "soon"},
        {"nbf": 2**40},
    ],
    ids=str,
)  # fmt: skip
def test_a_token_that_is_over_or_for_another_house_or_lacks_a_part_is_nobodys(
    verifier, keys, changes
):
    with pytest.raises(Unauthenticated):
        verifier.verify(signed(keys.private, **changes))


def test_a_token_of_another_key_is_nobodys(verifier):
    with pytest.raises(Unauthenticated):
        verifier.verify(signed(other_pair()[0]))


def test_a_token_that_was_changed_is_nobodys(verifier, keys):
    head, _, signature = signed(keys.private).split(".")
    body = base64.urlsafe_b64encode(json.dumps({"region": "14"}).encode()).rstrip(b"=").decode()
    with pytest.raises(Unauthenticated):
        verifier.verify(f"{head}.{body}.{signature}")


@pytest.mark.parametrize("token", ["", ".", "a.b.c", "x" * 9000, "ключ", unsigned()])
def test_what_is_no_token_is_nobodys(verifier, token):
    with pytest.raises(Unauthenticated):
        verifier.verify(token)


def test_the_public_key_does_not_serve_as_a_secret(verifier, keys):
    """The old confusion: HS256 with the public key as its secret."""
    import hashlib
    import hmac

    head, body = unsigned().split(".")[:2]
    head = base64.urlsafe_b64encode(b'{"alg":"HS256","typ":"JWT"}').rstrip(b"=").decode()
    mark = hmac.new(keys.public.encode(), f"{head}.{body}".encode(), hashlib.sha256).digest()
    with pytest.raises(Unauthenticated):
        verifier.verify(f"{head}.{body}.{base64.urlsafe_b64encode(mark).rstrip(b'=').decode()}")


@pytest.mark.parametrize("newest_first", [True, False])
def test_two_keys_may_follow_each_other(keys, newest_first):
    private, public = other_pair()
    pair = [public, keys.public] if newest_first else [keys.public, public]
    both = Verifier("\n".join(pair), ROLES)
    assert both.verify(signed(private)).region == "140882"
    assert both.verify(signed(keys.private)).region == "140882"
    with pytest.raises(Unauthenticated):
        both.verify(signed(other_pair()[0]))


def test_a_token_that_was_good_is_not_remembered_past_its_end(verifier, keys, monkeypatch):
    token = signed(keys.private, exp=int(time.time()) + 5)
    assert verifier.verify(token).region == "140882"
    later = time.time() + 6
    monkeypatch.setattr(time, "time", lambda: later)
    monkeypatch.setattr(
        jwt.api_jwt, "datetime", type("Later", (), {"now": staticmethod(_at(later))})
    )
    with pytest.raises(Unauthenticated):
        verifier.verify(token)


def _at(moment):
    from datetime import datetime

    return lambda tz=None: datetime.fromtimestamp(moment, tz)


def test_what_is_remembered_stays_small(verifier, keys, monkeypatch):
    monkeypatch.setattr(kit_claims, "MAX_REMEMBERED", 3)
    tokens = [signed(keys.private, sub=str(n)) for n in range(10)]
    assert [verifier.verify(token).account for token in tokens] == [str(n) for n in range(10)]
    assert len(verifier._remembered) <= 3


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic abc", "Token x", "bearer x.y.z"]
)
async def test_without_a_bearer_token_one_is_nobody(app, client_of, header):
    answer = await client_of(app).get("/v1/things", headers={"authorization": header})
    assert answer.status_code == 401


async def test_the_scheme_is_written_in_any_case(app, client_of, token):
    header = {"authorization": f"bEaReR {token('140882')}"}
    assert (await client_of(app).get("/v1/things", headers=header)).status_code == 200


def test_a_door_tells_which_permission_it_asks_for():
    assert requires(Permission.FEED_READ).dependency.permission is Permission.FEED_READ
