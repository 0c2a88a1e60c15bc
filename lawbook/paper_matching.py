"""Which document is of which act (文书与办案行为的对应), and which act has none: asked before a case is closed.

A document says of which act it is; one that does not, as all did once, is matched by form, party and
day: of the party as it was called then, and not made before what it puts on paper could be. What bears
an approval is never older than the approval. Pure.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lawbook.case_papers import FOR_SEALING, PAPERS, Paper
from lawbook.penalty.act import Act
from lawbook.penalty.approvals import opinions, request_of, requests
from lawbook.penalty.case import Case
from lawbook.penalty.kind import REGISTRY
from lawbook.penalty.matters import MATTERS
from lawbook.penalty.refusals import PenaltyRefusal

APPROVED_BY_ACT = frozenset(
    one.form
    for one in MATTERS.values()
    if not one.advice and one.code not in ("report", "apply-to-court")
)
"""Forms that are the paper of a request, where the procedure wants one: not of the act that follows."""
TITLES: Mapping[str, str] = {
    form: paper.title for papers in PAPERS.values() for paper in papers for form in paper.forms
} | {"matter-approval": "行政执法有关事项审批表"}
BEARING = frozenset(
    ("case-filing-approval", "case-handling-approval", "case-end-approval", "case-transfer-approval",
     "payment-relief-approval", "case-closure")
)  # fmt: skip
"""Forms that bear the approval of the very act: none is older than it."""


@dataclass(frozen=True, slots=True)
class Issued:
    """A document that stands: its form, its day, the party as it is named, and the act that it is of ("": unsaid)."""

    form: str
    on: date
    party: str = ""
    act: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """An act that calls for a document: how many, and from which day on they can be of it."""

    paper: Paper
    act: Act
    count: int
    since: date
    of: frozenset[str]
    """Ids by which a document says that it is of this act: its own, that of its request, of what followed."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """A document that is lacking: which, of which act, how many, and what was found instead."""

    paper: Paper
    act: Act
    wanted: int
    issued: int
    instead: str = ""

    @property
    def told(self) -> str:
        """In words: 询问笔录（对应 3月5日的“询问”；应有 2 份，已出具 1 份）."""
        count = f"；应有 {self.wanted} 份，已出具 {self.issued} 份" if self.wanted > 1 else ""
        title = REGISTRY[self.act.kind].title
        if matter := MATTERS.get(str(self.act.said.get("measure"))):
            title = f"{title}：{matter.title}"
        why = f"；{self.instead}" if self.instead else ""
        return f"{self.paper.title}（对应 {self.act.on} 的“{title}”{count}{why}）"

    def plain(self) -> dict[str, Any]:
        """As JSON, with what a button does."""
        return {
            "title": f"尚未出具{self.told}", "law": self.paper.law,
            "next_step": f"制作、出具{self.paper.title}",
            "mends": {"kind": "document", "code": self.paper.forms[0], "act": self.act.id},
        }  # fmt: skip


def calls(case: Case, *, pending: bool = False) -> list[Call]:
    """Every act that calls for a document, by the table's order of acts. pending: requests unanswered too."""
    rounds = _rounds(case)
    found = [*_asked(case, pending=pending)]
    by_request = len(case.procedure.matters) > len(_LAW_ALONE)
    for kind, papers in PAPERS.items():
        acts = [act for act in case.all(kind) if _counts(case, act)]
        for paper in papers:
            if not acts or paper.procedure not in ("", case.procedure.code):
                continue
            form = paper.forms[0]
            if by_request and form in APPROVED_BY_ACT:
                continue
            before: Act | None = None
            for act in acts[:1] if paper.once else acts:
                count = len(act.said.get(paper.per) or (1,)) if paper.per else 1
                given = (
                    opinions(case, act).get("approve") if form == "investigation-report" else None
                )
                since = act.on if form in BEARING else _earliest(act, before, rounds)
                since = given.on if given else since
                found.append(Call(paper, act, count, since, frozenset((act.id,))))
                before = act
    return found


_LAW_ALONE = ("register-evidence", "seal", "extend-sealing")


def _asked(case: Case, *, pending: bool) -> Iterator[Call]:
    """What was put to the head and answered, yes or no, is on paper; what was returned need not be."""
    if len(case.procedure.matters) <= len(_LAW_ALONE):
        return
    for one in requests(case):
        form, answers = one.matter.form, opinions(case, one.request)
        if form not in APPROVED_BY_ACT or one.matter.advice:
            continue
        answer = answers.get("approve")
        if answer is None and not (pending and not answers.keys() & {"return", "withdraw"}):
            continue
        law = one.matter.law
        follows = {
            act.id for act in case.all(one.matter.act) if request_of(case, act) is one.request
        }
        since = (answer or one.request).on
        ids = frozenset({one.request.id, *follows})
        yield Call(Paper((form,), TITLES[form], law), one.request, 1, since, ids)


def _rounds(case: Case) -> Mapping[str, date]:
    """Act → the day on which the round began in which it was done."""
    found: dict[str, date] = {}
    seen = Case(case.procedure)
    for act in case.acts:
        seen = seen.after(act)
        found[act.id] = seen.acts[seen.begun].on
    return found


