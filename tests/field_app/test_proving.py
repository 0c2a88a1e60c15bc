"""A document proves itself: the tablet signs what its QR code says, under the office's word."""

from dataclasses import asdict
from datetime import date, timedelta
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from field_app.actions.begin_inspection import begin_inspection
from field_app.actions.compose_document import compose_document
from field_app.actions.finish_inspection import finish_inspection
from field_app.actions.issue_document import issue_document
from field_app.actions.sign_in import sign_in
from field_app.contact import contact_of, note
from field_app.device import bytes_of, text_of
from field_app.enrolment import enrol
from field_app.errands import Errands
from field_app.moments import day, now
from lawbook.proof import attested, day_of, read_proof, signed_part
from tests.field_app.office import PASSWORD, URL, good
from tests.field_app.tablet import PRESENT, answered, begun, opened, signed
from tests.field_app.test_enrolled import a_code, bring
from tests.field_app.weather import Weather
from tests.proving import GATEWAY, prover

ORDER = "correction-order"


def known(store, until=None):
    """The office has spoken for this tablet's key."""
    device = store.installation
    until = until or day(now()) + timedelta(30)
    told = asdict(prover().attestation(
        device=UUID(device.id), public_key=bytes_of(device.public_key), until=until
    ))  # fmt: skip
    said = {name: str(told[name]) for name in ("unit", "unit_name", "since", "until", "key")}
    note(
        device, gateway=GATEWAY, attestation=said | {"signature": text_of(told["signature"])}
    )  # fmt: skip


def issued(store):
    inspection = answered(store, begun(store))
    finish_inspection(store, inspection)
    return issue_document(store, signed(store, compose_document(store, inspection, ORDER).id))


def letter_of(store, document):
    return next(one.body for one in store.outbox.letters() if one.body["id"] == document.id)


def test_an_issued_document_carries_its_proof_on_the_page_and_in_the_letter(store):
    known(store)
    document = issued(store)
    proof = read_proof(document.proof)
    assert document.proof.startswith(f"{GATEWAY}/verify#")
    assert (proof.number, proof.digest) == (document.number, document.digest)
    assert (proof.party, proof.day) == (document.data["entity_name"], day(now()))
    key = Ed25519PublicKey.from_public_bytes(bytes_of(store.installation.public_key))
    key.verify(proof.signature, signed_part(proof))
    assert letter_of(store, document)["proof"] == document.proof
    pdf = store.files.read(document.pdf_path)
    assert f"zhifa-proof:1:{document.proof.partition('#')[2]}".encode() in pdf
    assert issue_document(store, document.id) == document


@pytest.mark.parametrize("until", [None, date(2026, 2, 1)])
def test_without_the_offices_word_for_the_day_a_page_carries_no_code(store, until):
    if until:
        known(store, until)
    document = issued(store)
    assert document.proof is None
    assert "proof" not in letter_of(store, document)
    assert b"zhifa-proof" not in store.files.read(document.pdf_path)


@pytest.fixture
async def fresh(tmp_path, office):
    """A tablet, enrolled, with an officer signed in and refreshed; and its errands."""
    weather = Weather(office.transport)
    store = opened(tmp_path / "tablet")
    await enrol(store.installation, URL, await a_code(office), "平板一号", weather)
    await sign_in(store, URL, "zhangyue", PASSWORD, weather)
    errands = Errands(store, URL, weather)
    await errands.refresh()
    yield store, errands
    store.close()


async def test_what_an_enrolled_tablet_issues_the_office_takes_draws_and_vouches_for(
    fresh, office, keys
):
    store, errands = fresh
    visit = begin_inspection(store, scheme_id=office.scheme, place="熔炼车间", present=PRESENT)
    finish_inspection(store, answered(store, visit))
    document = issue_document(store, signed(store, compose_document(store, visit, ORDER).id))
    assert document.proof is not None
    proof = read_proof(document.proof)
    office_key = load_pem_public_key(keys.public.encode())
    assert isinstance(office_key, Ed25519PublicKey)
    office_key.verify(proof.attestation.signature, attested(proof.attestation))
    assert proof.attestation.unit_name == "河津市应急管理局"
    done = await errands.deliver()
    assert done.refused == 0
    client = office.client("officer")
    told = await good(await client.get(f"/v1/documents/{document.id}"))
    assert told["proof"] == document.proof
    drawn = await client.get(f"/v1/documents/{document.id}/rendering")
    assert drawn.content == store.files.read(document.pdf_path)
    anybody = office.client_of("")
    said = await good(await anybody.get(
        f"/v1/document-checks/{document.digest}", params={"number": document.number}
    ))  # fmt: skip
    assert said == {"held": True, "corrected": False, "file": None}


async def test_every_report_renews_the_word_and_a_frozen_tablet_loses_it(fresh, office):
    store, errands = fresh
    told = contact_of(store.installation).attestation
    assert told is not None
    assert told["until"] == str(day_of(now()) + timedelta(400))
    note(store.installation, attestation=told | {"until": "2026-01-01"})
    await errands.report()
    assert contact_of(store.installation).attestation == told
    await bring(office, store, "frozen", "平板遗失")
    await errands.report()
    assert contact_of(store.installation).attestation is None
