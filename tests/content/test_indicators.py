"""Indicators in content/: the seven of the notice, cited, and none that counts fines."""

import pytest

from lawbook.content import load
from services.kit.settings import ROOT
from services.kpi_svc.indicators.populations import POPULATIONS
from services.kpi_svc.indicators.specs import specs_in

FOLDER = ROOT / "content" / "indicators"
FILES = sorted(FOLDER.glob("*.toml"))
# The notice: 三、考核指标. Number, category, requirement, due.
NOTICE = [
    (1, "建立健全企业台帐", "冶金工贸、危险化学品、非煤矿山等行业数据 11 个必填数据项采集率 100%", (6, 30)),
    (2, "推广应用“互联网+执法”系统", "执法人员录入率 100%", (6, 30)),
    (3, "推广应用“互联网+执法”系统", "执法人员培训率 100%", (6, 30)),
    (4, "推广应用工贸专项执法模块", "线上执法办案率 100%", (6, 30)),
    (5, "推广应用危险化学品专项执法模块", "线上执法办案率 100%", (6, 30)),
    (
        6,
        "推广应用“互联网+执法”系统",
        "非煤矿山、教育培训、中介机构、应急救援预案管理、法制审核、执法审批等相关执法人员使用系统线上执法办案率 100%",
        (6, 30),
    ),
    (7, "推广应用“互联网+执法”系统", "监督检查计划完成率 100%", (12, 31)),
]  # fmt: skip
# What a fine is called, in the data and in the vocabulary.
FINES = ("罚款", "罚没", "没收", "处罚金额", "处罚数", "fine", "penalt", "forfeit", "confiscat")


def test_they_are_the_seven_of_the_notice():
    found = [(i.number, i.category, i.requirement, i.due) for i in specs_in(ROOT / "content")]
    assert found == NOTICE


def test_each_cites_the_notice_and_awaits_confirmation():
    for indicator in specs_in(ROOT / "content"):
        assert indicator.basis == "运应急发〔2022〕53号 三"
        assert (indicator.status, indicator.goal) == ("待确认", 1.0)
        assert indicator.note


def test_all_are_computed_and_say_how():
    for one in specs_in(ROOT / "content"):
        assert one.definition is not None
        assert "分母" in one.note or "除以" in one.note


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_indicator_counts_fines(path):
    """Fines may not be used for appraisal (国务院办公厅 2022 opinions on discretion benchmarks)."""
    for indicator in load(path)["indicator"]:
        told = repr(indicator).lower()
        assert [word for word in FINES if word in told] == [], indicator["code"]


def test_no_word_of_the_vocabulary_speaks_of_fines():
    words = [
        word.lower()
        for name, population in POPULATIONS.items()
        for word in (name, population.kind, *population.conditions)
    ]
    assert [word for word in words if any(fine in word for fine in FINES)] == []
