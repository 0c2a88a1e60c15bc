"""Cases that are closed, and those whose file is sealed, with evidence and a document."""

from dataclasses import dataclass
from typing import Any

from tests.case_svc import papers
from tests.case_svc.on_the_spot import document, evidence, inspection, leased, recorded, uploaded
from tests.examples import jpeg
from tests.lawbook.penalty import stories as told_of
from tests.lawbook.penalty.stories import WANG, ZHANG

PDF = b"%PDF-1.7 short"
MORNING: dict[str, Any] = {"started_at": "2026-03-01T01:00:00Z", "ended_at": "2026-03-01T03:00:00Z"}
NUMBER = "2026-CF-001"
TAMPERING = {
    "an act's words": "update case_svc.case_act set body = jsonb_set(body, '{said,opinion}', '\"改\"')"
    " where case_id = $1 and kind = 'approve-filing'",
    "an act's link": "update case_svc.case_act set link = repeat('0', 64)"
    " where case_id = $1 and kind = 'approve-filing'",
    "an act's kind": "update case_svc.case_act set kind = 'waive' where case_id = $1 and kind = 'approve-filing'",
    "an act taken away": "delete from case_svc.case_act where case_id = $1 and kind = 'approve-filing'",
    "the last act taken away": "delete from case_svc.case_act where case_id = $1 and kind = 'archive'",
    "the case's link": "update case_svc.case set link = repeat('0', 64) where id = $1",
    "the seal": "update case_svc.case_archive set seal = repeat('0', 64) where case_id = $1",
    "the signature": "update case_svc.case_archive set signed = signed || '{\"seal\": \"x\"}'"
    " where case_id = $1",
    "the catalogue": "update case_svc.case_archive set catalogue = catalogue - 0 where case_id = $1",
    "the cover": "update case_svc.case_archive set cover = cover || '{\"pages\": 9}' where case_id = $1",
    "the sum of a drawn sheet": "update case_svc.case_archive"
    " set cover = jsonb_set(cover, '{drawn,案卷.pdf}', '\"0\"') where case_id = $1",
    "the order of two acts": "update case_svc.case_act a set body = b.body from case_svc.case_act b"
    " where a.case_id = $1 and b.case_id = $1 and a.seq in (2, 3) and b.seq = 5 - a.seq",
    "the order of the catalogue": "update case_svc.case_archive"
    " set catalogue = jsonb_build_array(catalogue -> 1, catalogue -> 0) where case_id = $1",
    "a document's hash": "update case_svc.document set pdf_sha256 = repeat('0', 64)"
    " where inspection_id = (select inspection_id from case_svc.case where id = $1)",
    "evidence's hash": "update case_svc.evidence set sha256 = repeat('0', 64)"
    " where inspection_id = (select inspection_id from case_svc.case where id = $1)",
    "the package's hash": "update case_svc.case_archive set package_sha256 = repeat('0', 64)"
    " where case_id = $1",
}  # fmt: skip
"""What somebody with the database in hand might do."""


@dataclass
class Closed:
    """A closed case with evidence and a document of its inspection, and its story."""

    id: str
    after: int
    at: str
    evidence: str
    document: str


async def closed(office, county, *, photo: bool = True, pdf: bool = True, nth: int = 0) -> Closed:
    story = told_of.ended().case
    officer = office.clients[ZHANG.number]
    await recorded(officer, about := inspection(county.plant, **MORNING))
    image, page = jpeg(64, 48, nth), PDF + b" " * nth
    shot = evidence(about["id"], image, captured_at="2026-03-01T02:00:00Z")
    assert (await officer.put(f"/v1/evidence/{shot['id']}", json=shot)).status_code == 200
    paper = document(about, await leased(officer, "inspection-record"), pdf=page)
    answer = await officer.put(f"/v1/documents/{paper['id']}", json=paper)
    assert answer.status_code == 200, answer.text
    if photo:
        await uploaded(officer, image)
    if pdf:
        await uploaded(officer, page, "application/pdf")
    first, *acts, last = story.acts
    now = await office.begin(first, inspection_id=about["id"], evidence=[])
    for after, act in enumerate(acts, 1):
        told = await office.put(now["id"], act, after)
        assert told.status_code == 200, (act.kind, told.text)
    assert last.kind == "archive"
    await papers.put_on_paper(officer, now["id"], last.at.isoformat(), sealing=True)
    return Closed(now["id"], len(acts) + 1, last.at.isoformat(), shot["id"], paper["id"])


def body(case: Closed, **changes: Any) -> dict[str, Any]:
    return {"at": case.at, "after": case.after, "number": NUMBER, "kept": "permanent"} | changes


async def archived(office, county) -> Closed:
    case = await closed(office, county)
    answer = await office.clients[WANG.number].put(f"/v1/cases/{case.id}/archive", json=body(case))
    assert answer.status_code == 200, answer.text
    return case


async def verification(office, case: Closed) -> dict[str, Any]:
    answer = await office.clients[WANG.number].get(f"/v1/cases/{case.id}/archive/verification")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())
