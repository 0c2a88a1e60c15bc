"""After the inspection: a penalty case is filed from it, approved and put on paper (行政处罚案件)."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

import httpx

from deploy.day.bureau import Bureau, DayFailed, good, refusal

HEAD = "zhaomingyuan"


async def file(bureau: Bureau, scheme: dict[str, Any]) -> None:
    """Propose, approve, and issue the approval form; what comes too early is refused."""
    store = bureau.open_tablet()
    inspection = store.inspections.of_scheme(scheme["id"])
    store.close()
    assert inspection
    handler, head = await bureau.sign_in("zhangyue"), await bureau.sign_in(HEAD)
    url = f"/v1/cases/{bureau.id('case')}"
    case = await _begun(handler, url, inspection.id)
    bureau.tell.done(
        f"提请立案：{case['name']}",
        "当事人、违法行为、证据和案件基本情况都取自检查，不再填写",
    )
    if case["number"] is None:
        act = {"kind": "approve-filing", "at": _now(), "after": case["acts"]}
        said = {"said": {"opinion": "同意立案。"}}
        case = good(await head.put(f"{url}/acts/{bureau.id('approve-filing')}", json=act | said))
    duties = good(await handler.get(url))["duties"]
    due = next(one for one in duties if one["name"] == "decide")
    bureau.tell.done(
        f"批准立案，编号 {case['number']}",
        f"{due['title']}：{'不早于 ' if due['unknown'] else ''}{due['due_on']}",
    )
    await _on_paper(bureau, handler, url, case)
    await _too_early(bureau, handler, url)


async def _begun(handler: httpx.AsyncClient, url: str, inspection: str) -> dict[str, Any]:
    """The case; a day that is taken up finds it begun."""
    known = await handler.get(url)
    if known.status_code != HTTPStatus.NOT_FOUND:
        return dict(good(known))
    body = {
        "procedure": "ordinary", "at": _now(), "source": "inspection", "inspection_id": inspection,
    }  # fmt: skip
    good(await handler.put(url, json=body))
    return dict(good(await handler.get(url)))


async def _too_early(bureau: Bureau, handler: httpx.AsyncClient, url: str) -> None:
    """Who decides before anything was investigated, told and heard is refused."""
    said = {"penalties": ["fine"], "fine": 1_000_000}
    act = {
        "kind": "decide",
        "at": _now(),
        "after": good(await handler.get(url))["acts"],
        "said": said,
    }
    answer = await handler.put(f"{url}/acts/{bureau.id('too-early')}", json=act)
    told = refusal(answer, "act-not-at-this-stage")
    bureau.tell.refused("没有调查、告知就作处罚决定", told["detail"])


async def _on_paper(
    bureau: Bureau, handler: httpx.AsyncClient, url: str, case: dict[str, Any]
) -> None:
    draft = bureau.id("case-filing-approval")
    issued = await handler.get(f"/v1/documents/{draft}")
    if issued.status_code == HTTPStatus.NOT_FOUND:
        body = {
            "kind": "case-filing-approval", "revision": 0,
            "said": {"handler_opinion": "违法事实清楚，有证据证明，建议立案调查。"},
        }  # fmt: skip
        answer = await handler.get(f"{url}/drafts/{draft}")
        if answer.status_code == HTTPStatus.NOT_FOUND:
            answer = await handler.put(f"{url}/drafts/{draft}", json=body)
        asked = {"revision": good(answer)["revision"], "at": _now(), "after": case["acts"]}
        good(await handler.put(f"{url}/documents/{draft}", json=asked))
        issued = await handler.get(f"/v1/documents/{draft}")
    told = good(issued)
    pdf = await handler.get(f"/v1/documents/{draft}/pdf")
    if not pdf.is_success:
        raise DayFailed(f"立案审批表没有 PDF：{pdf.status_code}")
    copy = bureau.folder / f"{told['name']} {told['number']}.pdf"
    copy.write_bytes(pdf.content)
    bureau.tell.done(f"{told['name']} {told['number']}：由案件填写，出具后不再改动", str(copy))


def _now() -> str:
    """The server's own time: an act is done when it is sent."""
    return datetime.now(UTC).isoformat()
