"""Weighing on pages (裁量): the offence chosen from the catalogue, ranges as a picture, what was decided before."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gateway.console.client import ApiProblem, Json
from gateway.console.guard import Fields
from gateway.console.shapes import rows_given
from gateway.console.showing import today
from gateway.console.visit import Visit
from lawbook.offences import ADDRESSEES, CIRCUMSTANCES

ROWS = "said.violations"
TO_BE_SETTLED = "待核定"
"""What a filing says of a provision that nothing named yet."""
SHOWN = 40
"""So many offences are listed at once; more words find fewer."""
HEADED = (
    ("不予处罚", ("exempt", "may_exempt")),
    ("从轻、减轻", ("lighten", "may_lighten")),
    ("从重", ("aggravate",)),
)
"""Circumstances as the form heads them, by what they do."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A bar from nought to the most that is shown; places on it in per cent of its width."""

    most: int

    def at(self, fen: int) -> float:
        """Where a sum lies."""
        return round(min(100.0, 100 * fen / self.most), 2) if self.most else 0.0

    def wide(self, low: int, high: int) -> float:
        """How wide a range is; never so narrow that it is not seen."""
        return max(round(self.at(high) - self.at(low), 2), 0.6)


def picture(told: Json | None, fine: int | None, earlier: Sequence[int] = ()) -> Picture | None:
    """The bar that holds the article's range, the fine and earlier fines; None where nothing is to be shown."""
    span = (told or {}).get("span")
    most = max((span["high"] if span else 0, fine or 0, *earlier), default=0)
    return Picture(most) if most else None


@dataclass(slots=True)
class Row:
    """What the form of one violation shows beside its fields."""

    path: str
    choices: list[Json] = field(default_factory=list)
    chosen: Json | None = None
    told: Json | None = None
    problem: Json | None = None
    picture: Picture | None = None
    q: str = ""
    proposed: bool = False
    """Whether the offences listed follow from the article that the check item names."""


async def offences(visit: Visit, *, q: str = "", basis: str = "", on: str = "") -> list[Json]:
    """Offences of the catalogue by words, or by article; none for who may not read it."""
    if not visit.may("pack.read"):
        return []
    try:
        told = await visit.api.get("/v1/offences", q=q[:100], basis=basis[:100], on=on)
    except ApiProblem as problem:
        if problem.status == 401:
            raise
        return []
    return list(told["items"])


async def row(
    visit: Visit, violation: Json, party_kind: str, path: str, q: str = "", decided: str = ""
) -> Row:
    """All that one violation's form shows: offences to choose from, ranges, and what stands against it.

    `decided`: the day of the decision, by whose law it is weighed; today while there is none.
    """
    made = Row(path, q=q)
    code, on = str(violation.get("offence") or ""), _on(violation)
    if code:
        known = [one for one in await offences(visit, q=code, on=on) if one["code"] == code]
        made.chosen = known[0] if known else None
    basis = str(violation.get("basis") or "")
    if q:
        made.choices = await offences(visit, q=q, on=on)
    elif basis and basis != TO_BE_SETTLED:
        made.choices, made.proposed = await offences(visit, basis=basis, on=on), True
    if made.chosen and all(one["code"] != code for one in made.choices):
        made.choices.insert(0, made.chosen)
    made.choices = made.choices[:SHOWN]
    if made.chosen:
        made.told, made.problem = await weighed(visit, violation, party_kind, decided)
        made.picture = picture(made.told, _fen(violation.get("fine")))
    return made


async def rows(
    visit: Visit, violations: Sequence[Json], party_kind: str, form: Fields, more: str = ""
) -> list[Row]:
    """For each violation of a form, and for the empty one that was asked for."""
    told = list(violations)
    if more == ROWS or not told:
        told.append({})
    return list(
        await asyncio.gather(
            *(
                row(visit, one, party_kind, f"{ROWS}.{n}", form[f"{ROWS}.{n}.q"])
                for n, one in enumerate(told)
            )
        )
    )


async def weighed(
    visit: Visit, violation: Json, party_kind: str, decided: str = ""
) -> tuple[Json | None, Json | None]:
    """What the office answers to a violation: ranges with or without its fine, and what refuses the fine."""
    body = weighing_body(violation, party_kind, decided)
    chosen = {name: body.pop(name) for name in ("grade", "fine", "reason") if name in body}
    graded = {"grade": chosen["grade"]} if chosen.get("grade") else {}
    first = graded | chosen if len(chosen) == 3 else graded
    told, problem = await _asked(visit, body | first)
    for less in (graded, {}):
        if told is None and less != first:
            told, other = await _asked(visit, body | less)
            problem = problem or other
    if problem is not None and told is None:
        bare = {name: value for name, value in body.items() if name not in ("factors", "mitigated")}
        told, _ = await _asked(visit, bare)
    return told, problem


