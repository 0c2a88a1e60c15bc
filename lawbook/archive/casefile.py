"""A case file sealed and proved (封卷、核验): cover, catalogue, acts in their chain, the bytes.

The seal is over the tag manifest of the bag, which is over everything else. It stands in the
office's database, and signed in `seal.json`: without either, a file that was rewritten whole and
consistently could not be told from the true one, and `proved` says that it was not asked.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from lawbook.archive import bag
from lawbook.archive.bag import SEAL, Fault
from lawbook.archive.catalogue import Cover, Entry
from lawbook.journal import spelled

COVER, CATALOGUE, ACTS = "cover.json", "catalogue.json", "acts.jsonl"
COVER_SHEET, CATALOGUE_SHEETS, WHOLE = "案卷首页.pdf", "卷内目录.pdf", "案卷.pdf"
"""What is drawn of a file for those who read paper: cover, catalogue, and all of its pages numbered."""
NOTHING: Mapping[str, bytes] = {}
START = "0" * 64
"""What stands before the first act of a chain."""
Signed = Callable[[Mapping[str, Any]], bool]
"""Whether a key of the office has signed what `seal.json` says: all members but the signature."""


@dataclass(frozen=True, slots=True)
class ActLine:
    """One act as the chain holds it: its place, its links, and all that it says.

    received_at: when it was entered, as ISO 8601 in UTC; "" in files of before it was told.
    """

    seq: int
    prev: str
    link: str
    act: Mapping[str, Any]
    received_at: str = ""

    def plain(self) -> dict[str, Any]:
        """As JSON."""
        told = {"seq": self.seq, "prev": self.prev, "link": self.link, "act": dict(self.act)}
        return told | ({"received_at": self.received_at} if self.received_at else {})


def link_of(case: str, prev: str, act: Mapping[str, Any]) -> str:
    """The link of an act told as JSON: SHA-256 of the case's id, the link before, and what it says."""
    return hashlib.sha256(spelled({"case": case, "prev": prev, **act})).hexdigest()


def chain_faults(case: str, acts: Sequence[ActLine]) -> list[Fault]:
    """Where the chain does not hold: an act changed, left out, added, or out of order."""
    found, prev = [], START
    for place, one in enumerate(acts, 1):
        called = f"{ACTS} 第 {place} 行"
        if one.seq != place:
            found.append(Fault(called, f"序号为 {one.seq}，缺少或者多出办案行为"))
        if one.prev != prev:
            found.append(Fault(called, "与前一个办案行为不相接"))
        if link_of(case, one.prev, one.act) != one.link:
            found.append(Fault(called, f"办案行为 {one.act.get('kind')} 的内容已改变"))
        prev = one.link
    if not acts:
        found.append(Fault(ACTS, "没有办案行为"))
    return found


def payload(
    case: str, cover: Cover, entries: Sequence[Entry], acts: Sequence[ActLine],
    content: Mapping[str, bytes | Path], drawn: Mapping[str, bytes] = NOTHING,
) -> list[tuple[str, bytes | Path]]:  # fmt: skip
    """What goes into the bag. `content`: the bytes of each piece by its id. KeyError without one.

    `drawn`: the sheets by their names; the cover holds the sum of each.
    """
    told = {"case": case, **cover.plain(), "last_link": acts[-1].link if acts else START}
    if drawn:
        told["drawn"] = sums(drawn)
    lines = b"".join(spelled(one.plain()) + b"\n" for one in acts)
    return [
        (COVER, spelled(told) + b"\n"),
        (CATALOGUE, spelled([one.plain() for one in entries]) + b"\n"),
        (ACTS, lines),
        *drawn.items(),
        *((one.path, content[one.piece.id]) for one in entries),
    ]


def sums(drawn: Mapping[str, bytes]) -> dict[str, str]:
    """Name → SHA-256 of what is drawn, as the cover holds it."""
    return {name: hashlib.sha256(content).hexdigest() for name, content in drawn.items()}


def seal(
    folder: Path, case: str, cover: Cover, entries: Sequence[Entry], acts: Sequence[ActLine],
    content: Mapping[str, bytes | Path], on: date, extra: Sequence[tuple[str, bytes | Path]] = (),
    drawn: Mapping[str, bytes] = NOTHING,
) -> str:  # fmt: skip
    """Write the case file as a bag into a new folder; its seal. `extra`: more of the payload."""
    info = {
        "Source-Organization": cover.organ,
        "External-Identifier": cover.number,
        "External-Description": cover.title,
        "Internal-Sender-Identifier": case,
    }
    return bag.write(
        folder, [*payload(case, cover, entries, acts, content, drawn), *extra], info, on
    )


