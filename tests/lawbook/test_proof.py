"""What the QR code of a document says: one spelling, each part in its place."""

from dataclasses import replace
from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from lawbook.proof import (
    ProofUnreadable,
    attested,
    content_code,
    prove,
    read_proof,
    signed_part,
    told_name,
)
from tests.proving import GATEWAY, prover

DATA = {"entity_name": "运城市盐湖区远山铸造有限公司", "place": "熔炼车间"}
NUMBER = "（盐）应急责改〔2026〕9号"


@pytest.fixture(scope="module")
def someone():
    return prover()


@pytest.fixture
def code(someone):
    return someone.code("correction-order@2026.1", NUMBER, DATA)


def test_a_proof_says_what_was_proved(someone, code):
    proof = read_proof(code)
    assert code.startswith(f"{GATEWAY}/verify#")
    assert (proof.template, proof.number) == ("correction-order@2026.1", NUMBER)
    assert (proof.day, proof.party) == (date(2026, 6, 23), DATA["entity_name"])
    assert proof.attestation == someone.attestation()
    assert prove(replace(proof, signature=b""), someone.tablet.sign, GATEWAY) == code


def test_tablet_and_office_have_signed_it(someone, code):
    proof = read_proof(code)
    holder = Ed25519PublicKey.from_public_bytes(proof.attestation.public_key)
    holder.verify(proof.signature, signed_part(proof))
    someone.office.public_key().verify(proof.attestation.signature, attested(proof.attestation))


def test_a_document_without_a_number_has_none(someone):
    assert read_proof(someone.code("inquiry-record@2026.1", None, DATA)).number is None


def test_a_tablet_that_knows_no_address_says_so(someone):
    code = someone.code("correction-order@2026.1", NUMBER, DATA, gateway="")
    assert code.startswith("zhifa:/verify#")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda code: code[:-4],
        lambda code: code + "AAAA",
        lambda code: code.replace("/verify#", "/verified#"),
        lambda code: code.partition("#")[0] + "#",
        lambda code: code.replace("#AQ", "#Ag"),
        lambda code: code + "=",
    ],
    ids=["short", "long", "another page", "empty", "version 2", "padded"],
)
def test_what_is_no_proof_is_not_read(code, spoil):
    with pytest.raises(ProofUnreadable):
        read_proof(spoil(code))


def test_bits_that_decoding_ignores_are_no_second_spelling(someone):
    # A payload whose length leaves idle bits in its last character.
    codes = (someone.code("a@1", "1" * size, DATA) for size in (1, 2, 3))
    code = next(one for one in codes if len(one.partition("#")[2]) % 4 in (2, 3))
    assert read_proof(code)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    twin = code[:-1] + letters[letters.index(code[-1]) ^ 1]
    with pytest.raises(ProofUnreadable):
        read_proof(twin)


def test_the_content_code_is_the_beginning_of_the_digest():
    assert content_code("0" * 64) == "0000-0000-0000"
    assert content_code("f" * 64) == "ZZZZ-ZZZZ-ZZZZ"
    assert content_code("08421" * 3 + "f" * 49) == "1111-1111-1111"


def test_a_long_name_is_cut_and_says_so(someone):
    assert told_name("字" * 41) == "字" * 39 + "…"
    assert told_name("字" * 40) == "字" * 40
