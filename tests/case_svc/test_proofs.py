"""Documents that prove themselves: taken with their proof, drawn with it, checked by anybody."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from lawbook.proof import prove, read_proof
from tests.case_svc.on_the_spot import (
    document,
    drawn,
    inspection,
    leased,
    recorded,
)
from tests.case_svc.test_documents import issued, put
from tests.proving import DEVICE, prover

RECORD = "inspection-record"
TABLET = str(DEVICE)


@pytest.fixture
async def visit(officer, county):
    """An inspection of the plant, recorded."""
    await recorded(officer, body := inspection(county.plant, ("G06",), device=TABLET))
    return body


@pytest.fixture(scope="module")
def someone():
    return prover()


@pytest.fixture
async def proven(officer, visit, someone):
    """A document with its proof, not sent yet."""
    body = document(visit, await leased(officer, RECORD, device=TABLET), device=TABLET)
    body["template"] = f"{RECORD}@2026.2"
    return body | {"proof": someone.code(body["template"], body["number"], body["data"])}


async def test_a_proof_is_kept_and_drawn_anew_to_the_byte(officer, proven):
    pdf = drawn(proven)
    assert b"zhifa-proof:1:" in pdf
    told = await issued(officer, proven)
    assert told["proof"] == proven["proof"]
    anew = await officer.get(f"/v1/documents/{proven['id']}/rendering")
    assert anew.content == pdf


async def test_a_document_without_a_proof_is_what_it_was(officer, proven):
    del proven["proof"]
    told = await issued(officer, proven)
    assert told["proof"] is None
    assert told == await issued(officer, proven)
    anew = await officer.get(f"/v1/documents/{proven['id']}/rendering")
    assert b"zhifa-proof" not in anew.content


@pytest.mark.parametrize("of", ["content", "day", "device", "signature", "nothing"])
async def test_a_proof_that_does_not_hold_is_refused(officer, proven, someone, of):
    template, number, data = (proven[name] for name in ("template", "number", "data"))
    proof = read_proof(proven["proof"])
    stranger = replace(someone, device=UUID(int=7))
    said, code = {
        "content": (someone.code(template, number, data | {"place": "别处"}),
                    "proof-of-other-content"),
        "day": (someone.code(template, number, data, date(2026, 6, 24)), "proof-wrong"),
        "device": (stranger.code(template, number, data), "proof-wrong"),
        "signature": (prove(proof, prover().tablet.sign), "proof-wrong"),
        "nothing": ("https://elsewhere.example/verify#", "proof-of-other-content"),
    }[of]  # fmt: skip
    answer = await put(officer, proven | {"proof": said})
    assert (answer.status_code, answer.json()["code"]) == (409, code)


async def test_anybody_may_ask_whether_a_document_stands(officer, as_officer, proven):
    await issued(officer, proven)
    nobody = as_officer(None)
    url = f"/v1/document-checks/{proven['digest']}"

    async def asked(**params):
        answer = await nobody.get(url, params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    number = proven["number"]
    assert await asked(number=number) == {"held": True, "corrected": False, "file": None}
    assert (await asked(number=number, pdf=proven["pdf_sha256"]))["file"] is True
    assert (await asked(number=number, pdf="0" * 64))["file"] is False
    unknown = {"held": False, "corrected": False, "file": None}
    assert await asked(number="（河）应急检记〔2026〕99号") == unknown
    assert await asked() == unknown
    assert (await nobody.get("/v1/document-checks/x")).status_code == 422
