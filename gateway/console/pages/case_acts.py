"""Acting in a penalty case (办案): one form for each kind of act, drawn from the lawbook's shape."""

from datetime import date, datetime
from pathlib import Path
from uuid import uuid4

from starlette.responses import Response

from gateway.console import (
    approvals,
    asking,
    case_law,
    casework,
    late_entry,
    layouts,
    retelling,
    shapes,
    weighing,
)
from gateway.console.client import ApiProblem, Json, path_of
from gateway.console.guard import Fields
from gateway.console.pages import officers
from gateway.console.showing import HERE, link, today
from gateway.console.visit import Visit, page
from lawbook import owing
from lawbook.penalty.kind import ActKind
from lawbook.penalty.matters import MATTERS, matter_of
from lawbook.penalty.taking_over import REGISTRATION, TAKE_OVER

SHOWN_AGAIN = (400, 403, 404, 409, 422)
INCOMPLETE: Json = {
    "code": "act-incomplete", "title": "内容还没有填完整", "next_step": "按下面标出的各项补充后重新提交",
}  # fmt: skip
SEALED_BY = "archive"
"""The act that seals the file: it has a page of its own, since it closes the whole case."""
ABOUT = ("measure", "request", "agreed")
"""What an answer to a request says besides its words, whichever button gives it."""
REASONS = ("opinion", "reason")
"""Where the words of a decision stand, by kind: what was typed for one serves the other."""


async def form(visit: Visit) -> Response:
    """The form of an act, with what the case already knows."""
    kind = _kind(visit)
    if kind.code == SEALED_BY:
        return visit.go(f"/cases/{visit.path('case_id')}/archive")
    case, people = await _read(visit)
    known = casework.known(case, kind.code) | approvals.asked_said(case, kind.code)
    if kind.code == TAKE_OVER:
        known |= await _held(visit, case)
    return await _form(visit, kind, case, people, _proposed(visit, kind, case) | known)


async def _held(visit: Visit, case: Json) -> Json:
    """What the document says by which something is still held at the site, as the form begins with it."""
    asked = {"inspection": case.get("inspection_id") or ""}
    found = (
        await visit.part(visit.api.get("/v1/site-duties", **asked)) if asked["inspection"] else {}
    )
    for one in found.get("items", ()):
        if one["name"] not in (owing.SEALED, owing.REGISTERED):
            continue
        document = await visit.part(visit.api.get(path_of("documents", one["document_id"])))
        if "problem" in document:
            return {}
        said, issued = document["data"], datetime.fromisoformat(document["issued_at"])
        things = [
            {"name": row.get("name"), "spec": row.get("specification"), "amount": row.get("quantity"),
             "note": row.get("remark")}
            for row in said.get("items") or ()
        ]  # fmt: skip
        sealed = one["name"] == owing.SEALED
        told = {
            "measure": said.get("measure") if sealed else REGISTRATION,
            "things": [{name: value for name, value in row.items() if value} for row in things],
            "since": issued.astimezone(HERE).date().isoformat(), "number": one["number"],
            "place": said.get("place") or said.get("kept_place"), "reason": said.get("facts"),
            "basis": said.get("legal_basis"), "document": one["document_id"],
        }  # fmt: skip
        return {name: value for name, value in told.items() if value}
    return {}