async def _asked(visit: Visit, body: Json) -> tuple[Json | None, Json | None]:
    try:
        return await visit.api.post("/v1/weighings", body), None
    except ApiProblem as problem:
        if problem.status not in (403, 409, 422):
            raise
        return None, problem.body


AT: Mapping[str, str] = {
    "fine-out-of-range": "fine", "fine-out-of-grade": "fine", "discretion-reason-missing": "reason",
    "income-unknown": "income", "gain-unknown": "gain", "not-mitigable": "fine",
    "provision-unknown": "offence", "grade-unknown": "offence", "factor-unknown": "offence",
    "must-not-penalise": "offence",
}  # fmt: skip
"""Refusal of discretion → the field of the violation that is meant."""


async def meant(
    visit: Visit, violations: Sequence[Json], party_kind: str, code: str, decided: str
) -> str:
    """Below which field of which violation a refusal of discretion belongs; "" where none is it alone."""
    if code == "grade-missing":
        bare = (
            n for n, one in enumerate(violations) if one.get("offence") and not one.get("grade")
        )
        return next((f"{ROWS}.{n}.offence" for n in bare), "")
    if code not in AT:
        return ""
    found = await asyncio.gather(
        *(weighed(visit, one, party_kind, decided) for one in violations if one.get("offence"))
    )
    places = [n for n, one in enumerate(violations) if one.get("offence")]
    for n, (_, problem) in zip(places, found, strict=True):
        if problem is not None and problem.get("code") == code:
            return f"{ROWS}.{n}.{AT[code]}"
    return ""


def weighing_body(violation: Json, party_kind: str, decided: str = "") -> Json:
    """A violation as the office weighs it."""
    whom = "unit" if party_kind == "organisation" else "responsible"
    when = str(violation.get("when") or "found").replace("-", "_")
    body: Json = {
        "offence": violation.get("offence"), "when": when if when in CIRCUMSTANCES else "found",
        "on": violation.get("on") if violation.get("on") in ADDRESSEES else whom,
        "act_until": _on(violation), "decided_on": decided or today().isoformat(),
        "factors": list(violation.get("factors") or ()), "mitigated": bool(violation.get("mitigated")),
    }  # fmt: skip
    for name in ("income", "gain", "fine"):
        if _fen(violation.get(name)) is not None:
            body[name] = violation[name]
    for name in ("grade", "reason", "departure"):
        if violation.get(name):
            body[name] = violation[name]
    return body


def _fen(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _on(violation: Json) -> str:
    """The day whose catalogue counts: that of the violation's end."""
    return str(violation.get("ended_on") or today().isoformat())


async def completed(visit: Visit, form: Fields) -> Fields:
    """The form, with what follows from a chosen offence and from a fine where nothing was typed."""
    given = form.below("")
    added = []
    for n in rows_given(given, ROWS):
        here = f"{ROWS}.{n}"
        # Who weighs a fine proposes one: documents print the kind of penalty of each violation.
        if form[f"{here}.fine"] and not form.all(f"{here}.penalties"):
            added.append((f"{here}.penalties", "fine"))
        code = form[f"{here}.offence"]
        open_ = [
            name
            for name in ("description", "broke", "basis")
            if form[f"{here}.{name}"] in ("", TO_BE_SETTLED)
        ]
        if not code or not open_:
            continue
        on = form[f"{here}.ended_on"] or today().isoformat()
        known = [one for one in await offences(visit, q=code, on=on) if one["code"] == code]
        for one in known[:1]:
            words = {"description": one["text"], "broke": one["broke"], "basis": one["basis"]}
            added += [(f"{here}.{name}", words[name]) for name in open_ if words[name]]
    if not added:
        return form
    settled = {name for name, _ in added}
    return Fields([pair for pair in form.pairs if pair[0] not in settled] + added)


def headed(told: Json) -> list[tuple[str, list[Json]]]:
    """The circumstances that may be chosen, under their headings."""
    groups = [
        (title, [one for one in told["factors"] if one["effect"] in effects])
        for title, effects in HEADED
    ]
    return [(title, found) for title, found in groups if found]


def standing(compared: Json) -> Mapping[str, Any]:
    """How a proposal stands to earlier decisions, as the page warns of it; empty when it is usual."""
    words = {
        "above": ("高于以往多数同类案件", "从重情节、危害后果、改正情况等与以往案件不同之处"),
        "below": ("低于以往多数同类案件", "从轻、减轻情节及其证据，以及与以往案件不同之处"),
    }
    found = words.get(compared["standing"])
    if found is None:
        return {}
    return {"title": found[0], "write": found[1]}
