"""Penalty cases: the ledger of them, what is due, and the page of one (案件)."""

import asyncio
from collections.abc import Collection, Sequence
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from starlette.responses import Response

from gateway.console import approvals, case_papers, casework, late_entry, retelling, shapes
from gateway.console.client import ApiProblem, Json, path_of
from gateway.console.pages import case_documents, officers
from gateway.console.showing import link, today
from gateway.console.visit import Visit, page
from lawbook import owing
from lawbook.penalty.act import Power

DUE = {"over": ("已逾期", -1), "week": ("七日内到期", 7), "month": ("三十日内到期", 30)}
"""Filters by what is due next: words, and days from today."""
FIRST_YEAR = 2021
ANSWERS = {answer.value: said for answer, said in owing.ANSWERS.items()}


async def listed(visit: Visit) -> Response:
    """Cases in sight, the newest first, by what is asked for (案件台账)."""
    asked = {key: visit.query(key) for key in ("q", "stage", "handler", "due", "year", "open")}
    params: Json = {"q": asked["q"], "handler": asked["handler"]}
    if asked["stage"] in casework.STAGES:
        params["stage"] = asked["stage"]
    if asked["due"] in DUE:
        params["due_by"] = (today() + timedelta(DUE[asked["due"]][1])).isoformat()
    if asked["year"].isdecimal() and FIRST_YEAR <= int(asked["year"]) <= today().year:
        params["year"] = asked["year"]
    if asked["open"]:
        params["open_only"] = "true"
    told, people = await asyncio.gather(
        visit.api.get("/v1/cases", **params, after=visit.query("after"), limit=50),
        officers.known(visit),
    )
    more = link("/cases", **asked, after=told["next"]) if told["next"] else None
    years = range(today().year, FIRST_YEAR - 1, -1)
    return visit.page(
        "cases.html", cases=told["items"], asked=asked, more=more, names=officers.names(people),
        people=[one for one in people if one["unit"] == visit.who.unit] or people,
        stages=casework.STAGES, years=years, due={code: said for code, (said, _) in DUE.items()},
        first=link("/cases", **asked) if visit.query("after") else None, tones=casework.TONES,
    )  # fmt: skip


async def work_list(visit: Visit) -> Response:
    """What is due for whoever is signed in, the most urgent first (我的待办)."""
    return await _work_list(visit)


async def _work_list(visit: Visit, problem: ApiProblem | None = None) -> Response:
    first = not visit.query("after")
    told, people, owed, advising = await asyncio.gather(
        visit.api.get("/v1/work-list", after=visit.query("after"), limit=100),
        officers.known(visit),
        visit.api.get("/v1/site-duties"),
        visit.api.get("/v1/work-list", advising="true", limit=ASKED) if first else _nothing(),
    )
    items = told["items"]
    asked = [
        one for one in items
        if one["form"] and not one["escalated"] and visit.who.unit and first
    ]  # fmt: skip
    cards, opinions = await asyncio.gather(
        _waiting(visit, asked[:CARDS], (Power.APPROVE,)),
        _waiting(visit, advising["items"], (Power.ENDORSE, Power.REVIEW)),
    )
    opinions = [card for card in opinions if card.lawful]
    carded = {(card.case["id"], card.opener) for card in cards}
    rest = [one for one in items if (one["case_id"], one["opener"]) not in carded]
    kind = casework.kind_of(visit.query("told"))
    return visit.page(
        "work_list.html", problem.status if problem else 200, owed=owed["items"],
        answers=ANSWERS, may_answer=visit.may("case.approve"),
        problem=problem.body if problem else None,
        cards=cards, opinions=opinions[:CARDS], opinions_asked=len(opinions),
        waits_for_me=len(asked), told=kind.title if kind else "",
        titles_of=titles_of, faults={}, shown=shapes.shown,
        form_name=case_papers.form_names(visit.console.settings.content),
        mine=[one for one in rest if not one["escalated"] and not one["waiting"]],
        waiting=[one for one in items if not one["escalated"] and one["waiting"]],
        lapsed=[one for one in items if one["escalated"]], names=officers.names(people),
        tones=casework.TONES, after=visit.query("after"),
        more=link("/work-list", after=told["next"]) if told["next"] else None,
    )  # fmt: skip


async def answer_duty(visit: Visit) -> Response:
    """The head answers what a document of the site owes, or the page says why it does not stand."""
    body = {
        "answer": visit.form["answer"],
        "opinion": visit.form["opinion"].strip(),
    }
    try:
        await visit.api.put(path_of("site-duties", visit.path("duty_id"), "answer"), body)
    except ApiProblem as problem:
        if problem.status not in (400, 403, 409, 422):
            raise
        return await _work_list(visit, problem)
    return visit.go("/work-list")


CARDS = 8
"""So many approvals are shown with their pages; the others are rows until some are done."""


ASKED = 24
"""So many matters on their way to the head are looked through for an opinion that is asked."""


async def _nothing() -> Json:
    return {"items": []}


async def _waiting(
    visit: Visit, items: Sequence[Json], powers: Collection[Power]
) -> list[approvals.Card]:
    """What waits for whoever is signed in, in one of these capacities, the most urgent first, with its form."""
    ids = list(dict.fromkeys(one["case_id"] for one in items))
    read = await asyncio.gather(*(visit.part(visit.api.get(path_of("cases", one))) for one in ids))
    cases = {case["id"]: case for case in read if "problem" not in case}
    return [
        card for one in items if one["case_id"] in cases
        for card in approvals.cards(cases[one["case_id"]], visit.console.settings.content, one["opener"])
        if card.kind.power in powers
    ]  # fmt: skip


