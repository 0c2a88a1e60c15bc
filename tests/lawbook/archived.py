"""A case file as it is sealed, for the tests that look at it and those that tamper with it."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from lawbook.archive import bag
from lawbook.archive.casefile import (
    CATALOGUE_SHEETS,
    COVER_SHEET,
    START,
    WHOLE,
    ActLine,
    link_of,
    seal,
    seal_document,
)
from lawbook.archive.catalogue import (
    Cover,
    Piece,
    Sort,
    arranged,
)
from lawbook.journal import signed_part

CASE = "00000000-0000-4000-8000-00000000c001"
ON = date(2026, 6, 30)
BYTES = {
    "decision": b"%PDF decision", "notice": b"%PDF notice", "receipt": b"%PDF receipt",
    "photo": b"JPEG photo", "film": b"MP4 film" * 1000,
}  # fmt: skip
DRAWN = {COVER_SHEET: b"%PDF cover", CATALOGUE_SHEETS: b"%PDF catalogue", WHOLE: b"%PDF whole"}
KINDS = ("propose-filing", "approve-filing", "decide", "serve", "pay", "close", "archive")


def piece(id_, sort=Sort.DOCUMENT, on=ON, pages=2, suffix=".pdf", title=None):
    content = BYTES[id_]
    return Piece(
        id_, sort, title or f"文书{id_}", "（运）应急罚〔2026〕1号" if sort is Sort.DOCUMENT else "",
        on, hashlib.sha256(content).hexdigest(), pages, suffix,
    )  # fmt: skip


PIECES = [
    piece("photo", Sort.EVIDENCE, ON - timedelta(60), 1, ".jpg", "照片/一"),
    piece("decision", on=ON - timedelta(20)),
    piece("film", Sort.EVIDENCE, ON - timedelta(61), 1, ".mp4"),
    piece("notice", on=ON - timedelta(30), pages=3),
    piece("receipt", on=ON - timedelta(10), pages=1),
]


def acts(kinds=KINDS):
    made: list[ActLine] = []
    for seq, kind in enumerate(kinds, 1):
        act = {"id": f"act-{seq}", "kind": kind, "said": {"note": "意见" * seq}}
        prev = made[-1].link if made else START
        made.append(ActLine(seq, prev, link_of(CASE, prev, act), act))
    return made


def cover(entries):
    return Cover(
        organ="运城市应急管理局", category="行政处罚案件档案", title="某铸造厂未如实记录案",
        number="2026-CF-001", case_number="（运）应急立〔2026〕1号", opened_on=ON - timedelta(90),
        closed_on=ON, archived_on=ON, pieces=len(entries), pages=entries[-1].page_to,
        officers=("张一（14080000001）", "李二（14080000002）"), archivist="王三", kept="permanent",
    )  # fmt: skip


def sealed(folder: Path) -> str:
    """A case file in that folder; the seal."""
    entries = arranged(PIECES)
    made = seal(folder, CASE, cover(entries), entries, acts(), BYTES, ON, drawn=DRAWN)
    said = seal_document(CASE, "2026-CF-001", made, acts()[-1].link, "2026-06-30T08:00:00Z")
    said["signature"] = f"signed {hashlib.sha256(signed_part(said)).hexdigest()}"
    (folder / bag.SEAL).write_text(json.dumps(said), encoding="utf-8")
    return made


def signed(told: Mapping[str, Any]) -> bool:
    """Stands in for a key that a forger does not have (the real one: tests of case_svc)."""
    return bool(told["signature"] == f"signed {hashlib.sha256(signed_part(told)).hexdigest()}")
