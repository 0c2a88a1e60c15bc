"""docs/procedures.md, drawn from the lawbook: stages, steps and acts, for a lawyer to read."""

from collections.abc import Iterator

from lawbook.penalty.act import POWERS
from lawbook.penalty.acts import KINDS
from lawbook.penalty.deadlines import limit_of
from lawbook.penalty.kind import REGISTRY, ActKind
from lawbook.penalty.matters import MATTERS
from lawbook.penalty.procedure import Procedure, Step
from lawbook.penalty.stages import FINAL, TITLES, Stage
from lawbook.penalty.tables import PROCEDURES

UNITS = {"working_days": "个工作日", "calendar_days": "日", "months": "个月"}


def procedures() -> str:
    """The page: each procedure as a picture and a table, then every act with what it opens and closes."""
    head = [
        "# Procedures",
        "",
        "办案程序，由 `lawbook/penalty/` 生成（`make openapi`）。案件立案时确定程序及版本；阶段由办案行为得出。",
        "",
    ]
    parts = ["\n".join(_procedure(one)) for one in PROCEDURES.values()]
    return "\n".join([*head, *parts, *_matters(), *_acts()]) + "\n"


def _procedure(one: Procedure) -> Iterator[str]:
    until = f"至 {one.valid_to}" if one.valid_to else "起"
    yield f"## {one.title}（`{one.ref}`，{one.valid_from} {until}施行）"
    yield ""
    yield "```mermaid"
    yield "stateDiagram-v2"
    stages = [stage for stage in Stage if stage in one.stages]
    for stage in stages:
        yield f'    state "{TITLES[stage]}" as {_name(stage)}'
    yield f"    [*] --> {_name(Stage.LEAD)}"
    for step in one.steps:
        yield f"    {_name(step.stage)} --> {_name(step.to)}: {_said(step)}"
    for stage in stages:
        if stage in FINAL:
            yield f"    {_name(stage)} --> [*]"
    yield "```"
    yield ""
    yield "| 阶段 | 办案行为 | 条件 | 到 | 依据 |"
    yield "|---|---|---|---|---|"
    for step in one.steps:
        when = step.when.told if step.when else ""
        title = REGISTRY[step.act].title
        yield f"| {TITLES[step.stage]} | {title} | {when} | {TITLES[step.to]} | {step.law} |"
    yield ""
    yield "不改变阶段的办案行为："
    yield ""
    for kind in KINDS:
        if kind in one.beside:
            at = "、".join(TITLES[stage] for stage in Stage if stage in one.beside[kind])
            yield f"- {REGISTRY[kind].title}：{at}"
    yield ""


def _name(stage: Stage) -> str:
    return stage.value.replace("-", "_")


def _said(step: Step) -> str:
    when = f"（{step.when.told}）" if step.when else ""
    return f"{REGISTRY[step.act].title}{when}"


def _matters() -> Iterator[str]:
    """What is put to the head: on which form, whose act approves it, and in which procedures."""
    yield "## 报批的事项"
    yield ""
    yield "承办人报批，科室、法制提出意见，负责人同意、不同意或者退回；审批表按各人的办理填写。"
    yield ""
    yield "| 事项 | 审批表 | 由何事项报批 | 同意即 | 随后办理 | 依据 | 程序 |"
    yield "|---|---|---|---|---|---|---|"
    for code, one in MATTERS.items():
        asked = "、".join(REGISTRY[kind].title for kind in one.asked)
        if one.advice:
            answer, after = "只提法制意见，另有审批的办案行为", ""
        else:
            own = REGISTRY[one.act].title if one.own else ""
            answer = own or REGISTRY["approve-measure"].title
            after = "" if one.own or not one.act else REGISTRY[one.act].title
        where = "、".join(f"`{ref}`" for ref, table in PROCEDURES.items() if code in table.matters)
        yield f"| {one.title} | `{one.form}` | {asked} | {answer} | {after} | {one.law} | {where} |"
    yield ""


def _acts() -> Iterator[str]:
    yield "## 办案行为"
    yield ""
    yield "| 代码 | 办案行为 | 职权 | 两人 | 依据 | 开始的期限 | 结束的期限 |"
    yield "|---|---|---|---|---|---|---|"
    for code in KINDS:
        kind = REGISTRY[code]
        opens = "；".join(dict.fromkeys(_limit(one.limit) for one in kind.opens))
        closes = "；".join(dict.fromkeys(limit_of(one.limit).what for one in kind.closes))
        both = "是" if kind.together else ""
        both += f"（{kind.alone.told}除外）" if kind.alone else ""
        power = POWERS[kind.power]
        yield f"| `{code}` | {kind.title} | {power} | {both} | {_law(kind)} | {opens} | {closes} |"


def _law(kind: ActKind) -> str:
    return kind.law if kind.verified else f"{kind.law}（待确认）"


def _limit(name: str) -> str:
    limit = limit_of(name)
    mark = "" if limit.verified else "，待确认"
    return f"{limit.what} {limit.period.length}{UNITS[limit.period.unit.value]}（{limit.period.law}{mark}）"
