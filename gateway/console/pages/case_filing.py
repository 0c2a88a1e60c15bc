"""Beginning a penalty case: from an inspection in one step, or from another source (立案)."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

from starlette.responses import Response

from gateway.console import late_entry, shapes, weighing
from gateway.console.client import ApiProblem, Json, path_of
from gateway.console.pages import officers
from gateway.console.pages.entities import choices
from gateway.console.visit import Visit, page
from lawbook.penalty.shape import Field, day, text
from lawbook.penalty.shapes import FILING

SHOWN_AGAIN = (400, 403, 404, 409, 422)
WANTED = (
    "source",
    "source_note",
    "cause",
    "name",
    "summary",
    "found_on",
    "party",
    "violations",
    "evidence",
)
LATER = (
    day("investigated_from", "先行调查之日（补办立案的填写）").optional,
    text("urgent_reason", "先行调查的理由").optional,
)
ASKED: dict[str, Callable[[Field], Field]] = {
    # The service composes a name of the party and the cause; nobody has to.
    "name": lambda field: field.optional,
    # Without one the law refuses the filing; the page asks for it at once.
    "violations": lambda field: replace(field, least=1),
    # A decision must name it (行政处罚法 §59): it is asked for here, not refused later.
    "party": lambda field: replace(
        field,
        of=tuple(replace(one, required=one.required or one.name == "address") for one in field.of),
    ),
}
INCOMPLETE: Json = {
    "code": "act-incomplete", "title": "内容还没有填完整", "next_step": "按下面标出的各项补充后重新提交",
}  # fmt: skip


def _shape(*, of_plant: bool) -> tuple[Field, ...]:
    """What a filing says; the party follows from the ledger when it is a plant in it."""
    known = {field.name: field for field in FILING}
    found = [known[name] for name in WANTED if not (of_plant and name == "party")]
    return tuple(ASKED[one.name](one) if one.name in ASKED else one for one in (*found, *LATER))


async def from_inspection(visit: Visit) -> Response:
    """Begin a case from what an inspection found; all the rest is carried over from it."""
    id_ = visit.path("inspection_id")
    form = visit.form
    procedure = "summary" if form["procedure"] == "summary" else "ordinary"
    at, wrong = late_entry.read(form)
    wrong = wrong or late_entry.wants_reason(form)
    if wrong:
        raise ApiProblem(
            422,
            {
                "code": "act-incomplete",
                "title": wrong,
                "next_step": "返回现场检查，核对补录的办理时间",
            },
        )
    body: Json = {
        "procedure": procedure, "at": at, "source": "inspection",
        "inspection_id": id_, "hazards": form.all("hazards"),
        "late_reason": late_entry.reason(form),
    }  # fmt: skip
    if procedure == "summary":
        body["certificate_shown"] = form["certificate_shown"] == shapes.YES
    case_id = form["case_id"] or str(uuid4())
    if not body["hazards"]:
        raise ApiProblem(422, {
            "code": "case-source-unknown", "title": "没有选择据以立案的问题",
            "next_step": "返回现场检查，勾选涉嫌违法的问题后再提请立案",
        })  # fmt: skip
    return await _begun(visit, case_id, body)


async def _begun(visit: Visit, case_id: str, body: Json) -> Response:
    try:
        await visit.api.put(path_of("cases", case_id), body)
    except ApiProblem as problem:
        if problem.code != "different-content":
            raise
        # The same form sent again, a moment later: the case stands.
        await visit.api.get(path_of("cases", case_id))
    return visit.go(f"/cases/{case_id}")


async def new(visit: Visit) -> Response:
    """The form of a case from a complaint, an accident, a referral or another source."""
    given: Json = {
        "entity_id": visit.query("entity"), "outside": bool(visit.query("outside")),
        "procedure": "ordinary", "officers": [visit.who.officer] if visit.who.officer else [],
        "of": None,
    }  # fmt: skip
    said: Json = {"source": "complaint"}
    if of := visit.query("of"):
        given["of"], said = await _same_matter(visit, of)
        given |= {"outside": True, "officers": [one["number"] for one in given["of"]["officers"]]}
    return await _form(visit, str(uuid4()), given, said)


CARRIED = ("source", "source_note", "cause", "summary", "found_on", "violations")
"""What a case has in common with that of another party to the same matter."""


async def _same_matter(visit: Visit, case_id: str) -> tuple[Json, Json]:
    """The case whose matter another party has a part in, and what its filing says of the matter."""
    case = await visit.api.get(path_of("cases", case_id))
    told = case["timeline"][0]["said"]
    said = {name: told[name] for name in CARRIED if told.get(name)}
    return {
        "id": case["id"], "name": case["name"], "party": case["party_name"],
        "region": case["region"], "inspection_id": case["inspection_id"],
        "hazards": told.get("hazards") or None,
        "officers": case["facts"]["case"]["officers"],
    }, said | {"party": {"kind": "person" if case["party_kind"] == "organisation" else "organisation"}}  # fmt: skip


async def save(visit: Visit) -> Response:
    """Begin the case, or show the form again with all that was typed."""
    form, case_id = visit.form, visit.path("case_id")
    given: Json = {
        "entity_id": form["entity_id"], "outside": form["outside"] == shapes.YES,
        "procedure": "summary" if form["procedure"] == "summary" else "ordinary",
        "officers": form.all("officers"), "certificate_shown": form["certificate_shown"],
        "of": (await _same_matter(visit, form["of"]))[0] if form["of"] else None,
    }  # fmt: skip
    form = await weighing.completed(visit, form)
    found = shapes.read(_shape(of_plant=not given["outside"]), form)
    if form["more"]:
        return await _form(visit, case_id, given, found.said, more=form["more"])
    at, wrong = late_entry.read(form)
    faults = dict(found.faults) | ({late_entry.FIELD: wrong} if wrong else {})
    if why := late_entry.wants_reason(form):
        faults[late_entry.REASON] = why
    if not given["outside"] and not given["entity_id"]:
        faults["entity_id"] = "请选择企业；当事人不在台账中的，点“当事人不在台账中”"
    if faults:
        problem = ApiProblem(422, INCOMPLETE)
        return await _form(visit, case_id, given, found.said, problem, faults=faults)
    body = found.said | {
        "procedure": given["procedure"], "at": at, "late_reason": late_entry.reason(form),
        "officers": given["officers"],
        "entity_id": None if given["outside"] else given["entity_id"],
    }  # fmt: skip
    if given["of"]:
        matter = given["of"]
        body |= {"linked": [matter["id"]], "region": matter["region"]}
        if matter["inspection_id"]:
            body |= {name: matter[name] for name in ("inspection_id", "hazards")}
    if given["procedure"] == "summary":
        body["certificate_shown"] = given["certificate_shown"] == shapes.YES
    try:
        return await _begun(visit, case_id, body)
    except ApiProblem as problem:
        if problem.status not in SHOWN_AGAIN:
            raise
        return await _form(visit, case_id, given, found.said, problem)


async def _form(
    visit: Visit, case_id: str, given: Json, said: Json, problem: ApiProblem | None = None, *,
    faults: dict[str, str] | None = None, more: str = "",
) -> Response:  # fmt: skip
    q = visit.query("q")
    people, found = await asyncio.gather(
        officers.known(visit, visit.who.unit), choices(visit, q, given["entity_id"])
    )
    shape = shapes.fitted(_shape(of_plant=not given["outside"]))
    kind = str((said.get("party") or {}).get("kind") or "organisation")
    rows = await weighing.rows(visit, said.get("violations") or (), kind, visit.form, more)
    return visit.page(
        "case_form.html", problem.status if problem else 200, id=case_id, given=given, said=said,
        shape=[field for field in shape if field.name not in ("party",)],
        party=[field for field in shape if field.name == "party"], faults=faults or {}, more=more,
        violation_rows=rows, done_at=visit.form[late_entry.FIELD],
        late_reason=visit.form[late_entry.REASON], latest=None,
        people=people, choices=found, chosen=given["entity_id"], q=q, shown=shapes.shown,
        problem=problem.body if problem else None,
        refusals=problem.body.get("refusals", ()) if problem else (),
    )  # fmt: skip


ROUTES = (
    ("POST", "/inspections/{inspection_id}/case", page(from_inspection, "case.handle")),
    ("GET", "/cases/new", page(new, "case.handle")),
    ("POST", "/cases/{case_id}", page(save, "case.handle")),
)