def _proposed(visit: Visit, kind: ActKind, case: Json) -> Json:
    """What a new form of a hearing, a meeting or a payment begins with."""
    day, content = today(), visit.console.settings.content
    if kind.code == "notify-hearing-session":
        earliest = case_law.earliest_hearing(content, day)
        return {
            "received_on": day.isoformat(), "time": "9:00", "public": True,
            "hearing_on": earliest.isoformat() if earliest else None,
        }  # fmt: skip
    if kind.code == "hold-hearing":
        told = case["facts"]["acts"].get("notify-hearing-session", {})
        there = [{"name": told["chair_name"], "role": "主持人"}] if told.get("chair_name") else []
        if told.get("clerk"):
            there.append({"name": told["clerk"], "role": "书记员"})
        there += [
            {"name": one["name"], "role": "承办人"} for one in case["facts"]["case"]["officers"]
        ]
        there.append(
            {
                "name": case["facts"]["party"].get("legal_rep") or case["party_name"],
                "role": "当事人",
            }
        )
        return {"place": told.get("place"), "attendees": there}
    if kind.code == "deliberate":
        handlers = case["facts"]["case"]["officers"]
        return {
            "chair": visit.who.name, "reporter": handlers[0]["name"] if handlers else None,
            "attendees": [{"name": visit.who.name, "post": "负责人", "head": True}],
        }  # fmt: skip
    if kind.code in casework.OPINIONS_ON:
        waits = [act for _, act in casework.meant(case, kind.code)]
        named = [act for act in waits if act["id"] == visit.query("request")] or waits[:1]
        matter = matter_of(named[0]["kind"], named[0]["said"]) if named else None
        if matter and named:
            opinion = approvals.AGREED if kind.code == "approve-measure" else None
            return {"measure": matter.code, "request": named[0]["id"], "opinion": opinion}
    if kind.code == "request-measure" and visit.query("measure") in MATTERS:
        measure = visit.query("measure")
        of = casework.meant(case, kind.code, measure)
        return {"measure": measure, "of": of[-1][0] if len(of) == 1 else None}
    if kind.code in ("pay", "refund"):
        return case_law.first_sum(case, kind.code, day)
    if kind.code in ("demand", "apply-to-court"):
        return {"amount": case["outstanding"]}
    return {}


def _kind(visit: Visit) -> ActKind:
    kind = casework.kind_of(visit.path("kind"))
    if kind is None:
        raise ApiProblem(404, {"code": "not-found", "title": "没有这种办案事项"})
    return kind


async def _read(visit: Visit) -> tuple[Json, list[Json]]:
    case: Json = await visit.api.get(path_of("cases", visit.path("case_id")))
    return case, await officers.known(visit, case["unit"])


async def do(visit: Visit) -> Response:
    """Do an act, or show the form again with all that was typed and what stands against it."""
    kind, form_ = _kind(visit), visit.form
    if kind.code == SEALED_BY:
        return visit.go(f"/cases/{visit.path('case_id')}/archive")
    case, people = await _read(visit)
    given = _completed(kind, form_, officers.names(people))
    if any(field.name == "violations" for field in kind.shape):
        given = await weighing.completed(visit, given)
    found = shapes.read(kind.shape, given)
    if form_["more"]:
        said = _composed(visit, form_["more"], case, found.said)
        return await _form(visit, kind, case, people, said, more=form_["more"])
    at, wrong = late_entry.read(form_, case)
    faults = found.faults | ({late_entry.FIELD: wrong} if wrong else {})
    if unreasoned := late_entry.wants_reason(form_):
        faults |= {late_entry.REASON: unreasoned}
    if faults:
        problem = ApiProblem(422, INCOMPLETE)
        return await _form(visit, kind, case, people, found.said, problem, faults=faults)
    after, act_id = form_["after"], form_["act_id"] or str(uuid4())
    body = {
        "kind": kind.code, "at": at, "said": found.said,
        "after": int(after) if after.isdecimal() else case["acts"],
        "officers": form_.all("officers") or None, "late_reason": late_entry.reason(form_),
    }  # fmt: skip
    try:
        await visit.api.put(path_of("cases", case["id"], "acts", act_id), body)
    except ApiProblem as problem:
        if problem.status not in SHOWN_AGAIN:
            raise
        if problem.code == "different-content" and _done(case, act_id, kind, found.said):
            return visit.go(f"/cases/{case['id']}")
        # What the case is by now, as the refusal met it.
        case, people = await _read(visit)
        beside = layouts.beside(kind, _refusals(problem))
        beside |= layouts.malformed(problem.body.get("errors") or ())
        if told := beside.get(weighing.ROWS):
            party_kind = str(case["facts"]["party"].get("kind") or "organisation")
            rows = found.said.get("violations") or ()
            for why in _refusals(problem):
                place = await weighing.meant(visit, rows, party_kind, why["code"], at[:10])
                if place:
                    beside = {name: one for name, one in beside.items() if name != weighing.ROWS}
                    beside[place] = told
                    break
        return await _form(visit, kind, case, people, found.said, problem, faults=beside)
    if form_["back"] == "work-list":
        return visit.go(link("/work-list", told=kind.code))
    return visit.go(link(f"/cases/{case['id']}", told=kind.code))


