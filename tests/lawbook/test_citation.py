"""Citations written out as documents print them."""

import pytest

from lawbook.checklist import bodies
from lawbook.citation import in_chinese, written_out
from services.kit.settings import ROOT


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (41, "四十一"), (100, "一百"),
     (101, "一百零一"), (110, "一百一十"), (115, "一百一十五"), (999, "九百九十九")],
)  # fmt: skip
def test_a_number_is_written_as_statutes_write_it(number, words):
    assert in_chinese(number) == words


@pytest.mark.parametrize("number", [0, -1, 1000])
def test_a_number_that_no_article_has_is_an_error(number):
    with pytest.raises(ValueError, match="not the number"):
        in_chinese(number)


@pytest.mark.parametrize(
    ("short", "printed"),
    [
        ("安全生产法 §28", "《安全生产法》第二十八条"),
        ("安全生产法 §41(2)", "《安全生产法》第四十一条第二款"),
        ("安全生产法 §97(5)", "《安全生产法》第九十七条第五项"),
        ("安全生产法 §21(1)(2)、§22", "《安全生产法》第二十一条第一项、第二项、第二十二条"),
        (
            "安全生产法 §21(6)、生产安全事故应急条例 §8",
            "《安全生产法》第二十一条第六项、《生产安全事故应急条例》第八条",
        ),
        ("危险化学品安全管理条例 §78(10)", "《危险化学品安全管理条例》第七十八条第十项"),
        (
            "工贸企业重大事故隐患判定标准（应急管理部令第10号）§4",
            "《工贸企业重大事故隐患判定标准》（应急管理部令第10号）第四条",
        ),
    ],
)
def test_a_citation_is_written_out(short, printed):
    assert written_out(short) == printed


@pytest.mark.parametrize(
    "text",
    [
        "",
        "§5",
        "企业安全管理制度",
        "见安全生产法 §5 的规定",
        "安全生产法 §5 与",
        "安全生产法 §5 甲；乙 §6",
    ],
)
def test_what_is_no_citation_comes_back_as_it_is(text):
    assert written_out(text) == text


@pytest.mark.parametrize(
    "body", [body for _, body in bodies(ROOT / "content")], ids=lambda b: b["code"]
)
def test_every_check_item_cites_what_can_be_written_out(body):
    for item in body["item"]:
        cited = {item["basis"], item.get("penalty_basis"), item.get("criterion")} - {None}
        for citation in cited:
            assert "§" not in written_out(citation), citation