def _earliest(act: Act, before: Act | None, rounds: Mapping[str, date]) -> date:
    """Papers are often written before the act is entered: not before the last such act, or the round."""
    return max(rounds[act.id], before.on) if before else rounds[act.id]


def _counts(case: Case, act: Act) -> bool:
    """Whether an act is put on paper: an opinion given in the course, a report that came back, is not."""
    if act.kind == "review-legality":
        return act.said.get("opinion") == "agree"
    if act.kind == "conclude-investigation":
        return "return" not in opinions(case, act)
    return True


def lacking(case: Case, issued: Iterable[Issued], *, sealing: bool = False) -> list[Lacking]:
    """Every act that calls for a document and has none of its own, of its party and of its day.

    sealing: also what is made once the case is closed.
    """
    have = list(issued)
    found: list[Lacking] = []
    wanted = [one for one in calls(case) if sealing or one.act.kind not in FOR_SEALING]
    for forms in dict.fromkeys(one.paper.forms for one in wanted):
        # One document may be of two acts of different kinds: 听证告知书 tells all that 告知书 tells.
        of_forms = [one for one in wanted if one.paper.forms == forms]
        left = sorted((one for one in have if one.form in forms), key=lambda one: one.on)
        found += _lacking(case, of_forms, left)
    return found


def _lacking(case: Case, wanted: Sequence[Call], left: list[Issued]) -> Iterator[Lacking]:
    """Of calls for the same forms those that no document answers; each document answers one."""
    taken: dict[int, int] = {}

    def take(n: int, fit: Iterable[Issued]) -> None:
        for one in list(fit):
            if taken.get(n, 0) < wanted[n].count and _fits(case, wanted[n], one):
                taken[n] = taken.get(n, 0) + 1
                left.remove(one)

    for n, call in enumerate(wanted):
        take(n, (one for one in left if one.act in call.of))
    # Of what says nothing the latest acts choose first: what is theirs could be an earlier one's too.
    for n in sorted(range(len(wanted)), key=lambda n: (wanted[n].since, n), reverse=True):
        take(n, (one for one in reversed(left) if not one.act))
    for n, call in enumerate(wanted):
        if taken.get(n, 0) < call.count:
            yield Lacking(
                call.paper, call.act, call.count, taken.get(n, 0), _instead(case, call, left)
            )


def _fits(case: Case, call: Call, one: Issued) -> bool:
    right = one.form in call.paper.forms and one.on >= call.since
    return right and _named(case, one)


def _named(case: Case, one: Issued) -> bool:
    """Whether it names the party as it was called on its day."""
    if not one.party:
        return True
    told = one.party.partition("（原名：")[0]
    return told in (called(case, one.on), *called_later_that_day(case, one.on))


def called(case: Case, on: date) -> str:
    """What the party was called when a day began."""
    name = str((case.told.get("party") or {}).get("name") or "")
    for act in case.all("change-party"):
        if act.on < on and act.said["party"].get("name"):
            name = str(act.said["party"]["name"])
    return name


def called_later_that_day(case: Case, on: date) -> tuple[str, ...]:
    """What it was called anew on that very day."""
    return tuple(
        str(act.said["party"]["name"])
        for act in case.all("change-party") if act.on == on and act.said["party"].get("name")
    )  # fmt: skip


def _instead(case: Case, call: Call, left: Sequence[Issued]) -> str:
    """Why a document of the form that is there is not of this act."""
    found = [one for one in left if one.form in call.paper.forms]
    if any(not _named(case, one) for one in found):
        return "已出具的当事人与本案不符"
    if any(one.on < call.since for one in found):
        return "已出具的早于该事项"
    return ""


def act_for(case: Case, form: str, issued: Iterable[Issued]) -> Act | None:
    """The act that a new document of this form puts on paper: the first that has none, else the latest."""
    fit = [one for one in calls(case, pending=True) if form in one.paper.forms]
    if not fit:
        return None
    have = list(issued)
    missing = {one.act.id for one in lacking(case, have, sealing=True)}
    said = {one.act for one in have}
    first = [one for one in fit if one.act.id in missing]
    first += [
        one for one in fit if not one.of & said and one.act.id not in missing and _open(case, one)
    ]
    return (first or fit[-1:])[0].act


def _open(case: Case, call: Call) -> bool:
    """A request that waits: its form is drafted so that the head sees it."""
    return call.act.kind == "request-measure" and "approve" not in opinions(case, call.act)


class PapersLacking(PenaltyRefusal):
    """A case whose acts have not all been put on paper."""

    code, title, law = "papers-lacking", "还有应当制作而没有出具的文书", "行政处罚法 §47"
    next_step = "逐一制作、出具所列文书"

    def __init__(self, found: list[Lacking] | None = None) -> None:
        self.lacking = found or []
        super().__init__("尚未出具：" + "、".join(one.told for one in self.lacking))

    def problem(self) -> dict[str, Any]:
        """With each document, its article and what makes it."""
        return super().problem() | {"wanting": [one.plain() for one in self.lacking]}
