"""What the office takes of the site: templates by version, no number, refusals to sign, corrections."""

from typing import Any
from uuid import uuid4

import pytest

from lawbook.checklist import Checklist, bodies
from paper.digest import digest
from services.case_svc.documents.schemas import DocumentBody
from services.kit.once import fingerprint
from services.kit.settings import ROOT
from tests.case_svc.on_the_spot import (
    document,
    document_data,
    drawn,
    finding,
    inspection,
    leased,
    page_signatures,
    recorded,
    signature,
)
from tests.case_svc.proceedings import FIRST, SECOND
from tests.case_svc.test_documents import issued, put

METALLURGY = ROOT / "content" / "checklists" / "metallurgy-2026.2.toml"
ORDER, NOTICE = "correction-order", "correction-notice"


@pytest.fixture
async def visit(officer, county):
    await recorded(officer, body := inspection(county.plant, ("G06",)))
    return body


def refusal(seal, reason="不愿签字", at="2026-06-23T03:20:00Z"):
    return signature(seal, "party", "贺平川") | {"strokes": [], "refused": reason, "signed_at": at}


async def test_a_letter_that_names_its_template_is_composed_with_it(officer, visit):
    lease = await leased(officer, ORDER)
    # Each by the version that it names: the earlier one knows neither ids nor criteria.
    data = document_data(ORDER, visit)
    early = [{k: v for k, v in one.items() if k != "finding"} for one in data["problems"]]
    old = data | {"problems": early}
    newer_data = document(visit, lease, kind=ORDER, data=data, template=f"{ORDER}@2026.1")
    assert (await put(officer, newer_data)).json()["code"] == "document-field-unknown"
    body = document(visit, lease, kind=ORDER, data=old, template=f"{ORDER}@2026.1")
    assert (await issued(officer, body))["template"] == f"{ORDER}@2026.1"
    anew = await officer.get(f"/v1/documents/{body['id']}/rendering")
    assert anew.status_code == 200
    # A newer tablet than the office: it was handed over, and waits.
    newer = document(visit, lease, nth=1, kind=ORDER, template=f"{ORDER}@2099.1")
    assert (await put(officer, newer)).json()["code"] == "not-known-yet"
    other = document(visit, lease, nth=1, kind=ORDER, template="inspection-record@2026.1")
    assert (await put(officer, other)).status_code == 422


async def test_a_letter_covers_chosen_findings_as_they_were_found_and_none_twice(officer, county):
    major = "Y01"
    items = Checklist.from_content(dict(bodies(ROOT / "content"))[METALLURGY])
    criterion = items.item(major).criterion
    found = [
        finding("G06"), finding("G07"),
        finding("G08", check_item=major, major=True, criterion=criterion),
    ]  # fmt: skip
    visit = inspection(
        county.plant, ("G06", "G07", major), findings=found, checklist=items.ref,
        answers={
            one.code: {"answer": "not_met" if one.code in ("G06", "G07", major) else "met", "remark": ""}
            for one in items.items
        },
    )  # fmt: skip
    await recorded(officer, visit)
    lease = await leased(officer, ORDER)
    named: dict[str, Any] = {"template": f"{ORDER}@2026.2", "kind": ORDER}
    whole = document_data(ORDER, visit)
    for one in whole["problems"]:
        if one.get("criterion"):
            one["criterion"] = "《工贸企业重大事故隐患判定标准》（应急管理部令第10号）第四条"
    wrong: tuple[dict[str, object], ...] = (
        {"criterion": "《工贸企业重大事故隐患判定标准》（应急管理部令第10号）第五条"},
        {"major": False}, {"finding": str(uuid4())}, {"description": "另一件事"},
    )  # fmt: skip
    for change in wrong:
        data = whole | {"problems": [whole["problems"][2] | change]}
        answer = await put(officer, document(visit, lease, data=data, **named))
        assert answer.json()["code"] == "order-hazards-differ", change
    first = document(visit, lease, data=whole | {"problems": whole["problems"][1:]}, **named)
    await issued(officer, first)
    again = document(visit, lease, nth=1, data=whole, **named)
    told = (await put(officer, again)).json()
    assert (told["code"], told["law"]) == ("finding-covered", "行政处罚法 §29；安全生产法 §65")
    assert first["number"] in told["detail"]
    assert told["next_step"]
    rest = document(visit, lease, nth=1, data=whole | {"problems": whole["problems"][:1]}, **named)
    await issued(officer, rest)
    # Corrected, it covers nothing any more.
    correction = document_data(NOTICE, visit) | {
        "corrected_number": first["number"], "corrected_on": "2026-06-23"
    }  # fmt: skip
    notice = await leased(officer, NOTICE)
    await issued(
        officer, document(visit, notice, kind=NOTICE, data=correction, corrects=first["id"])
    )
    anew = document(visit, lease, nth=2, data=first["data"], **named)
    await issued(officer, anew)


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


async def test_a_record_of_an_inquiry_is_signed_on_every_page(officer, visit):
    notice = document(visit, await leased(officer, "inquiry-notice"), kind="inquiry-notice")
    await issued(officer, notice)
    kind, none = "inquiry-record", {"pattern": "", "first": 0, "id": None}
    data = document_data(kind, visit)
    seal, of_pages = digest(kind, None, data), page_signatures(kind, data, "邵文清")
    assert len(of_pages["pages"]) == 2
    two = [signature(seal, "officer", "张岳", FIRST), signature(seal, "officer", "李秋", SECOND)]
    first, last = of_pages["signatures"]
    codes = {}
    for name, signed in {
        "the last page alone": [last],
        "the whole once": [signature(seal, "party", "邵文清")],
        "another's first page": [first | {"name": "段学文"}, last],
        "the pages changed over": [
            first | {"page": 2, "page_digest": first["page_digest"]}, last | {"page": 1}
        ],
        "refused": [refusal(seal), first],
        "every page": [first, last],
    }.items():  # fmt: skip
        witness = [signature(seal, "witness", "村民甲")] if name == "refused" else []
        body = document(
            visit, none, kind=kind, data=data, number=None, digest=seal,
            template=f"{kind}@2026.2", pages=of_pages["pages"],
            signatures=[*two, *signed, *witness],
        )  # fmt: skip
        codes[name] = (await put(officer, body)).json().get("code")
    assert codes == {
        "the last page alone": "signatures-missing", "the whole once": "signatures-missing",
        "another's first page": "signatures-missing",
        "the pages changed over": "signature-of-other-content",
        "refused": None, "every page": None,
    }  # fmt: skip
    anew = await officer.get(f"/v1/documents/{body['id']}/rendering")
    assert anew.content == drawn(body)
    changed = document(
        visit, none, kind=kind, data=data, number=None, digest=seal, signatures=[*two, first, last],
        template=f"{kind}@2026.2", pages=of_pages["pages"][::-1],
    )  # fmt: skip
    assert (await put(officer, changed)).json()["code"] == "digest-differs"
    # A tablet from before signs once, and says nothing of pages.
    before = document(
        visit, none, kind=kind, data=data, number=None, digest=seal,
        signatures=[*two, signature(seal, "party", "邵文清")],
    )  # fmt: skip
    assert "pages" not in DocumentBody.model_validate(before).as_sent()
    await issued(officer, before)


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
        body = document(visit, lease, kind=ORDER, template=f"{ORDER}@2026.2", signatures=signed)
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
