"""Letters that wait too long, journals that forked, and what was handed over (信件核查)."""

import asyncio
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from starlette.responses import Response

from gateway.console.client import ApiProblem, Json, path_of
from gateway.console.pages import officers
from gateway.console.showing import link
from gateway.console.visit import Visit, page

DAY = 24
"""Hours that a letter may wait before anybody has to care."""
PAGE = 20
NEXT_STEPS = {
    "earlier-letter-waits": "先处理同一事项前面的信件：仍在等待的见本页；被退回的，由该执法人员在平板上处理后重新送出。"
    "前面的办结后，这一封自动办理。",
    "letter-kind-unknown": "请技术支持升级服务器；升级后平板会自动重新送出。",
    "not-known-yet": "按原因补齐：缺企业的登记台账，缺人员的登记执法人员，缺方案、计划的请承办人送出或登记。"
    "补齐后平板会自动重新送出。",
    "captured-elsewhere": "平板再次联网时会附上当时的授权重新送出；仍在等待的，请本人导出封装包，由原单位办理。",
    "authority-in-doubt": "核查该行为是否在其执法证有效、仍属本辖区时作出，登记是否受理；平板下次送出时照此办理。",
    "grant-does-not-cover": "封装包中的授权不含这一封：请本人登录原平板，联网直接送出。",
}
OTHERWISE = "请该执法人员将平板联网后重新送出；仍在等待的，联系技术支持。"


async def show(visit: Visit) -> Response:
    """The three lists, each with its own pages; one that cannot be read does not take the others."""
    return await _show(visit)


async def _show(visit: Visit, refused: ApiProblem | None = None) -> Response:
    every = visit.query("hours") == "0"
    held, forks, handed, people, devices = await asyncio.gather(
        _list(visit, "held-letters", "held", hours=0 if every else DAY),
        _list(visit, "journal-forks", "forks"),
        _list(visit, "handovers", "handed"),
        officers.known(visit),
        _devices(visit),
    )
    now = datetime.now(UTC)
    return visit.page(
        "letters.html", refused.status if refused else 200, every=every, new_id=lambda: str(uuid4()),
        refused=refused.body if refused else None, people=officers.names(people), devices=devices,
        held={**held, "items": [_waiting(one, now) for one in held["items"]]}, forks=forks,
        handed={**handed, "items": [_handed(one) for one in handed["items"]]},
        failed=[one["problem"] for one in (held, forks, handed) if "problem" in one],
    )  # fmt: skip


async def _list(visit: Visit, resource: str, name: str, **asked: object) -> Json:
    """A page of one list, with the address of the next one: the other lists stay where they are."""
    told: Json = await visit.part(
        visit.api.get(f"/v1/{resource}", after=visit.query(name), limit=PAGE, **asked)
    )
    given = {one: visit.query(one) for one in ("hours", "held", "forks", "handed")}
    following = told.get("next")
    return {
        "items": [], **told,
        "more": following and f"{link('/letters', **given | {name: following})}#{name}",
        "first": f"{link('/letters', **given | {name: ''})}#{name}" if given[name] else None,
    }  # fmt: skip


async def _devices(visit: Visit) -> dict[str, str]:
    """Names of devices by id, for those who may read of devices."""
    if not visit.may("device.read"):
        return {}
    found: Json = await visit.part(visit.api.get("/v1/devices", limit=500))
    return {one["id"]: one["name"] for one in found.get("items", ())}


def _waiting(letter: Json, now: datetime) -> dict[str, Any]:
    """A letter that waits: for how many hours, and what is to be done."""
    waited = now - datetime.fromisoformat(letter["held_since"])
    return letter | {
        "hours": int(waited.total_seconds() // 3600),
        "next_step": NEXT_STEPS.get(letter["code"], OTHERWISE),
    }


def _handed(bundle: Json) -> dict[str, Any]:
    """What came in a bundle: what was done of it by plant, what was only begun, what is to be done."""
    plants = {one["inspection_id"]: one for one in bundle["plants"]}
    drafts = [
        one | {"plant": plants.get(one["about"].get("inspection_id") or one["id"])}
        for one in bundle["drafts"]
    ]
    begun = {one["id"] for one in drafts if one["kind"] == "inspection"}
    return bundle | {
        "drafts": drafts, "next_steps": [] if bundle["reviewed"] else _steps(bundle),
        "recorded": [one for id_, one in plants.items() if id_ not in begun],
    }  # fmt: skip


def _steps(bundle: Json) -> list[str]:
    """What the supervisor has to do with a bundle; nothing when all of it is done."""
    steps = []
    whom = "指定承办人" if bundle["after_withdrawal"] else f"请{bundle['name']}"
    if bundle["rejected"]:
        steps.append(f"{bundle['rejected']} 封被退回：{whom}对照封装时的原件改正后补送。")
    if bundle["held"]:
        steps.append(f"{bundle['held']} 封仍在等待：见本页“全部等待的”。")
    if bundle["drafts"]:
        steps.append(f"{len(bundle['drafts'])} 件未办完：{whom}到现场接着办理。")
    if bundle["after_withdrawal"] and bundle["applied"]:
        steps.append("授权撤回前的记录照常有效：核对后，指定承办人接办后续的整改复查。")
    return steps


async def review(visit: Visit) -> Response:
    """Keep what was found out about a fork or a handover (登记核查结论)."""
    form = visit.form
    body: Json = {name: form[name] for name in ("about", "subject", "note")}
    if form["about"] == "authority":
        body["accepted"] = form["accepted"] == "yes"
    try:
        await visit.api.put(path_of("letter-reviews", form["id"]), body)
    except ApiProblem as problem:
        if problem.status not in (400, 404, 409, 422):
            raise
        return await _show(visit, problem)
    return visit.go(link("/letters", hours=visit.query("hours")))


ROUTES = (
    ("GET", "/letters", page(show, "letter.read")),
    ("POST", "/letters/reviews", page(review, "letter.review")),
)
