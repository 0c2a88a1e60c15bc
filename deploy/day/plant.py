"""At the plant, with no signal: the tablet in a process of its own, killed once (企业现场).

The process has no client of the office at all. It kills itself with SIGKILL in the middle of the
check list, as a dead battery would; the next one opens the same store and goes on.
"""

import asyncio
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from deploy.county import PASSWORD
from deploy.day.bureau import OFFICER, Bureau, DayFailed
from deploy.day.glass import photo, strokes
from field_app.actions.answer_item import answer_item
from field_app.actions.begin_inspection import begin_inspection
from field_app.actions.compose_document import compose_document
from field_app.actions.finish_inspection import finish_inspection
from field_app.actions.issue_document import issue_document
from field_app.actions.sign_document import sign_document
from field_app.actions.take_photo import keep_photo
from field_app.shelves.documents import Kept
from field_app.store import Store
from field_app.vault import Vault
from field_app.wire import Present
from lawbook.inspection import Answer

UNMET = {"G06": "2026 年以来的隐患排查记录缺少通报页，车间公示栏没有更新"}
PRESENT: Present = {"name": "贺平川", "duty": "安全管理部部长", "phone": "19920000001"}
DIES_AFTER = 7
"""Answers given before the battery is empty."""


async def inspect(bureau: Bureau, scheme: dict[str, Any]) -> None:
    """Two runs of the tablet's process: one that dies, one that finishes what it began."""
    first = await _run(bureau, scheme["id"], "--dies")
    if first.code == -signal.SIGKILL:
        bureau.tell.refused("平板突然断电", f"此前 {first.told['answered']} 项已作答，均已落盘")
    second = await _run(bureau, scheme["id"])
    if second.code != 0:
        raise DayFailed(f"平板上的检查没有完成：{second.errors[-800:]}")
    told = second.told
    if first.code == -signal.SIGKILL and told["found"] < first.told["answered"]:
        raise DayFailed("断电前已保存的作答少了")
    if told["found"]:
        bureau.tell.done(f"重新打开，从第 {told['found'] + 1} 项继续")
    bureau.tell.done(
        f"{scheme['entity_name']}：{told['items']} 项全部作答，发现问题 {told['hazards']} 项，"
        f"照片 {told['photos']} 张（拍摄时已取摘要）"
    )
    store = bureau.open_tablet()
    for document in told["documents"]:
        copy = bureau.folder / f"{document['name']} {document['number']}.pdf"
        copy.write_bytes(store.files.read(document["pdf"]))
        bureau.tell.done(
            f"{document['name']} {document['number']}：{document['signed']} 人签名，平板上出具",
            str(copy),
        )
    store.close()


class _Ended:
    def __init__(self, code: int, output: str, errors: str) -> None:
        lines = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
        self.code, self.errors = code, errors
        self.told: dict[str, Any] = lines[-1] if lines else {"answered": 0}


async def _run(bureau: Bureau, scheme_id: str, *more: str) -> _Ended:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "deploy.day.plant", str(bureau.tablet), scheme_id, *more,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    output, errors = await process.communicate()
    return _Ended(process.returncode or 0, output.decode(), errors.decode())


def _say(**told: object) -> None:
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _answer(store: Store, inspection_id: str, *, dies: bool) -> tuple[int, int]:
    """Answer what is not yet answered: (answers found, items of the check list)."""
    inspection = store.inspections.one(inspection_id)
    assert inspection
    items = store.packs.checklist(inspection.checklist).items
    known = store.inspections.answers(inspection_id)
    for item in items:
        if item.code in known:
            continue
        if item.code in UNMET:
            answer_item(store, inspection_id, item.code, Answer.NOT_MET, remark=UNMET[item.code])
            keep_photo(
                store, inspection_id, photo(inspection_id), "image/jpeg",
                caption=item.unmet, check_item=item.code,
            )  # fmt: skip
        else:
            answer_item(store, inspection_id, item.code, Answer.MET)
        answered = len(store.inspections.answers(inspection_id))
        _say(answered=answered)
        if dies and answered >= DIES_AFTER:
            os.kill(os.getpid(), signal.SIGKILL)
    return len(known), len(items)


def signed_and_issued(store: Store, about: str, kind: str, officers: list[str]) -> Kept:
    """Compose, have everybody sign on the glass, issue. Continues where it was broken off."""
    known = store.documents.about(about, kind)
    if known and known.issued_at:
        return known
    kept = compose_document(store, about, kind)
    for number in officers:
        officer = store.mirror.officer(number)
        assert officer
        name = officer["name"]
        sign_document(store, kept.id, "officer", name, number, strokes(name))
    sign_document(store, kept.id, "party", PRESENT["name"], None, strokes(PRESENT["name"]))
    return issue_document(store, kept.id)


def _documents(store: Store, inspection_id: str) -> list[dict[str, Any]]:
    return [
        {
            "name": store.packs.template(kept.kind).name, "number": kept.number,
            "pdf": kept.pdf_path, "signed": len(store.documents.signatures(kept.id)),
        }
        for kept in store.documents.of_inspection(inspection_id)
    ]  # fmt: skip


def _visit(folder: Path, scheme_id: str, *, dies: bool) -> None:
    store = Vault(folder).open(OFFICER, PASSWORD)
    known = store.inspections.of_scheme(scheme_id)
    if dies and known is not None:
        # The day is being taken up: the battery was empty once already.
        return
    inspection_id = begin_inspection(
        store, scheme_id=scheme_id, place="铸造车间、配电室、安全管理部", present=PRESENT,
        location={"lat": 35.596, "lon": 110.712, "accuracy": 12.0, "datum": "WGS84"},
    )  # fmt: skip
    found, items = (0, 0)
    inspection = store.inspections.one(inspection_id)
    assert inspection
    if inspection.ended_at is None:
        found, items = _answer(store, inspection_id, dies=dies)
        finish_inspection(store, inspection_id)
    answers = store.inspections.answers(inspection_id)
    hazards = sum(1 for one in answers.values() if one.answer is Answer.NOT_MET)
    for kind in ("correction-order", "inspection-record"):
        signed_and_issued(store, inspection_id, kind, inspection.officers)
    _say(
        answered=len(answers), found=found, items=items or len(answers), hazards=hazards,
        photos=len(store.inspections.photos(inspection_id)),
        documents=_documents(store, inspection_id),
    )  # fmt: skip
    store.close()


if __name__ == "__main__":
    _visit(Path(sys.argv[1]), sys.argv[2], dies="--dies" in sys.argv[3:])
