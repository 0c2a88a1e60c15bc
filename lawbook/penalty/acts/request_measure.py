"""报批事项: the handlers put a matter to the head, with what is to be done and why (`matters.py`)."""

from dataclasses import replace

from lawbook.penalty.act import Power
from lawbook.penalty.approvals import about, asked_soundly
from lawbook.penalty.kind import ActKind, Closes, Opens
from lawbook.penalty.sealing import confiscated_by_decision
from lawbook.penalty.shape import an_id, choice, count, day, line, lines, text
from lawbook.penalty.shapes import INSTALMENTS, MEASURE

ACT = ActKind(
    "request-measure", "报批事项", Power.HANDLE, "行政处罚法 §56、§57、行政强制法 §18",
    shape=(
        MEASURE, text("reason", "事由和依据"), an_id("of", "所涉的办案行为").optional,
        text("opinion", "承办人意见").optional,
        choice("result", "拟作的处理", returned="退还", sampled="复制、记录后退还", appraised="送交鉴定",
               sealed="转为查封、扣押", confiscated="没收", released="解除并退还", destroyed="销毁",
               auctioned="拍卖、变卖", transferred="随案移送").optional,
        choice("kind", "终止、撤销的种类", terminated="终止", cancelled="撤销立案",
               converted="改按普通程序").optional,
        text("findings", "调查情况").optional, line("organ", "受移送机关").optional,
        lines("materials", "材料清单", least=0), day("applied_on", "当事人申请之日").optional,
        day("until", "延期至").optional, replace(INSTALMENTS, least=0),
        line("law", "准许延长、中止的条款").optional, count("days", "延长的日数").optional,
        day("since", "自何日起不计入").optional,
    ),
    together=True,
    content=(asked_soundly, confiscated_by_decision),
    opens=(
        Opens("approve-measure"),
        Opens("answer-correct-later", since="applied_on", when=about("correction")),
    ),
    # Asked anew, it is the newer request that the party is owed an answer to.
    closes=(Closes("answer-correct-later", when=about("correction")),),
    past=("applied_on",),
)  # fmt: skip
