"""Why the tablet does not do what was asked, in the officer's words."""

from field_app.wire import Problem
from lawbook.refusal import Refusal


class InspectionUnknown(Refusal):
    """An inspection or re-inspection that is not on this tablet."""

    code = "inspection-unknown"
    title = "本机没有这次检查"
    next_step = "返回检查列表重新选择"


class InspectionEnded(Refusal):
    """A visit that has ended: what was stated stays as it was stated."""

    code = "inspection-ended"
    title = "检查已结束，内容不能再修改"
    law = "安全生产法 §68"
    next_step = "需要更正的，在文书中另行说明"


class InspectionNotEnded(Refusal):
    """A document about a visit that still goes on."""

    code = "inspection-not-ended"
    title = "检查尚未结束，不能制作文书"
    next_step = "先结束检查，再制作文书"


class LedByColleague(Refusal):
    """Ending a visit, or making its documents, on a tablet that does not lead it."""

    code = "led-by-colleague"
    title = "这次检查由同行人员牵头"
    next_step = "请牵头人在其平板上办理；其平板不能使用的，点“代为结束”"


class InspectionIncomplete(Refusal):
    """What must be known to begin a visit, and was not given."""

    code = "inspection-incomplete"
    title = "开始检查所需的内容不全"
    next_step = "补齐所列内容后再开始检查"


class EntityUnknown(Refusal):
    """A plant that is not in this tablet's mirror."""

    code = "entity-unknown"
    title = "本机没有这家企业的台账"
    next_step = "在有信号处点“更新”后再试"


class SchemeNotApproved(Refusal):
    """A scheme that is not on this tablet, or that nobody has approved yet."""

    code = "scheme-not-approved"
    title = "现场检查方案尚未批准，不能据此检查"
    law = "运应急发〔2022〕53号 四（二）"
    next_step = "方案批准后点“更新”，再开始检查"


class ItemUnknown(Refusal):
    """A check item that the check list does not have."""

    code = "check-item-unknown"
    title = "检查表中没有这一检查项"
    next_step = "返回检查表重新选择"


class AnswerUnreadable(Refusal):
    """An answer, an outcome or a day that is none."""

    code = "answer-unreadable"
    title = "填写的内容无法识别"
    next_step = "重新填写"


class PhotoUnreadable(Refusal):
    """Bytes that are no photo."""

    code = "photo-unreadable"
    title = "照片无法识别，未保存"
    next_step = "重新拍照"


class RecordingUnreadable(Refusal):
    """A file that is no video or sound that the office takes."""

    code = "recording-unreadable"
    title = "录像或录音无法识别，未保存"
    next_step = "重新录制；可用的格式：MP4、MOV、3GP、WebM，M4A、AAC、MP3、OGG、WAV"


class EvidenceTooLarge(Refusal):
    """A piece of evidence larger than the office takes."""

    code = "evidence-too-large"
    title = "证据文件过大，未保存"
    next_step = "分段录制，或者降低画质后重新录制"


class DiskFull(Refusal):
    """No room for a piece of evidence beside what must always fit."""

    code = "tablet-disk-full"
    title = "本机存储空间不足，未保存"
    next_step = "到有信号处送出待传文件，或者清理本机其他文件后再取证"


class EvidenceUnknown(Refusal):
    """A piece of evidence that is not on this tablet."""

    code = "evidence-unknown"
    title = "本机没有这件证据"
    next_step = "返回检查表重新选择"


class DocumentUnknown(Refusal):
    """A document that is not on this tablet, or of a kind that is not made here."""

    code = "document-unknown"
    title = "本机没有这份文书"
    next_step = "返回文书列表重新选择"


class DocumentIssued(Refusal):
    """A document that has been issued."""

    code = "document-issued"
    title = "文书已出具，不能再修改或签名"
    next_step = "需要更正的，依法另行制作文书"


class PagesSigned(Refusal):
    """A record whose every page is signed, signed otherwise (逐页签名)."""

    code = "pages-signed"
    title = "笔录由当事人逐页签名"
    law = "行政处罚法 §55"
    next_step = "逐页核对后在每一页签名"


class NotASigner(Refusal):
    """Somebody who has no place under this document."""

    code = "not-a-signer"
    title = "此人不是这份文书的签名人"
    next_step = "由参加检查的执法人员、被检查单位负责人或者见证人签名"


class SignaturesMissing(Refusal):
    """A document that not everybody has signed who must."""

    code = "signatures-missing"
    title = "签名不全，不能出具文书"
    law = "安全生产法 §68"
    next_step = "请所列人员签名；拒绝签字的，记明情况，再由见证人或者两名执法人员签名"


class NumberOfAnotherYear(Refusal):
    """A draft whose number is last year's."""

    code = "number-of-another-year"
    title = "文号属于上一年度，不能在本年度出具"
    next_step = "重新制作文书，换用本年度文号后再签名"


class NothingToReview(Refusal):
    """A re-inspection without a hazard that is open."""

    code = "nothing-to-review"
    title = "没有待复查的隐患"
    next_step = "隐患已全部销号，或者点“更新”后再试"


class NumberQuoted(Refusal):
    """Giving up a document whose number another document about the same visit names."""

    code = "number-quoted"
    title = "另一份文书写有这份文书的文号，不能放弃"
    next_step = "另一份尚未出具的，先改写其中的文号；已出具的，应当出具本文书"


