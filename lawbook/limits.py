"""Every time limit of inspection and penalty (法定期限表), with its article: what opens it, for whom.

`verified` is False where the article or the length still has to be confirmed (待确认): such a limit
is shown as an internal target and blocks nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from lawbook.days import SEALING_WITHIN, Period, Unit, coercion_period, penalty_period

WORKING, CALENDAR, MONTHS = Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.MONTHS


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit: what must be done (`what`) after which event (`opens`), by whom, within how long."""

    what: str
    opens: str
    who: str
    period: Period
    verified: bool = True


LIMITS: Mapping[str, Limit] = {
    "decide-preserved-evidence": Limit(
        "对先行登记保存的证据作出处理决定", "先行登记保存", "承办人",
        penalty_period(7, "行政处罚法 §56、§85"),
    ),
    "decide": Limit(
        "作出行政处罚决定", "立案", "承办人", Period(90, CALENDAR, "行政处罚法 §60", own=True),
    ),
    "file-after-investigation": Limit(
        "补办立案手续", "先行调查取证", "承办人",
        Period(5, WORKING, "安全生产违法行为行政处罚办法 §23"), verified=False,
    ),
    "request-hearing": Limit(
        "要求听证", "听证告知书送达", "当事人", penalty_period(5, "行政处罚法 §64(1)、§85"),
    ),
    "state-and-defend": Limit(
        "陈述、申辩", "行政处罚告知书送达", "当事人",
        Period(5, WORKING, "行政处罚法 §44、§45"), verified=False,
    ),
    "legal-review": Limit(
        "提出法制审核意见", "提交法制审核", "法制审核人", Period(5, WORKING, "行政处罚法 §58"),
        verified=False,
    ),
    "serve-decision": Limit(
        "送达行政处罚决定书", "作出决定", "送达人", penalty_period(7, "行政处罚法 §61、§85"),
    ),
    "serve-by-announcement": Limit(
        "公告送达期满", "发出公告", "送达人", Period(30, CALENDAR, "民事诉讼法 §95"),
    ),
    "publish": Limit(
        "公开行政处罚决定", "作出决定", "承办机构", Period(7, WORKING, "安全生产法 §78(2)"),
    ),
    "withdraw-publication": Limit(
        "撤回公开的处罚决定信息", "决定被变更、撤销或者确认违法、无效", "承办机构",
        penalty_period(3, "行政处罚法 §48(2)、§85"),
    ),
    "hand-in-cash": Limit(
        "将当场收缴的罚款交至行政机关", "当场收缴", "执法人员",
        penalty_period(2, "行政处罚法 §71、§85"),
    ),
    "bank-cash": Limit(
        "将罚款缴付指定的银行", "收到当场收缴的罚款", "行政机关",
        penalty_period(2, "行政处罚法 §71、§85"),
    ),
    "pay": Limit("缴纳罚款", "收到行政处罚决定书", "当事人", penalty_period(15, "行政处罚法 §67")),
    "review": Limit(
        "申请行政复议", "知道行政行为", "当事人", Period(60, CALENDAR, "行政复议法 §20"),
    ),
    "litigate": Limit(
        "提起行政诉讼", "知道行政行为", "当事人", Period(6, MONTHS, "行政诉讼法 §46"),
    ),
    "litigate-after-review": Limit(
        "对复议决定提起行政诉讼", "收到复议决定书", "当事人",
        Period(15, CALENDAR, "行政诉讼法 §45"),
    ),
    "appeal": Limit(
        "提起上诉", "收到一审判决书", "当事人", Period(15, CALENDAR, "行政诉讼法 §85"),
    ),
    "demand-before-court": Limit(
        "催告期满，方可申请强制执行", "催告书送达", "行政机关",
        coercion_period(10, "行政强制法 §54、§69"),
    ),
    "apply-to-court": Limit(
        "申请人民法院强制执行", "复议、诉讼期限届满", "行政机关",
        Period(3, MONTHS, "行政强制法 §53"),
    ),
    "enforce-judgment": Limit(
        "申请人民法院强制执行（经过诉讼的）", "判决、裁定发生法律效力", "行政机关",
        Period(3, MONTHS, "行政诉讼法 §95"), verified=False,
    ),
    "sealing": Limit(
        "对查封、扣押作出处理决定", "实施查封、扣押", "承办人",
        SEALING_WITHIN,
    ),
    "court-accepts": Limit(
        "裁定是否受理强制执行申请", "收到强制执行申请", "人民法院",
        coercion_period(5, "行政强制法 §56、§69"),
    ),
    "court-rules": Limit(
        "作出强制执行裁定", "受理强制执行申请", "人民法院", coercion_period(7, "行政强制法 §57、§69"),
    ),
    "court-rules-after-hearing": Limit(
        "对明显违法等情形作出是否执行的裁定", "受理强制执行申请", "人民法院",
        coercion_period(30, "行政强制法 §58"),
    ),
    "decide-transfer": Limit(
        "决定是否移送公安机关", "提出移送涉嫌犯罪案件的书面报告", "主要负责人",
        Period(3, CALENDAR, "行政执法机关移送涉嫌犯罪案件的规定 §5", own=True),
    ),
    "police-examine": Limit(
        "审查移送的案件，决定是否立案", "接受移送的案件", "公安机关",
        Period(3, CALENDAR, "行政执法机关移送涉嫌犯罪案件的规定 §8"),
    ),
    "hand-over-evidence": Limit(
        "移交涉案物品和有关材料", "接到公安机关立案通知书", "承办人",
        Period(3, CALENDAR, "行政执法机关移送涉嫌犯罪案件的规定 §12", own=True),
    ),
    "dispute-police": Limit(
        "提请公安机关复议，或者建议人民检察院立案监督", "接到不予立案通知书", "承办人",
        Period(3, CALENDAR, "行政执法机关移送涉嫌犯罪案件的规定 §9", own=True),
    ),
    "police-reconsider": Limit(
        "复议后决定是否立案", "收到提请复议的文件", "公安机关",
        Period(3, CALENDAR, "行政执法机关移送涉嫌犯罪案件的规定 §9"),
    ),
    "supervise-police": Limit(
        "对不予立案的复议决定仍有异议的，建议人民检察院立案监督", "收到复议决定通知书", "承办人",
        Period(3, CALENDAR, "行政执法机关移送涉嫌犯罪案件的规定 §9", own=True),
    ),
    "ask-higher-court": Limit(
        "对不予受理、不予执行的裁定向上一级人民法院申请复议", "收到裁定", "行政机关",
        coercion_period(15, "行政强制法 §56(2)、§58(3)"),
    ),
    "higher-court-accepts": Limit(
        "作出是否受理的裁定", "收到复议申请", "上一级人民法院",
        coercion_period(15, "行政强制法 §56(2)"),
    ),
    "higher-court-rules": Limit(
        "作出是否执行的裁定", "收到复议申请", "上一级人民法院",
        coercion_period(30, "行政强制法 §58(3)"),
    ),
    "drill-again": Limit(
        "再次组织应急救援预案演练", "上一次演练", "危险物品、矿山、金属冶炼等单位",
        Period(6, MONTHS, "生产安全事故应急条例 §8"),
    ),
    "approve-filing": Limit(
        "审批立案", "提交立案审批", "审批人", Period(7, WORKING, "行政处罚法 §54"), verified=False,
    ),
    "reinspect": Limit(
        "整改复查", "整改期满或者收到复查申请", "承办人",
        Period(10, WORKING, "安全生产违法行为行政处罚办法 §15"), verified=False,
    ),
    "answer-correct-later": Limit(
        "答复延长整改期限的申请", "收到延长整改期限的申请", "承办人",
        Period(5, WORKING, "安全生产违法行为行政处罚办法 §14"), verified=False,
    ),
    "archive": Limit(
        "立卷归档", "结案", "承办人", Period(30, CALENDAR, "行政处罚法 §47", own=True), verified=False,
    ),
}  # fmt: skip
SEALING_EXTENSION = 30
"""Days by which the head may extend sealing and seizure once (行政强制法 §25)."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """What must be done a time before an event (提前): so many working days (`lawbook.clock.before`)."""

    what: str
    event: str
    who: str
    length: int
    law: str
    verified: bool = True


AHEAD: Mapping[str, Ahead] = {
    "notify-hearing": Ahead(
        "通知当事人听证的时间、地点", "举行听证", "听证主持人", 7, "行政处罚法 §64(2)、§85"
    ),
    "ask-to-correct-later": Ahead(
        "申请延长整改期限",
        "整改期限届满",
        "当事人",
        10,
        "安全生产违法行为行政处罚办法 §14",
        verified=False,
    ),
}


@dataclass(frozen=True, slots=True)
class Hours:
    """A limit in hours (以小时计), from an event, or before it (`ahead`)."""

    what: str
    event: str
    who: str
    hours: int
    law: str
    ahead: bool = False


HOURS: Mapping[str, Hours] = {
    "backfill-coercion": Hours(
        "报告并补办强制措施的批准手续",
        "情况紧急，当场实施强制措施",
        "执法人员",
        24,
        "行政强制法 §19",
    ),
    "announce-cutoff": Hours(
        "书面通知停止供电", "停止供电", "承办人", 24, "安全生产法 §70(2)", ahead=True
    ),
    "transfer-crime": Hours(
        "向公安机关移送", "决定移送", "承办人", 24, "行政执法机关移送涉嫌犯罪案件的规定 §5"
    ),
}
