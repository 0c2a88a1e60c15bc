"""Why a document that was issued on the spot does not stand."""

from lawbook.refusal import Refusal


class NumberNotLeased(Refusal):
    """A number that was not given to this tablet for this kind of document."""

    code = "number-not-leased"
    title = "文号不在本机领用的文号段内"
    next_step = "使用本机已领用的文号重新制作文书"


class NumberTaken(Refusal):
    """A number that another document of the unit bears."""

    code = "number-taken"
    title = "该文号已用于另一份文书"
    next_step = "使用未用过的文号重新制作文书"


class NumberOfAnotherYear(Refusal):
    """A number of a year in which the document was not issued."""

    code = "number-of-another-year"
    title = "文号的年份与出具文书的年份不同"
    next_step = "领用本年度的文号后重新制作文书"


class SignaturesMissing(Refusal):
    """Fewer signatures than the law wants (签名不全)."""

    code = "signatures-missing"
    title = "文书签名不全"
    law = "安全生产法 §68"
    next_step = "由两名执法人员和当事人签名；拒绝签字的，记明情况，再由见证人或者两名执法人员签名"


class SignatureProofFails(Refusal):
    """A signature given on a colleague's tablet that is not as that tablet gave it."""

    code = "signature-proof-fails"
    title = "在同行人员平板上的签名与该平板的证明不符"
    next_step = "请该人员重新签名后再出具文书"


class NotASigner(Refusal):
    """An officer's signature by somebody who did not take part."""

    code = "not-a-signer"
    title = "签名的执法人员没有参加这次检查"
    law = "行政处罚法 §42"
    next_step = "由参加检查的执法人员签名"


class DigestDiffers(Refusal):
    """A document whose content is not what its digest says."""

    code = "digest-differs"
    title = "文书内容与其摘要不符"
    next_step = "重新制作并签名"


class ProofWrong(Refusal):
    """A proof that the tablet of this document did not sign, or for another day (验真码不成立)."""

    code = "proof-wrong"
    title = "文书的验真码不成立"
    next_step = "重新制作并签名；平板重新安装过的，请先重新注册"


class CorrectionNamesOther(Refusal):
    """A correction that says it corrects one document and means another."""

    code = "correction-names-other"
    title = "更正通知书写明的文书与所更正的文书不一致"
    next_step = "从被更正的文书重新制作更正通知书"


class HazardsDiffer(Refusal):
    """An order that does not say of the hazards what was found."""

    code = "order-hazards-differ"
    title = "文书所列问题与现场检查发现的隐患不一致"
    law = "安全生产法 §65"
    next_step = "按现场检查发现的问题重新制作文书"