class VoidReasonMissing(Refusal):
    """Giving up a number that somebody has seen, without saying why."""

    code = "void-reason-missing"
    title = "作废文号应当写明原因"
    next_step = "选择或填写作废原因后再放弃草稿"


class CodeUnreadable(Refusal):
    """Text that is no enrolment code."""

    code = "enrolment-code-unreadable"
    title = "无法识别注册码"
    next_step = "扫描管理员页面上的二维码，或者输入二维码下方的注册码"


class EnrolmentRefused(Refusal):
    """A code that the office does not take: wrong, used or expired; in the office's words."""

    code = "enrolment-refused"
    title = "注册码未被接受"

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem["title"])
        self.code = problem["code"]  # type: ignore[misc]  # of this occasion
        self.next_step = problem.get("next_step")  # type: ignore[misc]


class DeviceFrozen(Refusal):
    """A device on which the office lets nothing new be captured."""

    code = "device-frozen"
    title = "本机已停用，不能办理新的事项"
    next_step = "已有的记录仍会送出；请联系本单位系统管理员"


class OfficeTooLongAgo(Refusal):
    """The office has not been heard of for too long to work here without it."""

    code = "office-too-long-ago"
    title = "本机与服务器失去联系的时间过长，暂不能离线登录"
    next_step = "到有信号的地方登录一次；本机记录不受影响"


class ClockSetBack(Refusal):
    """A clock that shows less than the office did at the last contact."""

    code = "clock-set-back"
    title = "本机时钟早于上次联网的时间，暂不能离线登录"
    next_step = "在系统设置中校正日期和时间，或者到有信号的地方登录一次"


class NoBundle(Refusal):
    """A file that is no sealed bundle."""

    code = "no-bundle"
    title = "这不是未上报数据的封装文件"
    next_step = "请选择平板导出的 .zhifa 文件"


class ReplyUnreadable(Refusal):
    """A reply to a bundle that is none of ours, or was changed on its way."""

    code = "reply-unreadable"
    title = "这份回执不是给本机的，或已损坏"
    next_step = "请确认是本机导出的数据的回执；可请送交人重新导出"


class SealingKeyMissing(Refusal):
    """The office's sealing key has not come yet."""

    code = "sealing-key-missing"
    title = "本机还没有服务器的封装公钥，暂不能导出"
    next_step = "联网更新一次数据后再导出"


class GrantMissingHere(Refusal):
    """No grant under which what is unsent was written: the office would not take a bundle."""

    code = "grant-missing-here"
    title = "未上报的记录没有离线授权，不能以封装文件送出"
    next_step = "联网后由本人直接送出；没有注册的平板请先注册"


class NothingUnsent(Refusal):
    """There is nothing that the office does not have."""

    code = "nothing-unsent"
    title = "没有未上报的数据"
    next_step = "无需导出"


class FolderUnusable(Refusal):
    """A folder or a file that cannot be read or written."""

    code = "folder-unusable"
    title = "不能读写所选的文件或文件夹"
    next_step = "检查路径和剩余空间，或者换一个文件夹"


class WrongPassword(Refusal):
    """No such account, another password, or an account that is closed."""

    code = "wrong-password"
    title = "用户名或密码不正确"
    next_step = "核对后重新登录；忘记口令请联系管理员"


class TooManyTries(Refusal):
    """So many wrong passwords in a row that the next try has to wait."""

    code = "too-many-tries"
    title = "口令连续输错，请稍后再试"
    next_step = "等到所说的时间再试；有信号时可联系管理员重设口令"


class NotHereBefore(Refusal):
    """Somebody who has not signed in on this device yet."""

    code = "not-here-before"
    title = "此帐号在本机首次登录，需要信号"
    next_step = "到有信号的地方登录一次，以后没有信号也能登录"


class PasswordChanged(Refusal):
    """The office takes the password; what is on this device is locked with an earlier one."""

    code = "password-changed"
    title = "口令已更改，本机记录仍以原口令加密"
    next_step = "填写原口令后登录；不记得原口令的，可封存原记录后继续"


class OldPasswordWrong(Refusal):
    """What was given as the old password does not open this device's records either."""

    code = "old-password-wrong"
    title = "原口令不正确，本机记录未能打开"
    next_step = "核对原口令；不记得的，可封存原记录后继续，封存的记录不会删除"


class LetterNotRefused(Refusal):
    """A correction of a letter that nobody refused, or that is not here."""

    code = "letter-not-refused"
    title = "这封信件没有被退回，不能更正"
    next_step = "返回发件箱查看信件现在的状态"


class IdTakenElsewhere(Refusal):
    """A letter whose id the office knows with other content: another tablet must have said it."""

    code = "id-taken-elsewhere"
    title = "服务器上已有同一编号的不同内容，不能在平板上更正"
    next_step = "保留本机内容，请办公室在“信件核查”中比对两份内容"


class NotYourRecords(Refusal):
    """A store that was set aside, and that another account wrote."""

    code = "not-your-records"
    title = "这份封存的记录属于另一个帐号"
    next_step = "由其本人登录后，用原口令打开"


class StillAlone(Refusal):
    """Removing a store in which something is that the office does not have."""

    code = "still-alone"
    title = "这份封存的记录还有内容没有送达，不能清除"
    next_step = "有信号时先“打开并送出”；未办完的事项由办公室在“信件核查”的移交中处理"