async def show(visit: Visit) -> Response:
    """One case: where it stands, what is due and why then, what may be done, what was done."""
    case: Json = await visit.api.get(path_of("cases", visit.path("case_id")))
    people, issued, linked, files, owed = await asyncio.gather(
        officers.known(visit, case["unit"]),
        visit.part(visit.api.get(path_of("cases", case["id"], "documents"))),
        visit.part(visit.api.get("/v1/cases", linked=case["id"], limit=50)),
        _files(visit, case),
        _owed(visit, case),
    )
    told = visit.query("told")
    cards = _matters(approvals.cards(case, visit.console.settings.content))
    return visit.page(
        "case.html", **about(case, people, visit.console.settings.content), told=told,
        cards=cards, titles_of=titles_of,
        carded={one.kind.code for one in cards} | {way.kind for one in cards for way in one.ways},
        issued=issued.get("items", ()), linked=linked.get("items", ()), files=files,
        seen=_seen(case, issued.get("items", ())), papers_of=_papers(case, told, issued),
        act_papers=case_papers.of_acts(case, issued.get("items", ())),
        owed=owed, answers=ANSWERS, fresh=case_documents.fresh,
        form_name=case_papers.form_names(visit.console.settings.content),
    )  # fmt: skip


async def _owed(visit: Visit, case: Json) -> list[Json]:
    """What documents of the visit behind the case owe, and what was answered (现场文书的后续手续)."""
    if not case.get("inspection_id"):
        return []
    asked = {"inspection": case["inspection_id"], "open_only": "false"}
    found = await visit.part(visit.api.get("/v1/site-duties", **asked))
    return list(found.get("items", ()))


def _matters(found: list[approvals.Card]) -> list[approvals.Card]:
    """Those that have no section of their own on the page of the case."""
    return [one for one in found if one.kind.code not in casework.OPINIONS]


def titles_of(case: Json) -> dict[str, Json]:
    """The offers of a case by kind."""
    return {one["kind"]: one for one in case["offers"]}


async def _files(visit: Visit, case: Json) -> dict[str, Json]:
    """Hash → the file of evidence behind it, where its bytes are here."""
    if not visit.may("evidence.read"):
        return {}
    found = await visit.part(visit.api.get(path_of("cases", case["id"], "evidence")))
    return {one["sha256"]: one for one in found.get("items", ()) if one["media_type"]}


CONCERNED = {"review-legality": ("investigation-report", "prior-notice")}
"""Decisions whose papers are not those that they make, but those that they are about."""


def _seen(case: Json, issued: Sequence[Json]) -> dict[str, list[tuple[str, str, str]]]:
    """Decision → the pages that it is about: (form, number, address of its picture)."""
    standing = {one["kind"]: one for one in issued if not one["void"]}
    found: dict[str, list[tuple[str, str, str]]] = {}
    for offer in casework.offers(case).deciding:
        kinds = CONCERNED.get(offer["kind"]) or case_papers.forms_of(case, offer["kind"])
        found[offer["kind"]] = [
            (kind, standing[kind]["number"] or "", f"/documents/{standing[kind]['id']}/picture")
            if kind in standing
            else (kind, "", f"/cases/{case['id']}/forms/{kind}/picture?r={case['acts']}")
            for kind in kinds
            if kind in standing or offer["kind"] not in CONCERNED
        ]
    return found


def _papers(case: Json, told: str, issued: Json) -> tuple[str, ...]:
    """The forms that put on paper what was done just now, and that nobody has issued."""
    made = {one["kind"] for one in issued.get("items", ()) if not one["void"]}
    return tuple(one for one in case_papers.forms_of(case, told) if one not in made)


def about(case: Json, people: list[Json], content: Path) -> Json:
    """All that the page of a case is made of."""
    groups = casework.offers(case)
    titles = {one["kind"]: one for one in case["offers"]}
    return {
        "case": case, "facts": case["facts"], "groups": groups, "names": officers.names(people),
        "deciding": [(one, casework.kind_of(one["kind"]), casework.known(case, one["kind"]),
                      str(uuid4()), [titles[code] for code in casework.INSTEAD.get(one["kind"], ()) if code in titles])
                     for one in groups.deciding],
        "titles": titles, "timeline": list(reversed(case["timeline"])), "lines": retelling.teller(case, content),
        "factors": retelling.factors(content),
        "law_of": casework.law_of, "tones": casework.TONES, "weekday": casework.weekday,
        "skipped": casework.skipped, "people": people, "over": case["stage"] in casework.OVER,
        "evidence_kind": casework.evidence_kind, "shown": shapes.shown, "fitted": shapes.fitted,
        "faults": {}, "more": "", "entered": late_entry.entered, "late": late_entry.marked(case),
        "latest": late_entry.latest(case),
    }  # fmt: skip


async def filed_from(visit: Visit, inspection: Json) -> list[Json]:
    """The cases that were begun from an inspection; none for who may not see cases."""
    if not visit.may("case.read"):
        return []
    try:
        found = await visit.api.get("/v1/cases", entity=inspection["entity_id"], limit=200)
    except ApiProblem as problem:
        if problem.status == 401:
            raise
        return []
    return [case for case in found["items"] if case["inspection_id"] == inspection["id"]]


ROUTES = (
    ("GET", "/cases", page(listed, "case.read")),
    ("GET", "/work-list", page(work_list, "case.read")),
    ("POST", "/site-duties/{duty_id}/answer", page(answer_duty, "case.act")),
    ("GET", "/cases/{case_id}", page(show, "case.read")),
)
