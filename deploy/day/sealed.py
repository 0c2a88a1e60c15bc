"""A case of this spring, entered afterwards and put on paper, up to its sealed file (补录并归档的案件)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid5

import httpx

from deploy.county import COUNTY
from deploy.day.bureau import DAY, HERE, Bureau, DayFailed, good
from deploy.day.case import HEAD

HANDLER, CHIEF = "zhangyue", "wangheng"
FINE: dict[str, Any] = {"penalties": ["fine"], "fine": 2_000_000}
VIOLATION: dict[str, Any] = {
    "offence": "aqscf-99", "description": "冲压设备未安装安全防护装置", "broke": "安全生产法 §36(1)",
    "basis": "安全生产法 §99(2)", "factors": [], "reason": "一台设备，已在期限内改正，未造成后果",
} | FINE  # fmt: skip
BLOCKED: dict[str, Any] = {
    "description": "仓库安全出口堆放物料", "broke": "安全生产法 §42(2)", "basis": "安全生产法 §105(2)",
    "penalties": [], "factors": [],
}  # fmt: skip
FILING: dict[str, Any] = {
    "source": "complaint", "found_on": "2026-03-02", "source_note": "群众举报：车间冲压设备没有护罩", "region": COUNTY,
    "officers": ["14088200001", "14088200002"], "cause": "安全设备的安装不符合标准",
    "name": "河津市汾滨机械有限公司安全设备安装不符合标准案",
    "summary": "2026年3月2日接到举报，经核查，该公司冲压车间一台冲压设备没有安装安全防护装置。",
    "party": {
        "kind": "organisation", "name": "河津市汾滨机械有限公司", "legal_rep": "周正",
        "legal_rep_post": "经理", "address": "河津市汾滨街1号", "phone": "0359-5550001",
    },
    "violations": [VIOLATION],
    "evidence": [{"name": "举报登记表", "kind": "书证", "taken_on": "2026-03-02"}],
}  # fmt: skip


def _served(of: str, day: str) -> dict[str, str]:
    return {"of": of, "method": "direct", "received_by": "周正", "served_on": day}


ACTS: tuple[tuple[str, str, str, Mapping[str, Any]], ...] = (
    ("2026-03-03T09:00", HEAD, "approve-filing", {"opinion": "同意立案。"}),
    ("2026-03-12T15:00", HANDLER, "conclude-investigation", {
        "facts": "冲压设备未安装安全防护装置，事实清楚，证据确凿。", "outcome": "penalty", **FINE,
        "text": "罚款人民币贰万元整", "violations": [VIOLATION],
    }),
    ("2026-03-16T09:00", HANDLER, "notify-penalty", {
        "facts": "冲压设备未安装安全防护装置。", "text": "罚款人民币贰万元整", **FINE,
    }),
    ("2026-03-16T15:00", HANDLER, "serve", _served("penalty-notice", "2026-03-16")),
    ("2026-03-17T10:00", HANDLER, "waive", {"right": "both", "signed_by": "周正", "signed_on": "2026-03-17"}),
    ("2026-03-18T09:00", HANDLER, "submit-decision", {
        "outcome": "penalty", "opinion": "建议处罚款二万元。", "text": "罚款人民币贰万元整", **FINE,
    }),
    ("2026-03-19T09:00", HEAD, "approve-decision", {
        "outcome": "penalty", "opinion": "同意。", "text": "罚款人民币贰万元整", **FINE,
    }),
    ("2026-03-20T09:00", HANDLER, "decide", {"text": "罚款人民币贰万元整", **FINE}),
    ("2026-03-20T15:00", HANDLER, "serve", _served("decision", "2026-03-20")),
    ("2026-03-23T09:00", HANDLER, "publish", {"where": "信用中国（山西）", "published_on": "2026-03-23"}),
    ("2026-03-30T16:00", HANDLER, "pay", {
        "towards": "fine", "amount": 2_000_000, "paid_on": "2026-03-30", "method": "bank",
        "receipt": "No.0301",
    }),
    ("2026-04-01T09:00", HANDLER, "propose-closing", {
        "performance": "罚款已缴清。", "opinion": "建议结案。", "receipts": ["No.0301"],
    }),
    ("2026-04-01T15:00", CHIEF, "endorse-closing", {"agreed": True, "opinion": "同意结案。"}),
    ("2026-04-02T09:00", HEAD, "close", {"opinion": "同意结案。"}),
)  # fmt: skip
"""Moment, who, what, and what is said: each on its own day, all of them entered today."""
ON_PAPER = ("approve-filing", "conclude-investigation", "notify-penalty", "approve-decision", "decide",
            "publish", "close")  # fmt: skip
"""After these acts what is lacking is put on paper."""
WORDS: Mapping[str, str] = {
    "handler_opinion": "违法事实清楚，建议依法处理。", "discretion": "一台设备，已在期限内改正，按一般情节裁量。",
    "organ_address": "河津市泰兴路2号", "contact": "张岳　0359-5550009", "bank": "河津市农商银行",
    "account": "财政专户 00000000", "heard": "当事人放弃陈述、申辩和听证。",
}  # fmt: skip
"""What a handler writes that no case knows."""


async def keep(bureau: Bureau) -> None:
    """Enter the case act by act, its documents each for its day, and seal its file; done before, nothing."""
    handler = await bureau.sign_in(HANDLER)
    url = f"/v1/cases/{_id('case')}"
    case = (await handler.get(url)).json()
    if case.get("stage") != "archived":
        body = FILING | {"procedure": "ordinary", "at": _at("2026-03-02T15:00")}
        good(await handler.put(url, json=body))
        for after, (at, who, kind, said) in enumerate(ACTS, 1):
            client = await bureau.sign_in(who)
            act = {"kind": kind, "at": _at(at), "after": after, "said": dict(said)}
            case = good(await client.put(f"{url}/acts/{_id(f'act/{after}')}", json=act))
            if kind in ON_PAPER:
                await _on_paper(handler, url, at)
        chief = await bureau.sign_in(CHIEF)
        seal = {
            "at": _at("2026-04-07T09:00"), "after": 1 + len(ACTS), "number": "2026-CF-001",
            "kept": "permanent",
        }  # fmt: skip
        good(await chief.put(f"{url}/archive", json=seal))
    told = good(await (await bureau.sign_in(CHIEF)).get(f"{url}/archive/verification"))
    if not told["intact"]:
        raise DayFailed(f"案卷核验不符：{told['faults']}")
    bureau.tell.done(
        f"{FILING['name']}：补录到归档，核验通过",
        f"办案行为 {told['acts']} 项，卷内材料 {told['pieces']} 件，各按办理之日制作",
    )


async def ask(bureau: Bureau) -> None:
    """A complaint of today that waits for the head: whoever opens the console finds it on his list."""
    handler, url = await bureau.sign_in(HANDLER), f"/v1/cases/{bureau.id('asked')}"
    if (await handler.get(url)).is_success:
        return
    # The server's own day: an act of today tells of nothing later.
    now = datetime.now(HERE)
    told = FILING | {
        "source_note": "群众举报：仓库安全出口堵塞", "found_on": now.date().isoformat(),
        "cause": "生产经营场所出口堵塞", "name": "河津市汾滨机械有限公司出口堵塞案",
        "summary": "接到举报，该公司仓库安全出口堆放物料，影响疏散。", "violations": [BLOCKED],
        "evidence": [{"name": "举报登记表", "kind": "书证", "taken_on": now.date().isoformat()}],
        "procedure": "ordinary", "at": now.isoformat(),
    }  # fmt: skip
    good(await handler.put(url, json=told))
    bureau.tell.done("又一件提请立案，等待负责人审批", "负责人登录后，“我的待办”第一项就是")


async def _on_paper(handler: httpx.AsyncClient, url: str, at: str) -> None:
    """Every document that is lacking now, written and issued for the moment of the act."""
    refused = ""
    for lack in good(await handler.get(f"{url}/archive/contents"))["papers"]:
        mends = lack["mends"]
        draft = f"{url}/drafts/{_id('/'.join(('draft', mends['code'], mends['act'])))}"
        begun = {"kind": mends["code"], "act": mends["act"], "said": {}, "revision": 0}
        known = await handler.get(draft)
        told = known.json() if known.is_success else good(await handler.put(draft, json=begun))
        said = {
            one["code"]: WORDS[one["code"]]
            for one in told["fields"]
            if one["required"] and one["code"] in WORDS and one["code"] not in told["data"]
        }
        if said:
            body = {"kind": mends["code"], "said": said, "revision": told["revision"]}
            told = good(await handler.put(draft, json=body))
        acts = good(await handler.get(url))["acts"]
        issue = {"revision": told["revision"], "at": _at(at), "after": acts}
        answer = await handler.put(draft.replace("/drafts/", "/documents/"), json=issue)
        if not answer.is_success:
            refused = answer.text
    if refused:
        raise DayFailed(refused[:600])


def _id(name: str) -> str:
    """One such case in a county, whatever the day on which it is entered."""
    return str(uuid5(DAY, f"sealed/{name}"))


def _at(moment: str) -> str:
    return f"{moment}:00+08:00"