def seal_document(case: str, number: str, sealed: str, last_link: str, at: str) -> dict[str, Any]:
    """What `seal.json` says, before it is signed as receipts are (`lawbook.journal.signed_part`)."""
    return {
        "case": case, "number": number, "seal": sealed, "last_link": last_link, "sealed_at": at,
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found of a case file (核验结果). `proved`: by what it was compared beside itself."""

    number: str
    acts: int
    pieces: int
    proved: tuple[str, ...]
    faults: tuple[Fault, ...]

    def said(self) -> str:
        """In the archivist's words."""
        if self.faults:
            return "\n".join(["案卷与封卷时不符：", *(f"  {one.told}" for one in self.faults)])
        by = "、".join(self.proved) if self.proved else "仅与案卷自身，未核对封印"
        return f"案卷 {self.number} 完好：办案行为 {self.acts} 个，材料 {self.pieces} 件；核对依据：{by}"


def checked(folder: Path, *, wanted: str | None = None, signed: Signed | None = None) -> Checked:
    """Everything of a case file against itself, against the seal that was `wanted`, and its signature.

    `wanted`: the seal that the office's database holds. Never raises for what a file says.
    """
    sum_of = bag.once()
    found = bag.faults(folder, sum_of)
    try:
        told, entries, acts = _read(folder)
    except (OSError, ValueError, KeyError, TypeError) as error:
        return Checked("", 0, 0, (), (*found, Fault("data", f"不可读：{error}")))
    case = str(told.get("case"))
    found += chain_faults(case, acts)
    found += _catalogue_faults(folder, told, entries, sum_of)
    found += _drawn_faults(folder, told, sum_of)
    if told.get("last_link") != (acts[-1].link if acts else START):
        found.append(Fault(COVER, "最后一个办案行为的链值不符"))
    proved: list[str] = []
    sealed = (
        bag.sha256_of(folder / bag.TAG_MANIFEST) if (folder / bag.TAG_MANIFEST).is_file() else ""
    )
    if wanted is not None:
        proved.append("办公室登记的封印")
        if sealed != wanted:
            found.append(Fault(bag.TAG_MANIFEST, "与登记的封印不符"))
    if signed is not None:
        proved.append("封印签名")
        found += _seal_faults(folder, case, sealed, told, signed)
    pieces = sum(1 for _ in entries)
    return Checked(str(told.get("number")), len(acts), pieces, tuple(proved), tuple(found))


def _read(folder: Path) -> tuple[dict[str, Any], list[dict[str, Any]], list[ActLine]]:
    data = folder / "data"
    told = json.loads((data / COVER).read_bytes())
    entries = json.loads((data / CATALOGUE).read_bytes())
    acts = [
        ActLine(
            int(one["seq"]),
            str(one["prev"]),
            str(one["link"]),
            dict(one["act"]),
            str(one.get("received_at", "")),
        )
        for one in map(json.loads, (data / ACTS).read_bytes().splitlines())
    ]
    return dict(told), [dict(one) for one in entries], acts


def _catalogue_faults(
    folder: Path, told: Mapping[str, Any], entries: Sequence[Mapping[str, Any]], sum_of: bag.Sum
) -> list[Fault]:
    """The catalogue's lines against the bytes, its page numbers, and the cover's sums."""
    found, page = [], 1
    for place, one in enumerate(entries, 1):
        path = folder / "data" / str(one["path"])
        if one["place"] != place or one["page_from"] != page:
            found.append(Fault(CATALOGUE, f"第 {place} 件的序号或者页号不相接"))
        if not path.is_file():
            found.append(Fault(CATALOGUE, f"第 {place} 件（{one['title']}）不在卷内"))
        elif sum_of(path) != one["sha256"]:
            found.append(Fault(f"data/{one['path']}", "与目录登记的摘要不符"))
        page = int(one["page_to"]) + 1
    if told.get("pieces") != len(entries) or told.get("pages") != page - 1:
        found.append(Fault(COVER, "件数或者页数与目录不符"))
    known = {str(one["path"]) for one in entries}
    for kind in ("documents", "evidence"):
        here = folder / "data" / kind
        found += [
            Fault(f"data/{kind}/{path.name}", "不在卷内目录中")
            for path in (sorted(here.iterdir()) if here.is_dir() else ())
            if f"{kind}/{path.name}" not in known
        ]
    return found


def _drawn_faults(folder: Path, told: Mapping[str, Any], sum_of: bag.Sum) -> list[Fault]:
    """The drawn sheets against the sums that the cover holds. Files of before there were any have none."""
    found = []
    for name, digest in dict(told.get("drawn", NOTHING)).items():
        path = folder / "data" / str(name)
        if not path.is_file() or sum_of(path) != digest:
            found.append(Fault(f"data/{name}", "与案卷首页登记的摘要不符"))
    return found


def _seal_faults(
    folder: Path, case: str, sealed: str, told: Mapping[str, Any], signed: Signed
) -> list[Fault]:
    try:
        seal_said = json.loads((folder / SEAL).read_bytes())
        holds = signed(seal_said)
    except (OSError, ValueError, KeyError, TypeError):
        return [Fault(SEAL, "没有封印，或者不可读")]
    found = [] if holds else [Fault(SEAL, "封印的签名不成立")]
    if seal_said.get("seal") != sealed:
        found.append(Fault(SEAL, "封印与案卷不符"))
    if (seal_said.get("case"), seal_said.get("last_link")) != (case, told.get("last_link")):
        found.append(Fault(SEAL, "封印是另一案卷的"))
    return found
