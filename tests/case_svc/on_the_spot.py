"""What a tablet sends of a visit: one good value of each thing; keyword changes only."""

import base64
import hashlib
import json
from datetime import datetime
from typing import Any
from uuid import uuid4

from lawbook.checklist import Checklist
from lawbook.content import load
from paper.blocks import Document
from paper.compose import compose
from paper.digest import digest
from paper.render import render
from paper.signing import Signature
from paper.template import load_template
from services.kit.settings import ROOT
from tests.case_svc.proceedings import FIRST, SECOND

DEVICE = "tablet-1"
CHECKLIST = Checklist.from_content(load(ROOT / "content" / "checklists" / "metallurgy.toml"))
PLACE = {"lat": 35.596, "lon": 110.712, "accuracy": 8.0, "datum": "WGS84"}
SIGNED_AT, ISSUED_AT = "2026-06-23T03:30:00Z", "2026-06-23T03:40:00Z"
TUS = {"tus-resumable": "1.0.0"}
CHUNK = TUS | {"content-type": "application/offset+octet-stream"}


def finding(item: str, **changes: Any) -> dict[str, Any]:
    asked = CHECKLIST.item(item)
    return {
        "id": str(uuid4()), "check_item": item, "description": asked.unmet, "basis": asked.basis,
        "correct_by": "2026-07-08", "major": False,
    } | changes  # fmt: skip


def inspection(plant: str, unmet: tuple[str, ...] = ("G06",), **changes: Any) -> dict[str, Any]:
    """An inspection of a plant, with one finding for each unmet item."""
    answers = {
        item.code: {"answer": "not_met" if item.code in unmet else "met", "remark": ""}
        for item in CHECKLIST.items
    }
    return {
        "id": str(uuid4()), "scheme_id": None, "planned_inspection_id": None, "entity_id": plant,
        "region": "140882", "checklist": CHECKLIST.ref, "officers": [FIRST, SECOND],
        "answers": answers, "place": "熔炼车间", "started_at": "2026-06-23T01:00:00Z",
        "ended_at": "2026-06-23T03:00:00Z", "findings": [finding(item) for item in unmet],
        "present": {"name": "贺平川", "duty": "安全管理部部长", "phone": "19920000001"},
        "device": DEVICE, "location": PLACE,
    } | changes  # fmt: skip


def evidence(inspection_id: str, content: bytes, **changes: Any) -> dict[str, Any]:
    return {
        "id": str(uuid4()), "inspection_id": inspection_id, "hazard_id": None,
        "sha256": hashlib.sha256(content).hexdigest(), "size": len(content),
        "media_type": "image/jpeg", "captured_at": "2026-06-23T02:10:00Z", "caption": "公示栏",
        "location": PLACE, "device": DEVICE,
    } | changes  # fmt: skip


def reinspection(
    about: dict[str, Any], outcome: str = "corrected", **changes: Any
) -> dict[str, Any]:
    return {
        "id": str(uuid4()), "inspection_id": about["id"], "officers": [FIRST, SECOND],
        "reinspected_at": "2026-07-09T01:00:00Z", "device": DEVICE,
        "results": [
            {"hazard_id": found["id"], "outcome": outcome, "remark": "公示栏已更新"}
            for found in about["findings"]
        ],
    } | changes  # fmt: skip


def document_data(kind: str, about: dict[str, Any]) -> dict[str, Any]:
    """The example's data, with the officers and the findings of this inspection."""
    example = json.loads((ROOT / "content" / "documents" / kind / "example.json").read_text())
    data: dict[str, Any] = example["data"]
    data["officers"] = [{"name": "张岳", "number": FIRST}, {"name": "李秋", "number": SECOND}]
    if field := load_template(ROOT / "content" / "documents" / kind).selects:
        columns = [column.code for column in field.columns]
        data[field.code] = [
            {name: told for name in columns if (told := said.get(name))}
            for found in about["findings"]
            for said in (found | {"finding": found["id"]},)
        ]
    return data


def signature(seal: str, role: str, name: str, number: str | None = None) -> dict[str, Any]:
    return {
        "role": role, "name": name, "officer_number": number, "signed_at": SIGNED_AT,
        "digest": seal, "strokes": [[[0, 0], [40, 30]], [[40, 0], [0, 30]]], "refused": None,
    }  # fmt: skip


def page_signatures(kind: str, data: dict[str, Any], name: str) -> dict[str, Any]:
    """The members of a letter whose every page is signed: `pages`, and the party's signatures."""
    form, seal = load_template(ROOT / "content" / "documents" / kind), digest(kind, None, data)
    pages = list(compose(form, data, None, ()).pages)
    signed = [
        signature(seal, "party", name) | {"page": at, "page_digest": own}
        for at, own in enumerate(pages, start=1)
    ]
    return {"pages": pages, "signatures": signed}


