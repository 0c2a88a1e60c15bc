"""What waits for a person's opinion (待审批、待审核): a card each, with its form as a picture and the words to add."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from gateway.console import case_law, casework, retelling, shapes
from gateway.console.client import Json
from gateway.console.shapes import Line
from gateway.console.showing import link
from lawbook.penalty.approvals import OPINIONS, opinions
from lawbook.penalty.case import Case
from lawbook.penalty.kind import REGISTRY, ActKind
from lawbook.penalty.matters import Matter, matter_of
from lawbook.penalty.shape import Field, Kind

AGREED = "同意。"
"""The opinion that is proposed; it says nothing of why something goes back."""
STEPS: Mapping[str, tuple[str, ...]] = {
    "approve-filing": ("approve-filing",), "file-after-investigation": ("approve-filing",),
    "approve-decision": ("approve-decision",), "approve-closing": ("close",),
}  # fmt: skip
"""Approvals that are steps of a procedure, by their limit: the acts that decide."""
GIVEN = {"endorse-measure": "endorse", "advise-measure": "advise"}
TITLES = {"endorse-measure": "待您审核", "advise-measure": "待您提出法制意见"}


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody has said of a request on its way (审批意见)."""

    title: str
    by: str
    at: str
    text: str
    agreed: bool


@dataclass(frozen=True, slots=True)
class Way:
    """A button beside the main one: another act, or the same with a no."""

    kind: str
    label: str
    agreed: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One opinion that is asked of the person: what is asked, on which form, and how it is given."""

    case: Json
    kind: ActKind
    heading: str
    what: str
    form: str
    picture: str
    asked: tuple[Line, ...]
    opinions: tuple[Opinion, ...]
    hidden: tuple[tuple[str, str], ...]
    fields: tuple[Field, ...]
    given: Json
    ways: tuple[Way, ...]
    refusals: tuple[Json, ...]
    proposed: str
    agrees: bool
    """The act says yes or no by a field; else doing it is the yes."""
    act_id: str
    opener: str
    duty: Json

    @property
    def lawful(self) -> bool:
        """Whether it may be done now."""
        return not self.refusals


def cards(case: Json, content: Path, opener: str = "") -> list[Card]:
    """Everything in a case that waits for the opinion of who looks at it; of one request alone, if named."""
    offers = {one["kind"]: one for one in case["offers"]}
    whole: Case | None = None
    found: list[Card] = []
    for duty in case["duties"]:
        asked = next((act for act in case["timeline"] if act["id"] == duty["opener"]), None)
        if not duty["form"] or asked is None or opener not in ("", duty["opener"]):
            continue
        matter = matter_of(asked["kind"], asked["said"])
        whole = whole or case_law.folded(case)
        request = whole.one(asked["id"])
        given = opinions(whole, request) if request else {}
        kinds: tuple[str, ...] = tuple(GIVEN)
        if duty["name"] in STEPS or matter is None:
            found += _step(case, content, duty, asked, offers)
            kinds = ("advise-measure",) if matter and matter.advice else ()
        elif (main := offers.get(_main(matter))) and not _others(main):
            found.append(_card(case, content, duty, asked, matter, main, offers))
        for kind in kinds:
            offer = offers.get(kind)
            if offer and matter and offer["lawful"] and GIVEN[kind] not in given:
                found.append(_card(case, content, duty, asked, matter, offer, offers))
    return found


def _main(matter: Matter) -> str:
    return matter.act if matter.own else "approve-measure"


def _others(offer: Json) -> bool:
    """Somebody else's to do."""
    return any(why["code"] in casework.ELSEWHERE for why in offer["refusals"])


def _card(
    case: Json, content: Path, duty: Json, asked: Json, matter: Matter, offer: Json,
    offers: Mapping[str, Json],
) -> Card:  # fmt: skip
    kind = REGISTRY[offer["kind"]]
    said = _said(case, asked, matter, kind)
    head = kind.code not in GIVEN
    ways: list[Way] = []
    if head:
        if not matter.own:
            ways.append(Way(kind.code, "不同意", "no"))
        elif asked["kind"] == "propose-transfer":
            ways.append(Way("decline-transfer", "不批准移送"))
        elif "approve-measure" in offers:
            ways.append(Way("approve-measure", "不同意", "no"))
        if "return-measure" in offers:
            ways.append(Way("return-measure", "退回"))
    else:
        ways.append(Way(kind.code, "不同意", "no"))
    carried = {"measure": matter.code, "request": asked["id"]}
    agrees = any(field.name == "agreed" for field in kind.shape)
    return _made(
        case, content, duty, asked, kind, said | (carried if agrees else {}), tuple(ways), offer,
        f"{TITLES.get(kind.code, '待您审批')}：{matter.title}",
        () if agrees else tuple(carried.items()),
    )  # fmt: skip


