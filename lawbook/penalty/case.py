"""The case (案件): what its acts amount to, folded one after the other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Self

from lawbook.penalty.act import Act
from lawbook.penalty.procedure import Procedure
from lawbook.penalty.refusals import ActNotNow
from lawbook.penalty.stages import TITLES, Stage
from lawbook.penalty.tables import ORDINARY_2021, procedure

FILINGS = ("propose-filing", "supplement-filing", "begin-summary")
"""Acts with which a case begins; each names the procedure that the case pins."""
ROUNDS = (Stage.INVESTIGATING, Stage.ON_THE_SPOT)
"""Where a round of an ordinary case, and of one on the spot, begins."""
PENALTIES = ("decide", "decide-no-penalty")
FALLEN = ("revoked", "invalid", "illegal")
"""Outcomes of a review or lawsuit after which a decision is none.

Who says that it was unlawful without revoking it leaves it standing (行政诉讼法 §74, 行政复议法 §65). An
older act says `illegal` for that and for 无效 in one word; its case went on as if it had fallen.
"""


@dataclass(frozen=True)
class Case:
    """A case (案件) as its acts leave it.

    begun: where in `acts` the present round begins; a case that goes back to investigation is
    concluded, reviewed, notified and approved anew.
    """

    procedure: Procedure = ORDINARY_2021
    stage: Stage = Stage.LEAD
    acts: tuple[Act, ...] = ()
    begun: int = 0

    @classmethod
    def of(cls, acts: Iterable[Act]) -> Self:
        """The case that these acts make. ActNotNow for one that its table does not allow."""
        case = cls()
        for act in acts:
            case = case.after(act)
        return case

    def after(self, act: Act) -> Self:
        """The case once this act is done. ActNotNow when the table has no such way."""
        case = self
        if act.kind in FILINGS and "procedure" in act.said:
            case = replace(case, procedure=procedure(str(act.said["procedure"])))
        to = case.procedure.to(case, act)
        if to is None:
            raise ActNotNow(f"案件处于“{TITLES[self.stage]}”阶段")
        again = to in ROUNDS and self.stage is not to
        begun = len(self.acts) if again else self.begun
        return replace(case, stage=to, acts=(*self.acts, act), begun=begun)

    @property
    def title(self) -> str:
        """Its stage in words."""
        return TITLES[self.stage]

    def latest(self, *kinds: str) -> Act | None:
        """The latest act of these kinds in the present round."""
        return next((act for act in reversed(self.acts[self.begun :]) if act.kind in kinds), None)

    def ever(self, *kinds: str) -> Act | None:
        """The latest act of these kinds at all."""
        return next((act for act in reversed(self.acts) if act.kind in kinds), None)

    def all(self, *kinds: str) -> tuple[Act, ...]:
        """Every act of these kinds, in their order."""
        return tuple(act for act in self.acts if act.kind in kinds)

    def since(self, act: Act, *kinds: str) -> tuple[Act, ...]:
        """Acts of these kinds after that one; of every kind when none is named."""
        at = self.acts.index(act)
        return tuple(one for one in self.acts[at + 1 :] if not kinds or one.kind in kinds)

    def one(self, id_: object) -> Act | None:
        """The act of this id."""
        return next((act for act in self.acts if act.id == id_), None)

    @cached_property
    def filing(self) -> Act | None:
        """The proposal by which it was filed."""
        return self.ever(*FILINGS)

    @property
    def told(self) -> Mapping[str, Any]:
        """What the filing says."""
        return self.filing.said if self.filing else {}

    @property
    def unit(self) -> str:
        """The bureau that handles it: that of who filed it."""
        return str(self.told.get("unit") or (self.filing.by.unit if self.filing else ""))

    @cached_property
    def party(self) -> Mapping[str, Any]:
        """The party as it is called now (当事人); earlier documents keep what it was called then."""
        party = dict(self.told.get("party") or {})
        for act in self.acts:
            if act.kind == "change-party":
                party |= {k: v for k, v in act.said["party"].items() if v not in (None, "")}
        return party

    @cached_property
    def former_names(self) -> tuple[str, ...]:
        """What the party was called before, the earliest first (原名)."""
        renamed = [act.said["party"].get("name") for act in self.all("change-party")]
        names = [(self.told.get("party") or {}).get("name"), *renamed]
        told = [str(one) for one in names if one]
        return tuple(dict.fromkeys(one for one in told if one != self.party.get("name")))

    @property
    def party_kind(self) -> str:
        """person or organisation."""
        return "person" if self.party.get("kind") == "person" else "organisation"

    @cached_property
    def handlers(self) -> tuple[str, ...]:
        """Certificate numbers of the handlers (承办人), without who was recused."""
        told: tuple[str, ...] = ()
        for act in self.acts:
            if act.kind in (*FILINGS, "assign-handlers"):
                told = tuple(one.number for one in act.officers)
        return tuple(number for number in told if number not in self.recused)

    @cached_property
    def ever_handled(self) -> frozenset[str]:
        """Everybody who has handled or investigated it, also before."""
        kinds = (*FILINGS, "assign-handlers")
        return frozenset(one.number for act in self.all(*kinds) for one in act.officers)

    @cached_property
    def investigators(self) -> frozenset[str]:
        """The names of those, where an act names people by name alone."""
        kinds = (*FILINGS, "assign-handlers")
        return frozenset(one.name for act in self.all(*kinds) for one in act.officers)

    @cached_property
    def recused(self) -> frozenset[str]:
        """Numbers of those who must keep away (回避)."""
        return frozenset(str(act.said["number"]) for act in self.all("recuse"))

    @cached_property
    def violations(self) -> tuple[Mapping[str, Any], ...]:
        """What happened (违法行为), as it was last established."""
        for act in reversed(self.acts):
            if act.said.get("violations"):
                return tuple(act.said["violations"])
        return ()

    @cached_property
    def evidence(self) -> tuple[Mapping[str, Any], ...]:
        """Everything that proves (证据), in the order in which it came."""
        return tuple(one for act in self.acts for one in act.said.get("evidence") or ())

    @property
    def notice(self) -> Act | None:
        """The notice of the penalty in the present round (行政处罚告知)."""
        return self.latest("notify-penalty")

    @property
    def notice_served(self) -> Act | None:
        """The service of that notice; one of an earlier notice is none (行政处罚法 §44)."""
        return self._served_since(self.notice, "penalty-notice")

    @property
    def hearing_notice(self) -> Act | None:
        """The notice of the right to a hearing on what was last told of (听证告知, §63); a new notice of
        the penalty wants a new one."""
        told = self.notice and self.since(self.notice, "notify-hearing")
        return told[-1] if told else None

    @property
    def hearing_notice_served(self) -> Act | None:
        """The service of that notice."""
        return self._served_since(self.hearing_notice, "hearing-notice")

    @property
    def session(self) -> Act | None:
        """The latest announcement of the hearing that was last asked for (听证会通知, §64(2))."""
        asked = self.latest("request-hearing")
        told = self.since(asked, "notify-hearing-session") if asked else ()
        return told[-1] if told else None

    @property
    def hearing(self) -> Act | None:
        """The hearing that was held as it was announced."""
        held = self.since(self.session, "hold-hearing") if self.session else ()
        return held[-1] if held else None

    def _served_since(self, made: Act | None, of: str) -> Act | None:
        """The latest service of a document since the act that made it."""
        served = self.since(made, "serve") if made else ()
        return next((act for act in reversed(served) if act.said.get("of") == of), None)

    @cached_property
    def decision(self) -> Act | None:
        """The decision in force; None before one is made and once it has fallen."""
        standing: Act | None = None
        for act in self.acts:
            if act.kind in PENALTIES:
                standing = act
            elif act.kind == "revoke-decision" or (
                act.kind == "review-outcome" and act.said.get("outcome") in FALLEN
            ):
                standing = None
        return standing

    @cached_property
    def fine(self) -> int:
        """The fine in force, in fen: as decided, or as a review or judgment changed it."""
        if self.decision is None:
            return 0
        changed = [
            act.said["fine"]
            for act in self.since(self.decision, "review-outcome")
            if act.said.get("outcome") == "changed" and act.said.get("fine") is not None
        ]
        return int(changed[-1] if changed else self.decision.said.get("fine") or 0)

    @cached_property
    def challenge(self) -> Act | None:
        """The review or lawsuit that is pending (复议、诉讼)."""
        last = self.ever("record-challenge")
        return None if last is None or self.since(last, "review-outcome") else last