def _refusals(problem: ApiProblem) -> list[Json]:
    return list(problem.body.get("refusals") or (problem.body,))


def _composed(visit: Visit, more: str, case: Json, said: Json) -> Json:
    """What a button of the form fills in: a plan of instalments, who spoke, a late fine counted."""
    if more == "plan":
        form = visit.form
        count, first = form["plan.count"], form["plan.first"]
        if count.isdecimal() and 2 <= int(count) <= 24 and first:
            try:
                begun = date.fromisoformat(first)
            except ValueError:
                return said
            return said | {
                "instalments": case_law.instalments(case_law.owed(case), int(count), begun)
            }
    elif more == "speakers":
        known = [
            f"{one['name']}（{one.get('post') or ''}）："
            for one in said.get("attendees") or ()
            if one.get("name")
        ]
        told = str(said.get("record") or "")
        missing = [one for one in known if one not in told]
        return said | {"record": "\n".join([*([told] if told else []), *missing])}
    elif more == "late-fine":
        until = str(said.get("until") or today().isoformat())
        try:
            found = case_law.money(case, visit.console.settings.content, date.fromisoformat(until))
        except ValueError:
            return said
        if found is not None:
            return said | {"until": until, "amount": found.late_amount}
    return said


def _completed(kind: ActKind, form_: Fields, names: dict[str, str]) -> Fields:
    """The form, with names that follow from numbers, and words that were typed for another decision."""
    given = {name: values[-1] for name, values in form_.below("said.").items()}
    more = []
    for (code, number), name in casework.PEOPLE.items():
        if code == kind.code and not given.get(name) and given.get(number) in names:
            more.append((f"said.{name}", names[given[number]]))
    of = form_["of_decision"]
    if of and of != kind.code:
        typed = next((given[one] for one in REASONS if given.get(one)), "")
        # Agreement that was proposed by the page says nothing of why something goes back.
        typed = "" if typed in (casework.OPINIONS.get(of), form_["of_opinion"]) else typed
        kept = [
            one for one in form_.pairs
            if not one[0].startswith("said.") or one[0].removeprefix("said.") in ABOUT
        ]  # fmt: skip
        wanted = [field.name for field in kind.shape if field.name in REASONS]
        return Fields(kept + [(f"said.{one}", typed) for one in wanted])
    return Fields(form_.pairs + more)


def _done(case: Json, act_id: str, kind: ActKind, said: Json) -> bool:
    """Whether this very act stands in the case already: sent twice by the same form."""
    return any(
        (act["id"], act["kind"], act["said"]) == (act_id, kind.code, said)
        for act in case["timeline"]
    )


