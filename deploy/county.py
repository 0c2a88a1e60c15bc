"""An invented county: plants and people that exist nowhere, under real division codes.

The same seed gives the same county. Credit codes carry a registration number beginning with MADEM,
so that none can be taken for a real one; their check digits are right.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from lawbook.identifiers import credit_code_check_digit

COUNTY = "140882"
SEED = 20260623

_FIRST = [
    "星澜",
    "云岭",
    "青禾",
    "远岫",
    "长砚",
    "北屿",
    "东篱",
    "鹤鸣",
    "松间",
    "望川",
    "朗月",
    "清渠",
    "白鹿",
    "晴川",
    "石泉",
    "南浦",
    "竹溪",
    "松涛",
]
_SECOND = ["安", "和", "宁", "盛", "恒", "泰", "瑞", "丰", "达", "诚", "源", "邦", "兴", "合", "润"]
_LEGAL = [
    "周砚舟",
    "沈知远",
    "韩雪松",
    "陆望川",
    "顾长青",
    "秦乐山",
    "唐清野",
    "苏北辰",
    "罗行简",
    "许南乔",
    "梁书白",
    "宋望舒",
    "邵云起",
    "温如玉",
]
_SAFETY = [
    "贺平川",
    "方远山",
    "石开明",
    "姜守拙",
    "柳成荫",
    "白渡江",
    "关山月",
    "江上舟",
    "程万里",
    "田家乐",
    "段青云",
    "薛定山",
    "武安国",
]
_ROADS = ["青禾路", "望川街", "松间大道", "北屿路", "石泉路", "晴川大街", "白鹿路", "清渠街"]

# What a plant does: words in its name, category in the ledger, economic class, how many of a hundred.
_KINDS = (
    ("铝业", "有色", 14), ("铸造", "机械", 13), ("焦化", "化工", 8), ("钢铁", "冶金", 8),
    ("耐火材料", "建材", 12), ("机械制造", "机械", 12), ("食品", "轻工", 8), ("纺织", "纺织", 3),
    ("化工", "危险化学品生产", 6), ("加油站", "危险化学品经营", 9), ("石料", "露天矿山", 4),
    ("铝土矿", "地下矿山", 3),
)  # fmt: skip
TOWNS = ("140882001", "140882002", "140882100", "140882101", "140882102")


@dataclass
class Plant:
    """One row of the office's workbook: values by field code of the ledger dictionary."""

    number: int
    values: dict[str, str] = field(default_factory=dict)


def credit_code(serial: int) -> str:
    """A valid credit code of our own kind (统一社会信用代码) for the plant with this serial."""
    body = f"91{COUNTY}MADEM{serial:04d}"
    return body + credit_code_check_digit(body)


def _kind(chance: random.Random) -> tuple[str, str]:
    word, category, _ = chance.choices(_KINDS, weights=[kind[2] for kind in _KINDS])[0]
    return word, category


def plants(count: int, towns: tuple[str, ...] = TOWNS, seed: int = SEED) -> Iterator[Plant]:
    """`count` plants with every mandatory item and most of the others."""
    chance = random.Random(seed)
    names: set[str] = set()
    for number in range(1, count + 1):
        word, category = _kind(chance)
        while (name := _name(chance, word)) in names:
            pass
        names.add(name)
        address = f"山西省运城市河津市{chance.choice(_ROADS)}{chance.randint(1, 199)}号"
        yield Plant(number, {
            "ent_name": name,
            "uscc": credit_code(number),
            "division_code": chance.choice(towns),
            "reg_addr": address,
            "prod_addr": address,
            "legal_rep": chance.choice(_LEGAL),
            "contact_phone": f"0359-5{chance.randint(100000, 999999)}",
            "reg_category": category,
            "op_status": "在营" if chance.random() < 0.94 else "停产停业",
            "principal": chance.choice(_SAFETY),
            "principal_mobile": f"199{chance.randint(20000000, 89999999)}",
            "supervise_level": chance.choices(("县级", "市级"), (9, 1))[0],
        })  # fmt: skip


def _name(chance: random.Random, word: str) -> str:
    first, second = chance.choice(_FIRST), chance.choice(_SECOND) + chance.choice(_SECOND)
    if word == "加油站":
        return f"河津市{first}{second}加油站"
    return f"河津市{first}{second}{word}有限公司"


@dataclass(frozen=True)
class Person:
    """Somebody who works here; the account's name is how they sign in."""

    key: str
    username: str
    name: str
    unit: str
    office: str
    roles: tuple[str, ...]
    certificate: str | None
    duty: str

    @property
    def region(self) -> str:
        return "1408" if self.unit == "1408" else self.unit


PEOPLE = (
    Person("clerk", "hejing", "何静", COUNTY, "科信股", ("ledger_clerk", "trainer"), None, "台账管理员"),
    Person("first", "zhangyue", "张岳", COUNTY, "工贸股", ("officer",), "14088200001", "执法人员"),
    Person("second", "liqiu", "李秋", COUNTY, "工贸股", ("officer",), "14088200002", "执法人员"),
    Person("third", "fangzhou", "方舟", COUNTY, "危化股", ("officer",), "14088200003", "执法人员"),
    Person("chief", "wangheng", "王衡", COUNTY, "工贸股", ("officer", "section_chief"), "14088200004", "工贸股股长"),
    Person("head", "zhaomingyuan", "赵明远", COUNTY, "局领导", ("bureau_head",), "14088200005", "分管副局长"),
    Person("auditor", "chenlan", "陈澜", "1408", "科信科", ("auditor",), None, "市局考核人员"),
)  # fmt: skip
PASSWORD = "Hejin-2026-demo"
