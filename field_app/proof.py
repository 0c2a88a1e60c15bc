"""Proof of a journal (信件日志的核验): chain, hashes and receipts, from its lines and public keys alone.

A journal is exported as NDJSON: a line for each letter in the one spelling of its JSON, a line for
the receipt of each file that the office has, then a trailer. Whoever has the lines and the office's
public keys needs neither tablet nor office.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from field_app.journal import linked
from field_app.receipts import FILE_SIGNED, OLDER, SIGNED, Keys, doubt, signed_by
from field_app.store import Store
from lawbook.journal import spelled

LINE = frozenset(
    ("device", "seq", "prev", "link", "id", "subject", "kind", "written_at", "sha256", "body",
     "receipt")
)  # fmt: skip


@dataclass
class Findings:
    """What a journal proves: letters, those with a signed receipt, those with one of before, files.

    `files`: those with a signed receipt. `faults`: each names a letter or a file and says what is
    wrong with it. None: the chain is whole.
    """

    letters: int = 0
    receipted: int = 0
    older: int = 0
    files: int = 0
    faults: list[str] = field(default_factory=list)

    def said(self) -> str:
        """The findings in a line, and a line for each fault."""
        whole = f"{len(self.faults)} 处不符：" if self.faults else "链完整"
        head = f"{self.letters} 封信件中 {self.receipted} 封有回执，{whole}"
        older = [f"另有 {self.older} 封为旧版回执，没有签名"] if self.older else []
        files = [f"{self.files} 个文件有回执"] if self.files else []
        return "\n".join([head, *self.faults, *older, *files])


def exported(store: Store) -> Iterator[bytes]:
    """The lines of a store's journal, each with its end, and the trailer."""
    rows = store.db.conn.execute(
        "select seq, prev, link, id, subject, kind, written_at, sha256, body, receipt, emptied_at "
        "from letter order by seq, position, rowid"
    )
    count, last = 0, store.outbox.journal.name
    for row in rows.fetchall():
        line = dict(zip(("seq", "prev", "link", "id", "subject", "kind"), row[:6], strict=True))
        line |= {"device": store.device, "written_at": row[6], "sha256": row[7]}
        line["body"] = None if row[10] else json.loads(row[8])
        line["receipt"] = json.loads(row[9]) if row[9] else None
        count, last = count + 1, row[2]
        yield spelled(line) + b"\n"
    files = 0
    for receipt in store.outbox.file_receipts():
        if set(receipt) == FILE_SIGNED:
            files += 1
            yield spelled(receipt) + b"\n"
    yield _trailer(count, last, files)


def _trailer(count: int, link: object, files: int = 0) -> bytes:
    told = {"end": True, "letters": count, "link": link} | ({"files": files} if files else {})
    return spelled(told) + b"\n"


def checked(data: bytes, keys: Keys) -> Findings:
    """What an exported journal proves, by these public keys. Never raises for what is in it."""
    found = Findings()
    *parts, rest = data.split(b"\n")
    parts = [part + b"\n" for part in parts]
    *lines, last = [*parts, rest] if rest or not parts else parts
    device: object = None
    link: object = None
    for number, text in enumerate(lines, start=1):
        if receipt := _file(text):
            if problem := signed_by(receipt, keys):
                said = problem["title"].partition("，")[0]
                found.faults.append(f"文件 {receipt['file']}：{said}")
            found.files += 1
            continue
        found.letters += 1
        line = _read(text)
        if line is None:
            found.faults.append(f"第 {number} 封信件：无法读取，或被改动")
            link = None
            continue
        device = device or line["device"]
        why = _place(line, number, device, link) or _content(line, keys, found)
        if why:
            found.faults.append(f"第 {number} 封信件（{line['id']}）：{why}")
        link = line["link"]
    # An empty journal's trailer names the journal, which no letter follows yet.
    letters = found.letters
    whole = last == _trailer(letters, link, found.files) if letters else _empty(last, found.files)
    if not whole and not (letters and link is None):
        found.faults.append(
            f"第 {letters} 封信件之后（自第 {letters + 1} 封起）：日志不完整，或末尾被改动"
        )
    return found


def _file(text: bytes) -> dict[str, Any] | None:
    """The receipt of a file, when a line in the one spelling is one."""
    try:
        line = json.loads(text.decode())
    except (ValueError, RecursionError):
        return None
    if isinstance(line, dict) and set(line) == FILE_SIGNED and spelled(line) + b"\n" == text:
        return line
    return None


def _read(text: bytes) -> dict[str, Any] | None:
    """A line, when it is in the one spelling and has a letter's members."""
    try:
        line = json.loads(text.decode())
        if isinstance(line, dict) and set(line) == LINE and spelled(line) + b"\n" == text:
            return line
    except (ValueError, RecursionError):
        pass
    return None


def _empty(text: bytes, files: int) -> bool:
    try:
        told = json.loads(text.decode())
        return isinstance(told, dict) and text == _trailer(0, told.get("link"), files)
    except (ValueError, RecursionError):
        return False


def _place(line: dict[str, Any], number: int, device: object, link: object) -> str | None:
    """Why a letter does not stand at its place in the chain."""
    if line["link"] != linked(line["device"], line):
        return "内容与链值不符"
    if line["device"] != device:
        return "不是这台平板的信件"
    if line["seq"] != number:
        return f"序号应为 {number}"
    if link is not None and line["prev"] != link:
        return "与前一封信件不相接"
    return None


def _content(line: dict[str, Any], keys: Keys, found: Findings) -> str | None:
    """Why a letter's body or receipt does not hold; counts a receipt that does."""
    receipt = line["receipt"]
    if line["body"] is not None:
        if hashlib.sha256(spelled(line["body"])).hexdigest() != line["sha256"]:
            return "内容与其摘要不符"
    elif not isinstance(receipt, dict) or set(receipt) != SIGNED:
        return "没有回执，内容却已不在"
    if receipt is None:
        return None
    if not isinstance(receipt, dict):
        return "回执无法读取"
    if set(receipt) == OLDER and (receipt["letter"], receipt["sha256"]) == (
        line["id"], line["sha256"],
    ):  # fmt: skip
        found.older += 1
        return None
    own = {name: line[name] for name in ("device", "seq", "link", "sha256")}
    problem = doubt(receipt, own | {"letter": line["id"]}, keys)
    if problem is None and set(receipt) == SIGNED:
        found.receipted += 1
        return None
    return problem["title"].partition("，")[0] if problem else "回执的内容不符"