def document(
    about: dict[str, Any], lease: dict[str, Any], *, kind: str = "inspection-record",
    nth: int = 0, data: dict[str, Any] | None = None, pdf: bytes = b"%PDF-1.7 short",
    **changes: Any,
) -> dict[str, Any]:  # fmt: skip
    """A document about an inspection with the lease's nth number, signed by all."""
    number = lease["pattern"].replace("{sequence}", str(lease["first"] + nth))
    data = data or document_data(kind, about)
    seal = digest(kind, number, data)
    return {
        "id": str(uuid4()), "inspection_id": about["id"], "kind": kind, "number": number,
        "lease_id": lease["id"], "data": data, "digest": seal, "renderer": "fpdf2",
        "signatures": [
            signature(seal, "officer", "张岳", FIRST), signature(seal, "officer", "李秋", SECOND),
            signature(seal, "party", "贺平川"),
        ],
        "pdf_sha256": hashlib.sha256(pdf).hexdigest(), "pdf_size": len(pdf),
        "issued_at": ISSUED_AT, "device": DEVICE, "corrects": None,
    } | changes  # fmt: skip


def composed(body: dict[str, Any]) -> Document:
    """The document as the tablet composes it."""
    form = load_template(ROOT / "content" / "documents" / body["kind"])
    signatures = [
        Signature(**one | {"signed_at": datetime.fromisoformat(one["signed_at"])})
        for one in body["signatures"]
    ]
    return compose(form, body["data"], body["number"], signatures, body.get("proof"))


def drawn(body: dict[str, Any]) -> bytes:
    """The PDF as the tablet draws it."""
    return render(
        composed(body), body["renderer"], issued_at=datetime.fromisoformat(body["issued_at"])
    )


def letter(kind: str, body: dict[str, Any], **changes: Any) -> dict[str, Any]:
    about = body.get("inspection_id") or body["id"]
    return {
        "id": str(uuid4()), "subject": f"inspection/{about}", "kind": kind, "body": body,
        "written_at": "2026-06-23T03:00:00Z",
    } | changes  # fmt: skip


def spelled(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def checksum(chunk: bytes) -> str:
    return f"sha256 {base64.b64encode(hashlib.sha256(chunk).digest()).decode()}"


async def leased(client, document: str, *, device: str = DEVICE, count: int = 5) -> dict[str, Any]:
    """A lease of numbers for the tablet."""
    asked = {"document": document, "year": 2026, "device": device, "count": count}
    answer = await client.put(f"/v1/number-leases/{uuid4()}", json=asked)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def recorded(client, body: dict[str, Any]) -> dict[str, Any]:
    """Have an inspection recorded."""
    answer = await client.put(f"/v1/inspections/{body['id']}", json=body)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def begun(client, content: bytes, media_type: str = "image/jpeg", **headers: str) -> Any:
    """Begin an upload: the answer."""
    sha256 = hashlib.sha256(content).hexdigest()
    metadata = f"sha256 {spelled(sha256)},media_type {spelled(media_type)}"
    given = {"upload-length": str(len(content)), "upload-metadata": metadata}
    return await client.post("/v1/files", headers=TUS | given | headers)


async def append(client, url: str, chunk: Any, offset: int, **headers: str) -> Any:
    """Send one chunk: the answer."""
    return await client.patch(
        url, content=chunk, headers=CHUNK | {"upload-offset": str(offset)} | headers
    )


async def offset_of(client, url: str) -> int:
    answer = await client.head(url, headers=TUS)
    assert answer.status_code == 200, answer.status_code
    return int(answer.headers["upload-offset"])


async def uploaded(client, content: bytes, media_type: str = "image/jpeg") -> str:
    """Send a whole file: its address."""
    answer = await begun(client, content, media_type)
    assert answer.status_code == 201, answer.text
    url = str(answer.headers["location"])
    done = await append(client, url, content, 0)
    assert done.status_code == 204, done.text
    return url


async def lines_of(client, dataset: str, after: str | None = None) -> tuple[list[Any], Any]:
    """The rows and the trailer of a pull, the trailer checked against the bytes."""
    answer = await client.get(f"/v1/pulls/{dataset}", params={"after": after} if after else {})
    assert answer.status_code == 200, answer.text
    *lines, last = answer.content.splitlines(keepends=True)
    trailer = json.loads(last)
    assert trailer["sha256"] == hashlib.sha256(b"".join(lines)).hexdigest()
    return [json.loads(line) for line in lines], trailer
