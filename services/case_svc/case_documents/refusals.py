"""Why a draft cannot be kept or issued, beside what the law says."""

from http import HTTPStatus

from services.kit.problems import Conflict, NotFound, Problem


class DraftMovedOn(Conflict):
    """Somebody else has written in the draft since the caller looked at it."""

    code, title = "draft-moved-on", "草稿已被他人修改"
    next_step = "查看最新一稿，核对后再保存或者出具"


class DraftClosed(Conflict):
    """A draft that was issued or dropped is written in no more."""

    code, title = "draft-closed", "该草稿已出具或者已作废"
    next_step = "需要更正的，另行制作文书更正通知书；需要重作的，新建草稿"


class NoFormOfACase(Problem):
    """A form that is not made in a case."""

    status, code, title = (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "no-form-of-a-case",
        "该文书不在案件中制作",
    )
    next_step = "从案件的文书目录中选择"


class ActNotOfCase(Problem):
    """A draft of an act that is not in the case."""

    status, code, title = (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "act-not-of-case",
        "本案没有该办案行为",
    )
    next_step = "从案件的办理经过中选择"


class CaseWithoutNumber(Conflict):
    """A document that bears its case's number, before the case has one."""

    code, title = "case-without-number", "案件尚未编号，不能沿用案件编号"
    next_step = "批准立案后再出具"


class DocumentServed(Conflict):
    """A document that was served cannot be voided: it has an effect on somebody."""

    code, title = "document-served", "文书已经送达当事人，不能作废"
    next_step = "确有错误的，依法撤销决定或者制作文书更正通知书"


class DocumentOfASealedCase(Conflict):
    """Nothing in an archived case changes."""

    code, title = "document-of-a-sealed-case", "案件已经归档，不能再出具、作废文书或者放入签名件"
    next_step = "归档后的更正，按档案管理规定另行办理"


class DocumentBeforeCase(Conflict):
    """A document for a day on which there was no case yet."""

    code, title = "document-before-case", "出具时间早于案件中的第一个事项"
    next_step = "核对年份和日期；案件开始以前的材料作为证据收入"


class NoDocumentOfThisCase(NotFound):
    """A document that was not issued in this case."""

    code, title = "no-document-of-this-case", "本案没有出具该文书"
    next_step = "从案件的文书目录中选择"


class NoScan(Problem):
    """What is put beside a document as its signed copy is no paper."""

    status, code, title = (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "no-scan",
        "签名件应当是 PDF、照片或者扫描图片",
    )
    next_step = "扫描或者拍照后重新选择文件"


class DocumentIsVoid(Conflict):
    """A void document is not signed any more."""

    code, title = "document-is-void", "该文书已作废，不再放入签名件"
    next_step = "在重新制作的文书上签名后放入"