async def _form(
    visit: Visit, kind: ActKind, case: Json, people: list[Json], said: Json,
    problem: ApiProblem | None = None, *, faults: dict[str, str] | None = None, more: str = "",
) -> Response:  # fmt: skip
    typed_after = visit.form["after"]
    after = int(typed_after) if typed_after.isdecimal() else case["acts"]
    moved = problem is not None and problem.code == "case-moved-on"
    offer = next((one for one in case["offers"] if one["kind"] == kind.code), None)
    handlers = [
        one for one in case["facts"]["case"]["officers"]
        if kind.together and kind.code != "assign-handlers"
    ]  # fmt: skip
    content, shape = visit.console.settings.content, shapes.fitted(kind.shape)
    shape = asking.narrowed(kind, shape, said)
    # By which document it is held goes along unseen, as the form began with it.
    shape = tuple(one for one in shape if kind.code != TAKE_OVER or one.name != "document")
    party_kind = str(case["facts"]["party"].get("kind") or "organisation")
    violations = any(field.name == "violations" for field in shape)
    rows = (
        await weighing.rows(visit, said.get("violations") or (), party_kind, visit.form, more)
        if violations
        else []
    )
    hearing = _hearing(case, kind, said, content)
    return visit.page(
        "case_act.html", problem.status if problem else 200, case=case, kind=kind, said=said,
        groups=layouts.grouped(kind, shape), faults=faults or {}, more=more, offer=offer,
        handlers=handlers, violation_rows=rows,
        taking=visit.form.all("officers") or [one["number"] for one in handlers],
        act_id=visit.form["act_id"] or str(uuid4()), after=case["acts"], people=people,
        problem=None if moved or problem is None else problem.body, moved=moved,
        since=casework.since(case, after) if moved else [], names=officers.names(people),
        meant=casework.meant(case, kind.code, str(said.get("measure") or "")),
        lines=retelling.teller(case, content), law_of=casework.law_of,
        derived=[name for (code, _), name in casework.PEOPLE.items() if code == kind.code],
        numbers=casework.choosable(case, kind.code, people),
        late_reason=visit.form[late_entry.REASON], done_at=visit.form[late_entry.FIELD],
        latest=late_entry.latest(case),
        refusals=problem.body.get("refusals", ()) if problem else (),
        titles={one["kind"]: one for one in case["offers"]}, shown=shapes.shown,
        money=_money(case, kind, said, content), hearing=hearing,
        form_given=visit.form, hints=_hints(hearing), matters=asking.choices(case, kind, said),
        **({"spoken": casework.SPOKEN} if kind.code in casework.NAMING else {}),
    )  # fmt: skip


def _hints(hearing: Json) -> dict[str, str]:
    """What stands below a field, by its path."""
    found = {}
    if "served" in hearing:
        earliest = hearing["earliest"]
        found["said.hearing_on"] = (
            f"通知于 {hearing['served']} 送达的，最早可于 {earliest} 举行（送达与举行之间隔七个工作日）"
            if earliest
            else "该年的节假日尚未公布，七个工作日不能计算"
        )
    duty = hearing.get("duty")
    if duty and duty["due_on"]:
        found["said.asked_on"] = f"五个工作日，至 {duty['due_on']}"
    return found


MONEY = ("pay", "refund", "allow-instalments", "defer-payment", "add-late-fine", "demand")


def _money(case: Json, kind: ActKind, said: Json, content: Path) -> case_law.Money | None:
    """What the form of a payment shows beside it, as of the day that it tells."""
    if kind.code not in MONEY:
        return None
    try:
        on = date.fromisoformat(str(said.get("until") if kind.code == "add-late-fine" else ""))
    except ValueError:
        on = today()
    return case_law.money(case, content, on)


def _hearing(case: Json, kind: ActKind, said: Json, content: Path) -> Json:
    """Days that the forms of a hearing show beside them."""
    if kind.code == "notify-hearing-session":
        try:
            served = date.fromisoformat(str(said.get("received_on")))
        except ValueError:
            served = today()
        earliest = case_law.earliest_hearing(content, served)
        return {
            "served": served.isoformat(), "earliest": earliest.isoformat() if earliest else None,
            "by_served": case_law.hearing_days(content, today()),
        }  # fmt: skip
    if kind.code == "request-hearing":
        return {"duty": next((d for d in case["duties"] if d["name"] == "request-hearing"), None)}
    return {}


ROUTES = (
    ("GET", "/cases/{case_id}/acts/{kind}", page(form, "case.act")),
    ("POST", "/cases/{case_id}/acts/{kind}", page(do, "case.act")),
)
