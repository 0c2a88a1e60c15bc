"""What the office takes of the site: templates by version, no number, refusals to sign, corrections."""

from uuid import uuid4

import pytest

from paper.digest import digest
from services.case_svc.documents.schemas import DocumentBody
from services.kit.once import fingerprint
from tests.case_svc.on_the_spot import (
    document,
    document_data,
    inspection,
    leased,
    recorded,
    signature,
)
from tests.case_svc.proceedings import FIRST, SECOND
from tests.case_svc.test_documents import issued, put

ORDER, NOTICE = "correction-order", "correction-notice"


@pytest.fixture
async def visit(officer, county):
    await recorded(officer, body := inspection(county.plant, ("G06",)))
    return body


def refusal(seal, reason="不愿签字", at="2026-06-23T03:20:00Z"):
    return signature(seal, "party", "贺平川") | {"strokes": [], "refused": reason, "signed_at": at}


async def test_a_letter_that_names_its_template_is_composed_with_it(officer, visit):
    lease = await leased(officer, ORDER)
    body = document(visit, lease, kind=ORDER, template=f"{ORDER}@2026.1")
    assert (await issued(officer, body))["template"] == f"{ORDER}@2026.1"
    # A newer tablet than the office: it was handed over, and waits.
    newer = document(visit, lease, nth=1, kind=ORDER, template=f"{ORDER}@2099.1")
    assert (await put(officer, newer)).json()["code"] == "not-known-yet"
    other = document(visit, lease, nth=1, kind=ORDER, template="inspection-record@2026.1")
    assert (await put(officer, other)).status_code == 422


async def test_an_old_letter_comes_again_as_it_was(officer, visit):
    body = document(visit, await leased(officer, ORDER), kind=ORDER)
    for one in (body, *body["signatures"]):
        for name in ("corrects", "refused"):
            one.pop(name, None)
    assert (await issued(officer, body))["corrects"] is None
    sent = DocumentBody.model_validate(body).as_sent()
    assert set(sent) == set(body)
    assert fingerprint(sent) == fingerprint(DocumentBody.model_validate(body).as_sent())
    assert (await put(officer, body)).status_code == 200


async def test_a_record_without_a_number_takes_none(officer, visit):
    notice = document(visit, await leased(officer, "inquiry-notice"), kind="inquiry-notice")
    await issued(officer, notice)
    kind, none = "inquiry-record", {"pattern": "", "first": 0, "id": None}
    data = document_data(kind, visit)
    for _ in range(2):
        seal = digest(kind, None, data)
        signed = [signature(seal, "officer", "张岳", FIRST), signature(seal, "officer", "李秋", SECOND),
                  signature(seal, "party", "邵文清")]  # fmt: skip
        body = document(
            visit, none, kind=kind, data=data, number=None, digest=seal, signatures=signed
        )
        assert (await issued(officer, body))["number"] is None
    numbered = document(visit, none, kind=kind, data=data, number="1号")
    assert (await put(officer, numbered)).status_code == 422
    unnumbered = document(
        visit,
        none,
        kind=ORDER,
        number=None,
        digest=digest(ORDER, None, document_data(ORDER, visit)),
        signatures=[],
    )
    assert (await put(officer, unnumbered)).json()["code"] == "number-not-leased"


async def test_a_refusal_to_sign_stands_with_its_reason_and_a_witness_or_two_officers(
    officer, visit
):
    lease = await leased(officer, ORDER)
    seal = document(visit, lease, kind=ORDER)["digest"]
    two = [signature(seal, "officer", "张岳", FIRST), signature(seal, "officer", "李秋", SECOND)]
    witness = signature(seal, "witness", "村民甲")
    late = "2026-06-23T03:35:00Z"
    codes = {}
    for name, signed in {
        "officers before it": [*two, refusal(seal, at=late)],
        "drawn and refused": [*two, witness, signature(seal, "party", "贺平川") | {"refused": "不"}],
        "a witness alone": [*two, witness],
        "a witness": [*two, witness, refusal(seal, at=late)],
    }.items():  # fmt: skip
        body = document(visit, lease, kind=ORDER, template=f"{ORDER}@2026.1", signatures=signed)
        codes[name] = (await put(officer, body)).json().get("code")
    assert codes == {
        "officers before it": "signatures-missing", "drawn and refused": "signature-unreadable",
        "a witness alone": "signatures-missing", "a witness": None,
    }  # fmt: skip


async def test_a_correction_names_the_old_document_which_stays_as_it_is(officer, visit):
    order = document(visit, await leased(officer, ORDER), kind=ORDER)
    before = await issued(officer, order)
    lease = await leased(officer, NOTICE)
    data = document_data(NOTICE, visit) | {
        "corrected_number": order["number"], "corrected_on": "2026-06-23"
    }  # fmt: skip
    wrong = document(visit, lease, kind=NOTICE, corrects=order["id"])
    assert (await put(officer, wrong)).json()["code"] == "correction-names-other"
    early = document(visit, lease, kind=NOTICE, data=data, corrects=str(uuid4()))
    assert (await put(officer, early)).json()["code"] == "not-known-yet"
    notice = document(visit, lease, kind=NOTICE, data=data, corrects=order["id"])
    assert (await issued(officer, notice))["corrects"] == order["id"]
    after = (await officer.get(f"/v1/documents/{order['id']}")).json()
    assert after == before | {"corrected_by": [notice["id"]]}
    listed = (await officer.get("/v1/documents", params={"kind": ORDER})).json()["items"]
    assert listed == [after]
    check = f"/v1/document-checks/{order['digest']}"
    said = (await officer.get(check, params={"number": order["number"]})).json()
    assert said == {"held": True, "corrected": True, "file": None}
    stray = document(visit, lease, nth=1, kind=ORDER, corrects=order["id"])
    assert (await put(officer, stray)).status_code in (409, 422)
