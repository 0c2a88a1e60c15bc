"""Each installation has one identity and one key, whatever happens to it."""

import json
import stat

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from field_app.device import FILE, bytes_of, device_in
from tests.field_app.tablet import opened


def test_an_installation_keeps_its_identity_and_its_key(tmp_path):
    first, again = device_in(tmp_path), device_in(tmp_path)
    assert (first.id, first.public_key) == (again.id, again.public_key)
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


def test_two_installations_differ(tmp_path):
    one, other = device_in(tmp_path / "one"), device_in(tmp_path / "other")
    assert one.id != other.id
    assert one.public_key != other.public_key


def test_a_signature_is_verified_by_the_public_key_and_by_no_other(tmp_path):
    one, other = device_in(tmp_path / "one"), device_in(tmp_path / "other")
    signature = one.sign(b"unsent: 3")
    Ed25519PublicKey.from_public_bytes(bytes_of(one.public_key)).verify(signature, b"unsent: 3")
    for key, said in ((other.public_key, b"unsent: 3"), (one.public_key, b"unsent: 0")):
        with pytest.raises(InvalidSignature):
            Ed25519PublicKey.from_public_bytes(bytes_of(key)).verify(signature, said)


def test_an_installation_older_than_its_key_keeps_the_id_it_is_known_by(tmp_path):
    store = opened(tmp_path)
    store.set("device", "d-0")
    store.close()
    (tmp_path / FILE).unlink()
    store = opened(tmp_path)
    assert store.device == "d-0"
    assert json.loads((tmp_path / FILE).read_text())["id"] == "d-0"
    store.close()


def test_a_kill_while_the_identity_is_written_leaves_none_that_is_half(tmp_path):
    (tmp_path / FILE).with_suffix(".coming").write_text('{"id": "ha')
    assert len(device_in(tmp_path).id) == 36
