"""What people say at a plant finds the item, the article and the words for it."""

import pytest

from lawbook.checklist import Checklist, bodies
from lawbook.content import ContentError, load
from lawbook.phrasebook import Phrasebook, Phrases
from services.kit.settings import ROOT

CONTENT = ROOT / "content"
LISTS = [Checklist.from_content(body) for _, body in bodies(CONTENT)]
PHRASES = Phrases.from_content(load(CONTENT / "phrases" / "on-the-spot.toml"))
BOOK = Phrasebook(LISTS, PHRASES)

GOLD = {
    # As plants and inspectors put it; two-character words among them.
    "动火": "G15", "无证": "G08", "焊工没证": "G08", "电工证过期": "G08", "堵门": "G20",
    "消防通道堆放货物": "G20", "安全出口锁闭": "G20", "没培训": "G04", "新工人未经三级教育": "G04",
    "培训档案": "G05", "隐患台账": "G06", "未向从业人员通报": "G06", "应急预案": "G07",
    "没有演练": "G07", "警示标志": "G09", "警示牌脱落": "G09", "安全设备": "G10",
    "安全设备未维护": "G11", "报警器坏了": "G12", "报警": "G12", "淘汰设备": "G14",
    "安全帽未佩戴": "G13", "劳保": "G13", "作业票": "G15", "风险分级": "G16",
    "重大隐患未报告": "G17", "承包": "G19", "外包单位没有协议": "G19", "安责险": "G22",
    "许可证过期": "M01", "重大危险源": "W02", "安全标签": "W09", "出入库": "W08",
    "安全评价": "W06", "登记证": "W10", "超量储存": "H20", "混放": "H20", "万向管道": "H07",
    "注水": "H06", "双重电源": "H14", "安全阀": "H15", "有限空间没有审批": "K02", "清淤": "K01",
    "积尘": "D10", "除尘": "D02", "卸灰": "D06", "休息室设在吊运跨": "Y01", "炉坑积水": "Y04",
    "煤气": "Y02", "液氯": "Q03", "锂电池": "Q07", "边坡监测": "L04", "干滩长度": "T05",
    "浸润线": "T03", "排洪": "T06", "自救器": "U12", "机械通风": "U11", "图纸": "U04",
    "虚假报告": "Z04", "应急值班": "P06", "预案备案": "P01", "劳务派遣": "E01",
}  # fmt: skip


def ranks() -> dict[str, bool]:
    return {said: code in [one.item.code for one in BOOK.find(said)] for said, code in GOLD.items()}


def test_of_what_is_said_nine_in_ten_find_their_item_among_the_first_five():
    found = ranks()
    missed = [said for said, here in found.items() if not here]
    assert len(missed) <= len(GOLD) // 10, missed


def test_words_of_two_characters_are_found_like_longer_ones():
    short = [said for said in GOLD if len(said) == 2]
    assert len(short) >= 8
    assert [said for said in short if not ranks()[said]] == []


def test_only_items_of_the_list_at_hand_are_offered_when_one_is_named():
    found = BOOK.find("除尘", within="dust@2026.1")
    assert found
    assert all("dust@2026.1" in one.lists for one in found)
    assert BOOK.find("干滩", within="dust@2026.1") == []


@pytest.mark.parametrize("said", ["", "  ", "量子纠缠"])
def test_what_says_nothing_finds_nothing(said):
    assert BOOK.find(said) == []


def test_each_alias_is_of_an_item_that_some_list_asks():
    asked = {item.code for one in LISTS for item in one.items}
    assert set(PHRASES.aliases) <= asked


def test_a_set_without_phrases_is_refused():
    with pytest.raises(ContentError, match="remark"):
        Phrases.from_content({"remark": {"label": "备注", "phrases": []}})
