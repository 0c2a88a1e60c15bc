"""送达: one way of service, proved as that way wants (行政处罚法 §61、民事诉讼法 §87–§95)."""

from lawbook.penalty.act import Power
from lawbook.penalty.cutting import moment_told
from lawbook.penalty.kind import ActKind, Closes, Opens
from lawbook.penalty.performing import (
    BY_OTHERS,
    handed_over_on_the_spot,
    serves,
    serves_a_fine,
    service_proved,
    something_to_serve,
    sued_at_once,
)
from lawbook.penalty.shape import choice, day, flag, line, moment, text
from lawbook.penalty.shapes import EVIDENCE

ACT = ActKind(
    "serve", "送达文书", Power.HANDLE, "行政处罚法 §61、民事诉讼法 §87–§95",
    shape=(
        choice(
            "of", "送达的文书", penalty_notice="行政处罚告知书", hearing_notice="听证告知书",
            session_notice="听证会通知书", decision="行政处罚决定书（不予处罚决定书）", demand="催告书",
            late_fine="加处罚款决定书", easing="延期（分期）缴纳批准书", sealing="查封（扣押）决定书",
            supply_cut="停供电（停供民用爆炸物品）决定书", other="其他文书",
        ),
        line("title", "文书名称及文号").optional,
        choice("method", "送达方式", direct="直接送达", left="留置送达", electronic="电子送达", mail="邮寄送达",
               entrusted="委托送达", announced="公告送达"),
        day("served_on", "送达之日"), moment("served_at", "送达的时刻（停供电决定书填写）").optional,
        line("place", "送达地点").optional,
        line("received_by", "签收人").optional, line("relation", "与受送达人的关系").optional,
        text("reason", "留置、公告的理由").optional, line("witness", "见证人").optional,
        flag("filmed", "有拍照或者录像").optional, line("consent", "同意电子送达的确认书").optional,
        line("address", "电子地址").optional, line("tracking", "邮件号").optional,
        day("announced_on", "公告发出之日").optional, EVIDENCE,
    ),
    together=True,
    alone=BY_OTHERS,
    content=(something_to_serve, service_proved, moment_told, handed_over_on_the_spot),
    opens=(
        Opens("state-and-defend", "served_on", serves("penalty-notice")),
        Opens("request-hearing", "served_on", serves("hearing-notice")),
        Opens("pay", "served_on", serves_a_fine),
        Opens("review", "served_on", serves("decision")),
        Opens("litigate", "served_on", sued_at_once),
        Opens("demand-before-court", "served_on", serves("demand")),
    ),
    closes=(
        Closes("serve-decision", when=serves("decision")),
    ),
    past=("served_on", "announced_on"),
)  # fmt: skip
