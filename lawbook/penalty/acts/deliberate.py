"""集体讨论: the heads of the organ decide together on grave or involved cases (行政处罚法 §57(2))."""

from lawbook.penalty.act import Power
from lawbook.penalty.guards import heads_decide
from lawbook.penalty.kind import ActKind
from lawbook.penalty.shape import choice, flag, line, moment, records, text
from lawbook.penalty.shapes import PROPOSED

ACT = ActKind(
    "deliberate", "集体讨论", Power.APPROVE, "行政处罚法 §57(2)",
    shape=(
        moment("from", "开始时间"), moment("until", "结束时间"), line("place", "地点"),
        line("chair", "主持人"), line("reporter", "汇报人"), line("recorder", "记录人"),
        records("attendees", "出席人员", line("name", "姓名"), line("post", "职务"),
                flag("head", "本机关负责人").optional, least=2),
        text("record", "讨论记录"), choice("conclusion", "结论", agree="同意", revise="重新调查或者变更"),
        *PROPOSED,
    ),
    content=(heads_decide,),
)  # fmt: skip
