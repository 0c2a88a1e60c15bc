"""The kinds of letters that a tablet writes, by the name that people read (信件种类).

One list for the tablet's outbox and the office's pages: what a tablet sends, both can name.
"""

NAMES = {
    "inspection.record": "现场检查情况",
    "evidence.declare": "证据",
    "document.issue": "执法文书",
    "reinspection.record": "整改复查结果",
    "number.void": "作废文号",
    "number.return": "退回未用文号",
    "entity.propose": "台账补充",
    "scheme.draft": "现场检查方案（报批）",
    "visit.open": "开启同行检查",
    "visit.answer": "同行检查的填写",
    "visit.call_off": "未能检查",
}

CORRECTS = "corrects_letter"
"""The member of a letter's body that names the refused letter which it corrects (更正).

It is in the body, so that the hash, the tablet's chain and the office's receipt all speak for it.
"""
