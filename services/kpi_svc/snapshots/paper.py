"""The ranking on paper (通报): from a snapshot to a document's blocks. Pure."""

from collections.abc import Iterable

from lawbook.rates import percent
from paper import blocks as b
from paper.digest import digest
from paper.values import written_date
from services.kpi_svc.indicators.schemas import IndicatorFigures
from services.kpi_svc.snapshots.schemas import NoticeBody, RankedRate, RankedUnit, Snapshot

ORGAN = "运城市应急管理局"
REF = "ranking-notice@2026.1"
NAME = "“互联网+执法”系统推广应用考核通报"
NONE = "—"


def notice_of(told: Snapshot, said: NoticeBody, *, draft: bool) -> b.Document:
    """The notice as it is printed; a draft says so on every page. Layout and wording are 待确认."""
    due = [item for item in told.items if item.code in told.ranked]
    on = written_date(told.due_on)
    taken = written_date(told.taken_at.date()) if told.taken_at else ""
    late = f"（{taken}固定）" if told.late_days else ""
    parts: list[b.Block] = [
        b.Heading(ORGAN), b.Title(NAME), b.NumberLine(said.number),
        b.Paragraph("各县（市、区）应急管理局，运城经济技术开发区应急管理监管部：", indent=False),
        b.Paragraph(
            f"根据《“互联网+执法”系统推广应用工作方案》（运应急发〔2022〕53号），现将截至{on}{late}到期的"
            f"{len(due)}项考核指标完成情况通报如下："
        ),
        b.Paragraph("一、综合排名", keep=True),
        b.RuledList(
            ("序号", "名次", "单位", "平均比率", f"达到目标（共{len(due)}项）"),
            _numbered(_overall(one) for one in told.ranking), (18, 42, 20, 20),
        ),
    ]  # fmt: skip
    if tied := _ties(told.ranking):
        parts.append(b.Paragraph(f"并列情况：{tied}。"))
    parts.append(b.Paragraph("二、各项指标", keep=True))
    for n, item in enumerate(due, 1):
        parts.append(b.Paragraph(f"（{n}）{item.name}：{item.requirement}", keep=True))
        rates = [(_rate(one, item), one.name) for one in told.ranking]
        rows = sorted(
            ((rate.place, rate, name) for rate, name in rates if rate.place is not None),
            key=lambda row: row[0],
        )
        if rows:
            parts.append(
                b.RuledList(
                    ("序号", "名次", "单位", "比率", "完成数／应完成数"),
                    _numbered(_line(rate, name) for _, rate, name in rows), (18, 42, 18, 22),
                )
            )  # fmt: skip
        if unmeasured := [name for rate, name in rates if rate.place is None]:
            parts.append(b.Paragraph(f"没有应计对象、不排名的：{'、'.join(unmeasured)}。"))
    if said.remarks.strip():
        parts.append(b.Paragraph("三、工作要求", keep=True))
        parts += [b.Paragraph(line) for line in said.remarks.splitlines() if line.strip()]
    parts += [
        b.Paragraph(f"排名口径：{told.rule}"),
        b.Paragraph(f"数据摘要（SHA-256）：{told.sha256}", indent=False),
        b.SealPlace(ORGAN, written_date(said.published_on)),
    ]
    data: dict[str, object] = {"sha256": told.sha256, "remarks": said.remarks}
    return b.Document(
        REF, NAME, said.number, digest("ranking-notice", said.number, data), tuple(parts),
        watermark="草稿" if draft else "",
    )  # fmt: skip


def _numbered(rows: Iterable[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    return tuple((str(n), *row) for n, row in enumerate(rows, 1))


def _overall(one: RankedUnit) -> tuple[str, ...]:
    name = one.name + (f"（含原{'、'.join(one.behind)}）" if one.behind else "")
    shown = NONE if one.mean is None else percent(one.mean, 10_000)
    return (_place(one.place, one.tied), name, shown, str(one.reached))


def _line(rate: RankedRate, name: str) -> tuple[str, ...]:
    counts = NONE if rate.denominator is None else f"{rate.numerator}／{rate.denominator}"
    return (
        _place(rate.place, rate.tied), name, percent(rate.numerator, rate.denominator), counts,
    )  # fmt: skip


def _place(place: int | None, tied: bool) -> str:
    if place is None:
        return "不排名"
    return f"{place}（并列）" if tied else str(place)


def _rate(one: RankedUnit, item: IndicatorFigures) -> RankedRate:
    return next(rate for rate in one.rates if rate.code == item.code)


def _ties(ranking: list[RankedUnit]) -> str:
    found: dict[int, list[str]] = {}
    for one in ranking:
        if one.tied and one.place is not None:
            found.setdefault(one.place, []).append(one.name)
    return "；".join(f"{'、'.join(names)}并列第{place}" for place, names in found.items())
