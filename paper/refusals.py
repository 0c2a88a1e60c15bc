"""Why a document cannot be composed, signed or drawn."""

from lawbook.refusal import Refusal


class FieldMissing(Refusal):
    """A field the form requires is empty (必填内容缺失)."""

    code = "document-field-missing"
    title = "文书必填内容缺失"
    next_step = "补齐所列内容后重新生成文书"


class FieldUnreadable(Refusal):
    """A field holds something that its kind does not allow (内容格式不符)."""

    code = "document-field-unreadable"
    title = "文书内容格式不符"
    next_step = "改正所列内容后重新生成文书"


class FieldUnknown(Refusal):
    """Data carries what the form has no place for: it would be signed for and never be seen."""

    code = "document-field-unknown"
    title = "文书中没有此项内容"
    next_step = "删除多余内容，或者更换含有此项的文书样式"


class SignatureElsewhere(Refusal):
    """A signature was given for other content (签名与文书内容不符)."""

    code = "signature-of-other-content"
    title = "签名与文书内容不符"
    next_step = "文书内容已变动，请签名人核对后重新签名"


class SignatureUnreadable(Refusal):
    """A signature has no place on this form, or its strokes cannot be drawn (签名无法识别)."""

    code = "signature-unreadable"
    title = "签名无法识别"
    next_step = "请签名人重新签名"


class ProofElsewhere(Refusal):
    """A proof that speaks of another document (验真码与文书不符)."""

    code = "proof-of-other-content"
    title = "验真码与文书内容不符"
    next_step = "重新制作并签名"


class CannotBeDigested(Refusal):
    """Data holds what has no single spelling as bytes, such as a fraction (内容无法固定)."""

    code = "document-not-canonical"
    title = "文书内容无法固定"
    next_step = "数量请以整数或者文字填写"


class RendererMissing(Refusal):
    """This device lacks the wanted way of drawing (缺少排版组件)."""

    code = "renderer-missing"
    title = "本机缺少所需的文书排版组件"
    next_step = "改用本机已有的排版方式"
