"""Content packs, check lists, roles, refusals: one parser each, and an error that says where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawbook.checklist import Checklist
from lawbook.content import UNCONFIRMED, ContentError, load, need, pack
from lawbook.entity import LedgerIncomplete, require_complete
from lawbook.refusal import Refusal
from lawbook.roles import Roles

ITEM = {"code": "G01", "text": "设置机构", "unmet": "未设置机构", "basis": "安全生产法 §24"}
LIST = {
    "code": "metallurgy", "version": "1", "name": "检查表", "trade": "industry_and_trade",
    "status": "待确认",
}  # fmt: skip


@pytest.mark.parametrize("content", [b"not = = toml", b"\xff\xfe", b"a = 1\na = 2\n"])
def test_a_file_that_is_not_toml_is_named(tmp_path, content):
    (tmp_path / "bad.toml").write_bytes(content)
    with pytest.raises(ContentError, match=r"bad\.toml"):
        load(tmp_path / "bad.toml")


def test_an_absent_file_is_named(tmp_path):
    with pytest.raises(ContentError, match=r"缺少内容文件 gone\.toml"):
        load(tmp_path / "gone.toml")


def test_a_file_is_read(tmp_path):
    (tmp_path / "good.toml").write_text('name = "检查表"\n', encoding="utf-8")
    assert load(tmp_path / "good.toml") == {"name": "检查表"}


def test_an_absent_member_is_named_with_its_place():
    assert need({"a": None}, "a", "x") is None
    with pytest.raises(ContentError, match="检查表 缺少 name"):
        need({}, "name", "检查表")


def test_a_pack_without_a_status_awaits_confirmation():
    made = pack("checklist", {"code": "metallurgy", "version": "2026.1"})
    assert (made.ref, made.status) == ("metallurgy@2026.1", UNCONFIRMED)
    with pytest.raises(ContentError, match="checklist/x 缺少 version"):
        pack("checklist", {"code": "x"})


def test_a_check_list_gives_its_items_by_code():
    made = Checklist.from_content({**LIST, "item": [ITEM, {**ITEM, "code": "G02", "major": True}]})
    assert (made.ref, made.item("G02").major, made.item("G01").correct_days) == ("metallurgy@1", True, 15)  # fmt: skip
    with pytest.raises(KeyError):
        made.item("G99")


@pytest.mark.parametrize("basis", [{}, {"basis": ""}, {"basis": "  "}])
def test_an_item_that_cites_nothing_is_an_error(basis):
    bare = {key: value for key, value in ITEM.items() if key != "basis"}
    with pytest.raises(ContentError, match="checklist/metallurgy/G01 没有注明依据"):
        Checklist.from_content({**LIST, "item": [bare | basis]})


def test_a_code_that_comes_twice_is_an_error():
    with pytest.raises(ContentError, match="重复"):
        Checklist.from_content({**LIST, "item": [ITEM, ITEM]})


ROLES = Roles.from_content({
    "role": {
        "officer": {"title": "执法人员", "permissions": ["entity.read", "plan.read"]},
        "clerk": {"title": "台账管理员", "permissions": ["entity.write"]},
    }
})  # fmt: skip


def test_roles_have_titles_in_the_order_of_the_table():
    assert ROLES.names == ("officer", "clerk")
    assert (ROLES.title("clerk"), ROLES.known("clerk"), ROLES.known("king")) == ("台账管理员", True, False)  # fmt: skip


@given(st.lists(st.sampled_from(["officer", "clerk", "king"])))
def test_roles_together_may_do_what_each_may_and_an_unknown_one_nothing(names):
    each = [ROLES.permissions([name]) for name in names]
    assert ROLES.permissions(names) == frozenset().union(*each)
    assert ROLES.permissions(["king"]) == frozenset()


@pytest.mark.parametrize(
    "role", [{"permissions": []}, {"title": "x"}, {"title": "x", "permissions": [1]}]
)
def test_a_role_without_title_or_list_is_an_error(role):
    with pytest.raises(ContentError):
        Roles.from_content({"role": {"x": role}})


def test_a_refusal_says_what_the_law_says_and_what_to_do():
    refusal = LedgerIncomplete("甲厂缺少：注册地址", missing=["注册地址"])
    assert refusal.problem() == {
        "code": "ledger-incomplete", "title": LedgerIncomplete.title, "detail": "甲厂缺少：注册地址",
        "law": LedgerIncomplete.law, "next_step": LedgerIncomplete.next_step,
    }  # fmt: skip
    assert refusal.facts == {"missing": ["注册地址"]}


def test_a_bare_refusal_is_told_by_its_title():
    assert Refusal().problem() == {
        "code": "refused", "title": "依法不能办理", "detail": "依法不能办理",
    }  # fmt: skip


def test_an_incomplete_plant_is_refused_with_its_missing_items_by_label():
    require_complete("甲厂", [], {})
    with pytest.raises(LedgerIncomplete, match="甲厂缺少：注册地址、x"):
        require_complete("甲厂", ["reg_addr", "x"], {"reg_addr": "注册地址"})
