"""What was found at a visit (发现的问题): of an unmet item one or several, or what no list asks about.

Pure. A finding is a mapping as records keep it: id, check_item (empty where no item says it), basis.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from lawbook.inspection import Answer
from lawbook.refusal import Refusal


class FindingWithoutBasis(Refusal):
    """A finding of which nobody says which provision is broken."""

    code = "finding-without-basis"
    title = "所记问题没有写明违反的规定"
    law = "安全生产法 §65(1)(2)"
    next_step = "打开该问题，从条款中选择或者写明违反的规定"


class FindingContradicted(Refusal):
    """A finding of an item that is recorded as met, or as not concerned."""

    code = "finding-contradicted"
    title = "检查项没有记为“不符合”，该项下却记有问题"
    law = "安全生产法 §68"
    next_step = "把该检查项改为“不符合”，或者撤销该项下的问题"


def unfounded(unmet: Iterable[str], findings: Iterable[Mapping[str, Any]]) -> list[str]:
    """The unmet items of which no finding speaks, in order."""
    found = {str(one["check_item"]) for one in findings}
    return [item for item in unmet if item not in found]


def contradicted(answers: Mapping[str, Answer], findings: Iterable[Mapping[str, Any]]) -> list[str]:
    """The items that are not unmet and of which a finding speaks all the same, in order."""
    told = dict.fromkeys(str(one["check_item"]) for one in findings)
    return sorted(item for item in told if answers.get(item, Answer.NOT_MET) is not Answer.NOT_MET)


def require_borne_out(answers: Mapping[str, Answer], findings: Iterable[Mapping[str, Any]]) -> None:
    """What was found agrees with what was answered, and what no item says names what it breaks.

    Refuses FindingContradicted, FindingWithoutBasis.
    """
    findings = list(findings)
    if items := contradicted(answers, findings):
        raise FindingContradicted("、".join(items), items=items)
    bare = [one for one in findings if not one["check_item"] and not str(one["basis"]).strip()]
    if bare:
        told = "；".join(str(one["description"])[:30] for one in bare)
        raise FindingWithoutBasis(told, findings=[str(one["id"]) for one in bare])
