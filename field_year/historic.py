"""Bugs that other field systems had, as patches of our own code: each names its public thread."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from field_year import historic_office as office
from field_year import historic_tablet as tablet


@dataclass(frozen=True)
class Bug:
    """A bug: its name, what it is, where it was told, the patch, and SQL that makes room for it."""

    name: str
    title: str
    thread: str
    patch: Callable[[Callable[[Any, str, Any], None]], None] = lambda swap: None
    prepare: str = ""

    def put_back(self, stack: ExitStack) -> None:
        """Patch our code until the stack ends."""

        def swap(owner: Any, name: str, instead: Any) -> None:  # noqa: ANN401
            stack.callback(setattr, owner, name, owner.__dict__[name])
            setattr(owner, name, instead)

        self.patch(swap)


ALL: tuple[Bug, ...] = (
    Bug("new-id-after-silence", "没有应答当作失败，换新编号重送", "Mergin mobile#3642",
        tablet.new_id_after_silence),
    Bug("success-on-half-an-answer", "应答没读全也显示“已上报”", "QField#4033、cht-core#8303",
        tablet.success_on_half_an_answer),
    Bug("one-bad-letter-blocks", "一封信有问题，后面的都不再送", "QFieldCloud#154、opensrp-client-core#759",
        tablet.one_bad_letter_blocks),
    Bug("refused-deleted", "被退回的信件从平板上删除", "commcare-android#2289", tablet.refused_deleted),
    Bug("switch-deletes-unsent", "换人登录时删除未送信件", "DHIS2 workflow.md、SORMAS#5269",
        tablet.switch_deletes_unsent),
    Bug("pull-overwrites-draft", "更新台账时覆盖正在填写的检查", "Tangerine#2722", tablet.pull_overwrites_draft),
    Bug("scope-not-back-filled", "调动后不补取新区划的数据，旧区划的也不清除", "mitti-exporter#490",
        tablet.scope_not_back_filled),
    Bug("left-scope-stays", "划出管辖的企业仍留在平板上", "cht-core#11306", tablet.left_scope_stays),
    Bug("number-reused", "断电后文号重复使用", "DHIS2 预留编号、sync.md 8", tablet.number_reused),
    Bug("no-trailer", "数据没有传完也当作完整", "formpack#302、mitti-exporter#473", tablet.no_trailer),
    Bug("file-not-confirmed", "照片没传完就显示已送达", "enketo#400、QFieldCloud#444", tablet.file_not_confirmed),
    Bug("upgrade-drops-unsent", "升级时丢弃未送信件", "collect#6741、QField#6603", tablet.upgrade_drops_unsent),
    Bug("check-then-insert", "先查后插，同时到达的登记两次", "kobocat#470、kobocat#859",
        office.no_lock, office.NO_CONSTRAINTS),
    Bug("replay-not-recognised", "重送的信件再登记一次", "kpi#6729、Mergin mobile#3642",
        office.replay_not_recognised, office.NO_CONSTRAINTS),
    Bug("not-rehashed", "收到的附件不重新计算摘要", "kobocat#432、QField#4765", office.not_rehashed),
    Bug("out-of-order-dropped", "所依据的内容未到，信件被默默丢弃", "collect#6392", office.out_of_order_dropped),
    Bug("coarse-timestamps", "以时间戳作游标，同一刻的变更被跳过", "opensrp-server-web#135、WatermelonDB#1219",
        office.coarse_timestamps),
    Bug("late-committer-skipped", "变更流跳过晚提交的变更", "Marten#1629 至 #5108", lambda swap: None,
        office.EARLY_POSITIONS),
    Bug("answer-before-commit", "先应答、后提交，提交失败也算成功", "QField#4033、SORMAS#403",
        office.answer_before_commit),
    Bug("everybody-sees-all", "数据不按区划隔离", "central#952", lambda swap: None, office.NO_REGIONS),
)  # fmt: skip
