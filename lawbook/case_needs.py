"""How preconditions of a case's documents are spelled, and told (案件文书的前提). Pure.

The table of them is `lawbook.case_preconditions`.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lawbook.refusal import Refusal

DOCUMENT, APPROVED, ACT, FACT = "document:", "approved:", "act:", "fact:"
"""How what has happened is spelled: a document issued, an approval form issued with its approval, an
act that stands, a fact of the case (`FACTS`)."""
FACTS: Mapping[str, str] = {
    "urgent": "情况紧急，当场实施强制措施",
    "crime": "违法行为涉嫌犯罪",
    "review-due": "属于应当进行法制审核的情形",
    "deliberation-due": "属于应当集体讨论的情形",
    "hearing-asked": "当事人要求听证，没有撤回",
    "told-on-the-spot": "已当场告知并听取陈述、申辩",
    "says-approved": "文书的审批栏写明已经批准",
    "approvals-typed": "本案立案时的程序中，该表的审批由承办人填写",
    "power-cut": "决定停止供电",
    "power-cut-told": "停止供电在通知二十四小时之后，或者写明了不提前通知的紧急情形",
    "no-penalty": "拟不予行政处罚，当事人没有被告知处罚",
    "everything-approved": "已录入的文书都已审批、出具，没有未完成的草稿",
}
"""Facts of a case on which a precondition depends, and their words."""


class DocumentTooEarly(Refusal):
    """A document of a case before what the law wants first (案件文书的前提不具备)."""

    code = "case-document-too-early"
    title = "出具该文书的前提尚不具备"
    law = "行政处罚法 §47"
    next_step = "按所列前提逐项办理后再出具"

    def __init__(self, wanting: "Iterable[Need]" = ()) -> None:
        self.wanting = tuple(wanting)
        super().__init__("；".join(f"{one.title}（{one.law}）" for one in self.wanting))

    def problem(self) -> dict[str, Any]:
        """The refusal, and each precondition with its article, next step and what mends it."""
        told = super().problem()
        if self.wanting:
            told["law"] = "、".join(dict.fromkeys(one.law for one in self.wanting))
            told["next_step"] = "；".join(dict.fromkeys(one.next_step for one in self.wanting))
            told["wanting"] = [one.plain() for one in self.wanting]
        return told


NAMED = ("approve-measure", "serve")
"""Acts of which what has happened also says of what they are: approve-measure-seal, serve-decision."""


@dataclass(frozen=True, slots=True)
class Need:
    """One precondition: one of `any_of` has happened. Asked only `when` that holds, never `unless`."""

    any_of: tuple[str, ...]
    title: str
    law: str
    next_step: str
    when: str = ""
    unless: str = ""

    def met(self, happened: Collection[str]) -> bool:
        """Whether it is met, or not asked."""
        if (self.when and self.when not in happened) or (self.unless and self.unless in happened):
            return True
        return any(one in happened for one in self.any_of)

    @property
    def mends(self) -> tuple[str, str] | None:
        """What a button does: ("document" or "act", its code); None where only work mends it."""
        for one in self.any_of:
            kind, _, code = one.partition(":")
            if kind == "act":
                return "act", next((one for one in NAMED if code.startswith(f"{one}-")), code)
            if kind != "fact":
                return "document", code
        return None

    def plain(self) -> dict[str, Any]:
        """As JSON."""
        told: dict[str, Any] = {
            "title": self.title, "law": self.law, "next_step": self.next_step,
        }  # fmt: skip
        if self.mends:
            told["mends"] = dict(zip(("kind", "code"), self.mends, strict=True))
        return told


def issued(code: str, name: str, law: str, *others: str, when: str = "", unless: str = "") -> Need:
    """A document has been issued, or something that does as well."""
    said = f"先出具{name}"
    return Need((DOCUMENT + code, *others), f"尚未出具{name}", law, said, when, unless)


def approved(code: str, name: str, law: str, *others: str, unless: str = "") -> Need:
    """An approval form has been issued, and its approval given."""
    said = f"填写{name}，报本机关负责人批准"
    return Need((APPROVED + code, *others), f"{name}尚未批准", law, said, "", unless)


def done(code: str, title: str, law: str, next_step: str, *others: str, when: str = "") -> Need:
    """An act stands."""
    return Need((ACT + code, *others), title, law, next_step, when)
