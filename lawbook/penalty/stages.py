"""The stages of a case (案件阶段): where it stands in law; they follow from its acts."""

from collections.abc import Mapping
from enum import StrEnum


class Stage(StrEnum):
    """案件阶段."""

    LEAD = "lead"
    AWAITING_FILING = "awaiting-filing"
    FILING_RETURNED = "filing-returned"
    NOT_FILED = "not-filed"
    INVESTIGATING = "investigating"
    CONCLUDED = "concluded"
    UNDER_REVIEW = "under-review"
    REVIEWED = "reviewed"
    NOTIFIED = "notified"
    HEARING = "hearing"
    HEARD = "heard"
    AWAITING_DECISION = "awaiting-decision"
    APPROVED = "approved"
    DECIDED = "decided"
    SERVED = "served"
    ENFORCING = "enforcing"
    AWAITING_CLOSURE = "awaiting-closure"
    CLOSED = "closed"
    REVOKED = "revoked"
    TERMINATED = "terminated"
    TRANSFERRED = "transferred"
    ARCHIVED = "archived"
    ON_THE_SPOT = "on-the-spot"


TITLES: Mapping[Stage, str] = {
    Stage.LEAD: "线索登记",
    Stage.AWAITING_FILING: "立案待批",
    Stage.FILING_RETURNED: "立案退回补充",
    Stage.NOT_FILED: "不予立案",
    Stage.INVESTIGATING: "调查取证",
    Stage.CONCLUDED: "调查终结",
    Stage.UNDER_REVIEW: "法制审核中",
    Stage.REVIEWED: "法制审核通过",
    Stage.NOTIFIED: "已告知",
    Stage.HEARING: "听证中",
    Stage.HEARD: "听证终结",
    Stage.AWAITING_DECISION: "处理待批",
    Stage.APPROVED: "处理已批准",
    Stage.DECIDED: "已作出决定",
    Stage.SERVED: "决定已送达",
    Stage.ENFORCING: "申请强制执行",
    Stage.AWAITING_CLOSURE: "结案待批",
    Stage.CLOSED: "已结案",
    Stage.REVOKED: "决定已撤销",
    Stage.TERMINATED: "已终止",
    Stage.TRANSFERRED: "已移送",
    Stage.ARCHIVED: "已归档",
    Stage.ON_THE_SPOT: "当场查处",
}
FINAL = frozenset((Stage.NOT_FILED, Stage.ARCHIVED))
"""From which nothing leads on."""
