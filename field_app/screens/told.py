"""What a banner says: a refusal in the law's words, a failure in plain ones."""

from dataclasses import dataclass

from field_app.answers import Unknown
from field_app.disk import is_full
from field_app.wire import Problem
from lawbook.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Told:
    """Title, detail, the article, the next step; empty where there is none."""

    title: str
    detail: str = ""
    law: str = ""
    next_step: str = ""


NO_SIGNAL = Told(
    "现在没有信号，连不上服务器",
    "已经做的记录都保存在本机，不会丢失。",
    next_step="到有信号的地方再试；检查、签字和出具文书不需要信号",
)
BROKEN = Told(
    "刚才的操作没有完成",
    "本机出现意外情况，此前保存的记录不受影响。",
    next_step="请再试一次；仍不成功时，把本机存储文件夹中的 tablet.log 交给管理员",
)
FULL = Told(
    "本机存储空间已满，刚才的操作没有保存",
    "此前保存的记录都在，不受影响。",
    next_step="删去本机其他应用的文件，或者到有信号处送出待传文件，然后再做一次",
)


def told(error: Exception) -> Told:
    """What to tell the officer about this."""
    if isinstance(error, Refusal):
        return Told(error.title, error.detail, error.law or "", error.next_step or "")
    if isinstance(error, Unknown):
        return NO_SIGNAL
    return FULL if is_full(error) else BROKEN


def told_of(problem: Problem) -> Told:
    """What to tell about a problem that the office gave."""
    return Told(
        problem["title"],
        problem.get("detail") or "",
        problem.get("law") or "",
        problem.get("next_step") or "",
    )


def why(problem: Problem) -> list[str]:
    """Why the office refused something, line by line: what, in detail, by which article, what next."""
    said = told_of(problem)
    lines = (
        said.title,
        said.detail if said.detail != said.title else "",
        f"依据：{said.law}" if said.law else "",
        f"下一步：{said.next_step}" if said.next_step else "",
    )
    return [text for text in lines if text]
