"""登记法院裁定及执行 (行政强制法 §56–§58)."""

from lawbook.penalty.act import Power
from lawbook.penalty.court import turned_down
from lawbook.penalty.kind import ActKind, Closes, Opens
from lawbook.penalty.performing import accepted_day_told, court_decides, court_says
from lawbook.penalty.shape import choice, day, line, text
from lawbook.penalty.shapes import EVIDENCE

ACT = ActKind(
    "record-court-ruling", "登记法院裁定、执行情况", Power.HANDLE, "行政强制法 §56、§57、§58",
    shape=(
        choice("outcome", "结果", accepted="受理", not_accepted="不予受理",
               heard="听取被执行人和行政机关的意见（§58）", granted="裁定执行", refused="裁定不予执行",
               executed="执行完毕", ended="终结执行"),
        line("number", "文号").optional, day("on", "日期"), text("text", "内容").optional,
        day("received_on", "收到裁定之日").optional,
        day("accepted_on", "受理之日（听取意见的填写）").optional, EVIDENCE,
    ),
    content=(accepted_day_told,),
    opens=(
        Opens("court-rules", "on", court_says("accepted")),
        Opens("court-rules-after-hearing", "accepted_on", court_says("heard")),
        Opens("ask-higher-court", "received_on", turned_down),
    ),
    closes=(
        Closes("court-accepts"), Closes("court-rules", when=court_decides),
        Closes("court-rules-after-hearing", when=court_decides),
        Closes("ask-higher-court"), Closes("higher-court-accepts"), Closes("higher-court-rules"),
    ),
    past=("on", "accepted_on", "received_on"),
)  # fmt: skip
