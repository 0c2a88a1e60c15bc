"""What officers found at plants and propose for the ledger (台账补充)."""

import asyncio

from starlette.responses import Response

from gateway.console.client import ApiProblem, Json, path_of
from gateway.console.passing import Passed
from gateway.console.showing import link
from gateway.console.visit import Visit, page
from lawbook.proposal import SOURCES

STATES = ("waiting", "accepted", "declined")


async def show(visit: Visit) -> Response:
    """Those that wait, the first first; or those that are settled, the latest first."""
    return await _show(visit)


async def _show(visit: Visit, problem: ApiProblem | None = None) -> Response:
    state = given if (given := visit.query("state")) in STATES else "waiting"
    told, dictionary = await asyncio.gather(
        visit.api.get("/v1/proposals", state=state, after=visit.query("after"), limit=50),
        visit.api.get("/v1/ledger-dictionary"),
    )
    shots = await _photos(visit, told["items"])
    return visit.page(
        "proposals.html", problem.status if problem else 200, proposals=told["items"],
        labels=_labels(dictionary), sources={one.value: said for one, said in SOURCES.items()},
        state=state, shots=shots, more=told["next"] and link("/proposals", state=state, after=told["next"]),
        problem=problem.body if problem else None,
    )  # fmt: skip


async def _photos(visit: Visit, proposals: list[Json]) -> dict[str, bool]:
    """Of the proposals with a photo, whether it is here; one that case_svc does not know yet is not."""
    named = [one["id"] for one in proposals if one["evidence_sha256"]]
    if not named:
        return {}
    told: Json = await visit.part(visit.api.get("/v1/proposal-photos", proposal=named))
    return {one: False for one in named} | {
        one["proposal"]: one["here"] for one in told.get("items", ())
    }


async def photo(visit: Visit) -> Response:
    """The photo of a proposal as it was taken."""
    return Passed(visit, path_of("proposal-photos", visit.path("proposal_id"), "file"))


async def small(visit: Visit) -> Response:
    """A small copy of it."""
    return Passed(visit, path_of("proposal-photos", visit.path("proposal_id"), "small"))


def _labels(dictionary: Json) -> dict[str, str]:
    return {field["code"]: field["label"] for field in dictionary["fields"]}


async def decide(visit: Visit) -> Response:
    """Accept one, or decline it with a reason (核定台账补充)."""
    form = visit.form
    version = form["version"]
    body = {
        "accepted": form["accepted"] == "yes", "reason": form["reason"],
        "version": int(version) if version.isdigit() else version,
    }  # fmt: skip
    try:
        await visit.api.post(f"{path_of('proposals', visit.path('proposal_id'))}/decision", body)
    except ApiProblem as problem:
        if problem.status not in (404, 409, 422):
            raise
        return await _show(visit, problem)
    return visit.go("/proposals")


ROUTES = (
    ("GET", "/proposals", page(show, "proposal.read")),
    ("GET", "/proposals/{proposal_id}/photo", page(photo, "proposal.read")),
    ("GET", "/proposals/{proposal_id}/photo/small", page(small, "proposal.read")),
    ("POST", "/proposals/{proposal_id}/decision", page(decide, "proposal.decide")),
)
