"""Discretion of a case (裁量): each violation on its bar, and how the same act was decided before (同案同罚)."""

import asyncio

from starlette.responses import Response

from gateway.console import casework, shapes, weighing
from gateway.console.client import ApiProblem, Json, path_of
from gateway.console.guard import Fields
from gateway.console.visit import Visit, page
from lawbook.penalty.shapes import VIOLATIONS

WITHIN = {"unit": "本单位", "region": "管辖范围内"}
CHANGED_BY = ("restate-violations", "conclude-investigation", "supplement-investigation")
"""Acts by which offence, grade and fine of a violation are entered."""


async def show(visit: Visit) -> Response:
    """For each violation: range, grade, proposed fine, factors and reasons; earlier decisions beside it."""
    case_id = visit.path("case_id")
    within = visit.query("within") if visit.query("within") in WITHIN else "unit"
    case, compared = await asyncio.gather(
        visit.api.get(path_of("cases", case_id)),
        visit.api.get(path_of("cases", case_id, "precedents"), within=within),
    )
    violations: list[Json] = case["facts"]["violations"]
    kind = str(case["facts"]["party"].get("kind") or "organisation")
    # A decision is weighed by the law of its own day, however much later it is looked at.
    decided = str(case["facts"]["decision"].get("decided_on") or "")
    rows = await asyncio.gather(
        *(
            weighing.row(visit, one, kind, f"{weighing.ROWS}.{n}", decided=decided)
            for n, one in enumerate(violations)
        )
    )
    earlier = iter(compared["items"])
    told = [
        _told(row, one, next(earlier, None) if one.get("offence") else None)
        for row, one in zip(rows, violations, strict=True)
    ]
    titles = {one["kind"]: one for one in case["offers"]}
    return visit.page(
        "case_weighing.html", case=case, told=told, within=within, withins=WITHIN,
        by=[titles[code] for code in CHANGED_BY if code in titles], titles=titles,
        facts=case["facts"], law_of=casework.law_of, standing=weighing.standing,
    )  # fmt: skip


def _told(row: weighing.Row, violation: Json, compared: Json | None) -> Json:
    """One violation with what is proposed for it: of several what each was weighed at."""
    fine = (compared or {}).get("fine") or violation.get("fine")
    earlier = [one["fine"] for one in (compared or {}).get("latest", ())]
    row.picture = weighing.picture(row.told, fine, earlier)
    span = (row.told or {}).get("span")
    return {
        "beyond": bool(fine and span and fine > span["high"]),
        "row": row, "violation": violation, "compared": compared, "fine": fine,
        "factors": [
            next((x for x in (row.told or {}).get("factors", ()) if x["code"] == code), {"text": code})
            for code in violation.get("factors") or ()
        ],
        "grade": next(
            (g for g in (row.told or {}).get("grades", ()) if g["code"] == violation.get("grade")), None
        ),
    }  # fmt: skip


async def choices(visit: Visit) -> Response:
    """Offences that fit some words, as radio buttons for a form (查找违法行为事项)."""
    name, q = visit.query("name"), visit.query("q")
    found = await weighing.offences(visit, q=q, on=visit.query("on")) if q else []
    return visit.page(
        "part/offences.html", found=found[: weighing.SHOWN], name=name, q=q,
        chosen=visit.query("chosen"),
        proposed=False,
    )  # fmt: skip


async def part(visit: Visit) -> Response:
    """Grades, circumstances and ranges of one violation as it is being filled in; nothing is kept."""
    path = f"{weighing.ROWS}.0"
    given = [(f"{path}.{key}", value) for key, value in visit.request.query_params.multi_items()]
    found = shapes.read((VIOLATIONS,), Fields(given)).said.get("violations") or [{}]
    shown = visit.query("path")
    kind = "person" if visit.query("party") == "person" else "organisation"
    if not shown.startswith(weighing.ROWS):
        raise ApiProblem(404, {"code": "not-found", "title": "没有这个页面"})
    row = await weighing.row(visit, found[0], kind, shown)
    return visit.page("part/weighing.html", row=row, violation=found[0])


ROUTES = (
    ("GET", "/cases/{case_id}/weighing", page(show, "case.read")),
    ("GET", "/offences/choices", page(choices, "pack.read")),
    ("GET", "/weighings/part", page(part, "pack.read")),
)
