"""Groups of fields that several acts share."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from lawbook.leniency import NO_PENALTY
from lawbook.offences import ADDRESSEES, CIRCUMSTANCES
from lawbook.penalty.matters import MATTERS
from lawbook.penalty.shape import (
    Field,
    Kind,
    an_id,
    choice,
    count,
    day,
    fen,
    flag,
    line,
    lines,
    record,
    records,
    text,
)
from lawbook.penalty_kinds import KINDS

PARTY = (
    choice("kind", "当事人类别", person="个人", organisation="单位"), line("name", "姓名或者名称"),
    line("code", "统一社会信用代码").optional, line("legal_rep", "法定代表人（负责人）").optional,
    line("legal_rep_post", "职务").optional, line("address", "地址").optional,
    line("phone", "电话").optional, line("postcode", "邮编").optional, line("sex", "性别").optional,
    count("age", "年龄").optional, line("id_number", "身份证号").optional,
    line("employer", "工作单位").optional, line("post", "职务").optional,
)  # fmt: skip
"""当事人."""

_EVIDENCE = (
    line("name", "证据名称"), line("kind", "种类"), line("sha256", "摘要").optional,
    day("taken_on", "取得日期").optional, line("id", "证据编号").optional,
)  # fmt: skip
EVIDENCE = records("evidence", "证据", *_EVIDENCE, least=0)
SOME_EVIDENCE = records("evidence", "证据", *_EVIDENCE, least=1)
THINGS = records(
    "things", "清单", line("name", "名称"), line("spec", "规格、批号").optional, line("amount", "数量"),
    line("note", "备注").optional, least=1,
)  # fmt: skip


def _one_of(name: str, label: str, told: Mapping[Any, str]) -> Field:
    return choice(name, label, **{str(code): word for code, word in told.items()}).optional


VIOLATIONS = records(
    "violations", "违法行为", line("offence", "违法行为代码").optional, text("description", "违法行为"),
    line("broke", "违反条款"), line("basis", "处罚依据"), line("grade", "裁量阶次").optional,
    lines("factors", "裁量情节", least=0), text("reason", "裁量理由").optional,
    lines("penalties", "处罚种类", least=0), fen("fine", "罚款（分）").optional,
    day("ended_on", "违法行为终了之日").optional,
    flag("harmful", "涉及公民生命健康安全、金融安全且有危害后果").optional,
    _one_of("when", "情形", CIRCUMSTANCES), _one_of("on", "处罚对象", ADDRESSEES),
    fen("income", "上一年年收入（分）").optional, fen("gain", "违法所得（分）").optional,
    flag("mitigated", "减轻处罚").optional, text("departure", "超出裁量阶次幅度的理由").optional,
    day("found_on", "发现之日").optional, fen("daily_of", "按日连续处罚的原罚款数额（分）").optional,
    day("ordered_on", "责令改正之日").optional, day("refused_until", "仍未改正的最后一日").optional, least=0,
)  # fmt: skip

PENALTIES = tuple((str(kind), word) for kind, (word, _) in KINDS.items())
"""Every kind of penalty with its word (行政处罚法 §9)."""
_ONE_OF = Field("penalties", "处罚种类", Kind.LINES, choices=PENALTIES, least=1)
GOODS = fen("goods", "合计中非法财物的价值（分），同时没收违法所得的填写").optional
PROPOSED = (
    replace(_ONE_OF, least=0), fen("fine", "罚款（分）").optional,
    fen("taken", "没收的数额、价值合计（分）").optional, GOODS, text("text", "处罚内容").optional,
)  # fmt: skip
"""What is proposed, where it may be nothing."""
PROPOSED_NOW = (
    _ONE_OF, fen("fine", "罚款（分）").optional, fen("taken", "没收的数额、价值合计（分）").optional,
    GOODS, text("text", "处罚内容").optional,
)  # fmt: skip
"""What is imposed."""
GROUND = choice(
    "ground",
    "不予处罚的情形",
    **{code.replace("-", "_"): one.text for code, one in NO_PENALTY.items()},
)
"""On what a decision not to penalise rests (行政处罚法 §30–§33、§36、§57(1))."""
OUTCOME = choice("outcome", "处理意见", penalty="给予行政处罚", no_penalty="不予行政处罚")

CHANGED = text("changed", "与被撤销的决定不同的主要事实、理由").optional
"""What is new where a penalty is imposed once more (行政诉讼法 §71)."""

MEASURE = choice(
    "measure", "报批的事项", **{one.code.replace("-", "_"): one.title for one in MATTERS.values()}
)
INSTALMENTS = records(
    "instalments", "各期", day("due_on", "缴纳之日"), fen("amount", "金额（分）"),
    line("number", "批准书文号").optional, least=2,
)  # fmt: skip
REQUEST = an_id("request", "所审批的报批").optional
"""Which request an opinion is about; without it, that which waits of the measure."""

FILING = (
    line("procedure", "程序及版本"), line("unit", "承办单位").optional,
    choice("source", "案件来源", inspection="执法检查", accident="事故调查", complaint="举报投诉",
           assigned="上级交办", reported="下级报请", referral="移送", other="其他"),
    line("source_id", "来源编号").optional, text("source_note", "来源说明").optional,
    line("cause", "案由"), line("name", "案件名称"), text("summary", "案件基本情况"),
    day("found_on", "发现之日").optional, record("party", "当事人", *PARTY), VIOLATIONS, EVIDENCE,
    lines("hazards", "隐患编号", least=0), line("entity_id", "企业编号").optional,
    line("region", "行政区划").optional, lines("linked", "相关案件", least=0),
)  # fmt: skip
"""What is known when a case is filed."""
