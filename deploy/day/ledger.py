"""First part of the morning: a workbook comes in (企业台账导入)."""

from pathlib import Path
from typing import Any

import httpx

from deploy.county import plants
from deploy.day import workbook
from deploy.day.bureau import Bureau, DayFailed, good
from lawbook.content import load
from lawbook.entity import LedgerDictionary
from services.kit.settings import ROOT

DICTIONARY = ROOT / "content" / "ledger" / "dictionary.toml"


async def _send(office: httpx.AsyncClient, id_: str, path: Path) -> dict[str, Any]:
    checked: dict[str, Any] = good(
        await office.put(
            f"/v1/entity-imports/{id_}",
            params={"filename": path.name},
            content=path.read_bytes(),
            headers={
                "content-type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            },
        )
    )
    return checked


async def _apply(office: httpx.AsyncClient, id_: str) -> dict[str, Any]:
    applied: dict[str, Any] = good(
        await office.put(f"/v1/entity-imports/{id_}/application", json={})
    )
    if applied["state"] != "applied":
        raise DayFailed(f"导入 {id_} 未完成：{applied['state']}")
    return applied


async def bring_in(bureau: Bureau) -> None:
    """Check and apply a faulty workbook, send back the painted one, then the corrected one, twice."""
    office = await bureau.sign_in("hejing")
    dictionary = LedgerDictionary.from_content(load(DICTIONARY))
    faulty, corrected = bureau.folder / "企业台账.xlsx", bureau.folder / "企业台账（更正）.xlsx"
    workbook.write(faulty, workbook.faulty_plants(), dictionary)
    workbook.write(corrected, list(plants(workbook.ROWS)), dictionary)

    first = bureau.id("import/faulty")
    with bureau.tell.working("核对 500 行台账"):
        checked = await _send(office, first, faulty)
    kinds = {problem["code"] for problem in checked["problems"]}
    bureau.tell.done(
        f"核对 {checked['rows']} 行：{checked['good']} 行可用，{checked['bad']} 行有误（{len(kinds)} 类原因）",
        "\n".join(_samples(checked)),
    )
    with bureau.tell.working("写入台账"):
        applied = await _apply(office, first)
    bureau.tell.done(_counts("可用的行已入台账", applied))
    painted = await office.get(f"/v1/entity-imports/{first}/workbook")
    back = bureau.folder / "企业台账（核对结果）.xlsx"
    back.write_bytes(painted.raise_for_status().content)
    bureau.tell.done("原表退回，错处涂色并注明原因", str(back))

    second = bureau.id("import/corrected")
    await _send(office, second, corrected)
    bureau.tell.done(_counts("更正后的表", await _apply(office, second)))
    third = bureau.id("import/again")
    await _send(office, third, corrected)
    again = await _apply(office, third)
    bureau.tell.done(_counts("同一张表再报一次", again))
    if again["new"] or again["changed"]:
        raise DayFailed("同一张表第二次导入改变了台账")


def _counts(what: str, told: dict[str, Any]) -> str:
    return f"{what}：新增 {told['new']}，变更 {told['changed']}，不变 {told['unchanged']}"


def _samples(checked: dict[str, Any]) -> list[str]:
    seen: dict[str, str] = {}
    for problem in checked["problems"]:
        seen.setdefault(problem["code"], f"第 {problem['row']} 行 {problem['reason']}")
    return list(seen.values())