def _step(
    case: Json, content: Path, duty: Json, asked: Json, offers: Mapping[str, Json]
) -> Iterator[Card]:
    """An approval that is a step of the procedure: filing, decision, closing."""
    for code in STEPS.get(duty["name"], ()):
        offer = offers.get(code)
        if offer is None or _others(offer):
            continue
        ways = tuple(
            Way(one, offers[one]["title"])
            for one in casework.INSTEAD.get(code, ()) if one in offers and offers[one]["lawful"]
        )  # fmt: skip
        kind = REGISTRY[code]
        said = {
            name: value for name, value in casework.known(case, code).items() if name != "opinion"
        }
        yield _made(
            case, content, duty, asked, kind, said, ways, offer, f"待您审批：{kind.title}", ()
        )


def _made(
    case: Json, content: Path, duty: Json, asked: Json, kind: ActKind, said: Json,
    ways: tuple[Way, ...], offer: Json, heading: str, carried: tuple[tuple[str, str], ...],
) -> Card:  # fmt: skip
    shape = shapes.fitted(kind.shape)
    missing = tuple(
        field for field in shape
        if field.required and field.least >= 0 and not said.get(field.name)
        and field.name not in ("opinion", "agreed") and (field.kind not in LISTED or field.least)
    )  # fmt: skip
    words = casework.OPINIONS.get(kind.code) or AGREED
    tell = retelling.teller(case, content)
    path = f"/cases/{case['id']}/forms/{duty['form']}/picture"
    return Card(
        case, kind, heading, f"{asked['by_name']} {asked['title']}", duty["form"],
        link(path, act=duty["opener"], r=case["acts"]),
        tell(asked) if asked["kind"] in ("request-measure", "propose-transfer") else (),
        _opinions(case, asked),
        (*hidden(shape, said), *((f"said.{name}", value) for name, value in carried)),
        missing, said, ways, tuple(offer["refusals"]), words,
        any(field.name == "agreed" for field in shape), str(uuid4()), duty["opener"],
        duty,
    )  # fmt: skip


LISTED = (Kind.LINES, Kind.RECORDS)


def _opinions(case: Json, asked: Json) -> tuple[Opinion, ...]:
    """What was said of it since it was asked for."""
    since = [act for act in case["timeline"] if act["seq"] > asked["seq"]]
    words = {*OPINIONS, "endorse-filing", "endorse-decision", "endorse-closing", "review-legality"}
    return tuple(
        Opinion(
            act["title"], act["by_name"], act["at"],
            str(act["said"].get("opinion" if act["kind"] != "review-legality" else "text") or ""),
            act["said"].get("agreed") is not False,
        )
        for act in since
        if act["kind"] in words and act["said"].get("request") in (None, asked["id"])
        and act["said"].get("measure") in (None, _measure(asked))
    )  # fmt: skip


def _measure(asked: Json) -> str | None:
    matter = matter_of(asked["kind"], asked["said"])
    return matter.code if matter else None


def _said(case: Json, asked: Json, matter: Matter, kind: ActKind) -> Json:
    """What the act will say, as far as the request and the case tell it."""
    if kind.code != matter.act:
        return {}
    names = {field.name for field in kind.shape}
    told = {
        name: value for name, value in asked["said"].items() if name in names and name != "opinion"
    }
    if asked["kind"] == "propose-transfer":
        told |= {"kind": "crime", "reason": asked["said"]["report"]}
    elif kind.code == "transfer":
        told |= {"kind": "jurisdiction"}
    elif kind.code == "apply-to-court":
        told |= {"amount": case["outstanding"]}
    return told


def asked_said(case: Json, kind: str) -> Json:
    """What the form of an act begins with where it was asked for: the latest request of the matter."""
    matter = next((one for act in case["timeline"] if (one := matter_of(act["kind"], act["said"]))
                   and one.act == kind), None)  # fmt: skip
    for act in reversed(case["timeline"] if matter else ()):
        if matter_of(act["kind"], act["said"]) is matter and matter is not None:
            return _said(case, act, matter, REGISTRY[kind])
    return {}


def hidden(
    shape: tuple[Field, ...], said: Mapping[str, Any], path: str = "said"
) -> Iterator[tuple[str, str]]:
    """What is known already, as a form sends it unseen."""
    for field in shape:
        value, here = said.get(field.name), f"{path}.{field.name}"
        if value in (None, "", [], {}):
            continue
        if field.kind is Kind.RECORD:
            yield from hidden(field.of, value, here)
        elif field.kind is Kind.RECORDS:
            for n, row in enumerate(value):
                yield from hidden(field.of, row, f"{here}.{n}")
        elif field.kind is Kind.FLAG:
            yield here, shapes.YES if value else shapes.NO
        elif field.kind is Kind.LINES and field.choices:
            yield from ((here, one) for one in value)
        else:
            yield here, str(shapes.shown(field, value))
