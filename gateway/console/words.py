"""The office's words for what the API calls by code (界面用语)."""

from lawbook import letters

WORDS: dict[str, dict[str, str]] = {
    "trade": {
        "industry_and_trade": "工贸",
        "hazardous_chemicals": "危险化学品",
        "non_coal_mines": "非煤矿山",
        "approval": "行政审批",
    },
    "plan": {"draft": "编制中", "approved": "已批准"},
    "kind": {"key": "重点检查", "general": "一般检查"},
    "scheme": {
        "drafted": "待审核", "reviewed": "待批准", "approved": "已批准", "returned": "已退回",
    },
    "answer": {"met": "符合", "not_met": "不符合", "not_applicable": "不涉及"},
    "outcome": {"no_problem_found": "未发现问题", "problem_found": "发现问题"},
    "hazard": {"open": "待整改", "closed": "已整改"},
    "evidence": {"pending": "待上传", "received": "已收到"},
    "document": {"pdf_pending": "原件待上传", "complete": "原件已收"},
    "reinspection": {"corrected": "已整改", "not_corrected": "未整改到位", "not_due": "未到期"},
    "certificate": {
        "valid": "有效", "expired": "过期", "suspended": "暂扣", "cancelled": "注销",
    },
    "import": {"checked": "已核对，未入台账", "applied": "已入台账"},
    "signature": {"officer": "执法人员", "party": "被检查单位", "witness": "见证人"},
    "no_data": {
        "ledger-completeness": "台账中没有应计的企业",
        "officers-entered": "没有登记当年的应录名单",
        "officers-trained": "没有登记当年的应录名单",
        "plan-completion": "没有已批准的检查计划",
        "online-industry-and-trade": "当年没有该模块的检查和案件",
        "online-hazardous-chemicals": "当年没有该模块的检查和案件",
        "online-other": "当年没有该模块的检查和案件",
    },
    "document_kind": {
        "inspection-scheme": "现场检查方案",
        "inspection-record": "现场检查记录",
        "correction-order": "责令限期整改指令书",
        "reinspection-opinion": "整改复查意见书",
    },
    "letter": letters.NAMES,
    "draft": {"inspection": "现场检查", "reinspection": "整改复查", "document": "执法文书"},
    "number": {
        "issued": "已出具", "leased": "在平板", "voided": "已作废", "returned": "已退回",
        "expired": "已过期", "frozen": "已冻结", "unexplained": "未说明",
    },
    "device": {
        "active": "在用", "frozen": "已冻结", "wipe_requested": "等待擦除", "wiped": "已擦除",
    },
    "problem": {
        "missing": "缺少必填项",
        "credit-code": "信用代码校验位错误",
        "credit-code-length": "信用代码位数不对",
        "full-width": "含全角字符",
        "unknown-division": "行政区划不存在",
        "outside-region": "不在管辖范围",
        "placeholder": "占位内容",
        "placeholder-phone": "电话为占位号码",
        "phone": "电话格式不对",
        "mobile": "手机号格式不对",
        "choice": "不在可选范围",
        "duplicate-code": "信用代码重复",
        "duplicate-name": "企业名称重复",
        "registered-elsewhere": "已由其他县登记",
        "too-long": "超过字数",
        "integer": "应为整数",
        "number": "应为数值",
        "out-of-range": "超出范围",
        "date": "日期格式不对",
        "postcode": "邮政编码不对",
    },
}  # fmt: skip

TONES: dict[str, str] = {
    "approved": "good", "complete": "good", "closed": "good", "corrected": "good", "valid": "good",
    "applied": "good", "met": "good", "no_problem_found": "good", "received": "good",
    "draft": "wait", "drafted": "wait", "reviewed": "wait", "pdf_pending": "wait", "pending": "wait",
    "active": "good", "wipe_requested": "wait",
    "issued": "good", "leased": "wait", "frozen": "warn", "unexplained": "warn",
    "open": "warn", "returned": "warn", "not_met": "warn", "problem_found": "warn",
    "not_corrected": "warn", "expired": "warn", "suspended": "warn", "cancelled": "warn",
}  # fmt: skip
"""How a state looks: good, wait or warn; anything else is plain."""


def word(kind: str, code: object) -> str:
    """The word for a code of this kind; the code itself when there is none."""
    return WORDS.get(kind, {}).get(str(code), str(code)) if code not in (None, "") else "—"
