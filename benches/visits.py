"""What a tablet has to tell after a round of visits: letters in the shapes of the wire."""

import hashlib
import json
from typing import Any
from uuid import uuid4

from benches.ground import ROOT
from lawbook.checklist import Checklist
from lawbook.content import load
from paper.digest import digest

OFFICERS = {"14088200001": "张岳", "14088200002": "李秋"}
DEVICE = "bench-tablet"
CHECKLIST = Checklist.from_content(load(ROOT / "content" / "checklists" / "metallurgy.toml"))
PHOTOS = 5
DOCUMENTS = ("inspection-record", "correction-order")
LETTERS_OF_A_VISIT = 1 + PHOTOS + len(DOCUMENTS)

Letter = tuple[str, str, dict[str, Any]]
"""Subject, kind, body."""


def visit(entity_id: str, leases: dict[str, dict[str, Any]], nth: int) -> list[Letter]:
    """One visit: its inspection, photos, and two documents with the leases' nth numbers."""
    about = _inspection(entity_id)
    bodies = [("inspection.record", about)]
    bodies += [("evidence.declare", _evidence(about["id"], n)) for n in range(PHOTOS)]
    bodies += [("document.issue", _document(about, kind, leases[kind], nth)) for kind in DOCUMENTS]
    return [(f"inspection/{about['id']}", kind, body) for kind, body in bodies]


def _inspection(entity_id: str) -> dict[str, Any]:
    unmet = CHECKLIST.items[0]
    answers = {item.code: {"answer": "met", "remark": ""} for item in CHECKLIST.items}
    answers[unmet.code]["answer"] = "not_met"
    return {
        "id": str(uuid4()), "scheme_id": None, "planned_inspection_id": None, "entity_id": entity_id,
        "region": "140882", "checklist": CHECKLIST.ref, "officers": list(OFFICERS),
        "answers": answers, "place": "熔炼车间", "started_at": "2026-06-23T01:00:00Z",
        "ended_at": "2026-06-23T03:00:00Z", "device": DEVICE, "location": None,
        "present": {"name": "贺平川", "duty": "安全科长", "phone": "13834110001"},
        "findings": [{
            "id": str(uuid4()), "check_item": unmet.code, "description": unmet.unmet,
            "basis": unmet.basis, "correct_by": "2026-07-08", "major": False,
        }],
    }  # fmt: skip


def _evidence(inspection_id: str, number: int) -> dict[str, Any]:
    return {
        "id": str(uuid4()), "inspection_id": inspection_id, "hazard_id": None,
        "sha256": hashlib.sha256(f"{inspection_id}/{number}".encode()).hexdigest(),
        "size": 2_000_000, "media_type": "image/jpeg", "captured_at": "2026-06-23T02:10:00Z",
        "caption": "现场照片", "location": None, "device": DEVICE,
    }  # fmt: skip


def _document(about: dict[str, Any], kind: str, lease: dict[str, Any], nth: int) -> dict[str, Any]:
    example = ROOT / "content" / "documents" / kind / "example.json"
    data: dict[str, Any] = json.loads(example.read_text(encoding="utf-8"))["data"]
    data["officers"] = [{"name": name, "number": number} for number, name in OFFICERS.items()]
    if kind == "correction-order":
        told = ("description", "basis", "correct_by", "major")
        data["problems"] = [{name: one[name] for name in told} for one in about["findings"]]
    number = lease["pattern"].replace("{sequence}", str(lease["first"] + nth))
    seal = digest(kind, number, data)
    signers: list[tuple[str, str, str | None]] = [
        *(("officer", name, officer) for officer, name in OFFICERS.items()), ("party", "贺平川", None),
    ]  # fmt: skip
    return {
        "id": str(uuid4()), "inspection_id": about["id"], "kind": kind, "number": number,
        "lease_id": lease["id"], "data": data, "digest": seal, "renderer": "fpdf2",
        "pdf_sha256": hashlib.sha256(seal.encode()).hexdigest(), "pdf_size": 90_000,
        "issued_at": "2026-06-23T03:40:00Z", "device": DEVICE,
        "signatures": [{
            "role": role, "name": name, "officer_number": officer, "digest": seal,
            "signed_at": "2026-06-23T03:30:00Z", "strokes": [[[0, 0], [40, 30]], [[40, 0], [0, 30]]],
        } for role, name, officer in signers],
    }  # fmt: skip
