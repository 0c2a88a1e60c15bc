"""Signed receipts: proved by the public key alone, and by no other."""

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from services.kit.receipts import Signer, verified
from tests.kit.test_claims import other_pair

RECEIPT = {
    "letter": "a", "device": "t", "seq": 1, "link": "c" * 64, "sha256": "b" * 64,
    "received_at": "2026-06-23T01:05:00Z", "state": "applied",
}  # fmt: skip


@pytest.fixture
def signer(keys):
    return Signer(keys.private)


def test_a_receipt_is_proved_by_the_public_key(signer):
    assert verified(signer.sign(RECEIPT), signer.public_keys)


def test_the_same_receipt_gets_the_same_bytes(signer, keys):
    assert signer.sign(RECEIPT) == Signer(keys.private).sign(RECEIPT)


@pytest.mark.parametrize("name", [*RECEIPT, "key", "signature"])
def test_a_receipt_with_any_member_changed_or_gone_is_not_proved(signer, name):
    told = signer.sign(RECEIPT)
    assert not verified(told | {name: "other"}, signer.public_keys)
    assert not verified({k: v for k, v in told.items() if k != name}, signer.public_keys)


def test_every_character_of_a_signature_counts(signer):
    told = signer.sign(RECEIPT)
    last = told["signature"][-1]
    for other in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_":
        proved = verified(told | {"signature": told["signature"][:-1] + other}, signer.public_keys)
        assert proved == (other == last)


def test_a_key_is_introduced_before_the_old_one_goes(keys):
    private, public = other_pair()
    now, then = Signer(keys.private, public), Signer(private, keys.public)
    assert now.public_keys.keys() == then.public_keys.keys()
    assert next(iter(now.public_keys)) == now.key != then.key
    assert verified(then.sign(RECEIPT), now.public_keys)
    assert verified(now.sign(RECEIPT), then.public_keys)
    assert not verified(now.sign(RECEIPT), Signer(private).public_keys)


def test_a_key_of_another_kind_is_not_taken():
    private = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with pytest.raises(ValueError, match="Ed25519"):
        Signer(private.decode())
