"""The workbook as an office would send it: 500 plants, fifty rows of them wrong in ten ways."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter

from deploy.county import Plant, plants
from lawbook.entity import LedgerDictionary

ROWS = 500
EACH = 5


def _wide(text: str) -> str:
    return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)


def _wrong_check_digit(rows: list[Plant], plant: Plant) -> None:
    code = plant.values["uscc"]
    plant.values["uscc"] = code[:-1] + ("0" if code[-1] != "0" else "1")


def _full_width(rows: list[Plant], plant: Plant) -> None:
    plant.values["uscc"] = _wide(plant.values["uscc"])


def _unknown_county(rows: list[Plant], plant: Plant) -> None:
    plant.values["division_code"] = "140899001"


def _placeholder_phone(rows: list[Plant], plant: Plant) -> None:
    plant.values["contact_phone"] = "11111111111"


def _missing_item(rows: list[Plant], plant: Plant) -> None:
    plant.values["legal_rep"] = ""


def _duplicate_code(rows: list[Plant], plant: Plant) -> None:
    plant.values["uscc"] = rows[plant.number - 2 * EACH].values["uscc"]


def _duplicate_name(rows: list[Plant], plant: Plant) -> None:
    before = rows[plant.number - 2 * EACH]
    plant.values["ent_name"] = before.values["ent_name"]
    plant.values["division_code"] = before.values["division_code"]


def _short_code(rows: list[Plant], plant: Plant) -> None:
    plant.values["uscc"] = plant.values["uscc"][:-1]


def _unknown_category(rows: list[Plant], plant: Plant) -> None:
    plant.values["reg_category"] = "其它行业"


def _bad_mobile(rows: list[Plant], plant: Plant) -> None:
    plant.values["principal_mobile"] = plant.values["principal_mobile"][:9]


WRONGS: tuple[tuple[str, Callable[[list[Plant], Plant], None]], ...] = (
    ("信用代码校验位错误", _wrong_check_digit),
    ("信用代码为全角字符", _full_width),
    ("行政区划不存在", _unknown_county),
    ("电话为占位号码", _placeholder_phone),
    ("缺少法定代表人", _missing_item),
    ("信用代码重复", _duplicate_code),
    ("企业名称重复", _duplicate_name),
    ("信用代码位数不足", _short_code),
    ("监管行业不在可选范围", _unknown_category),
    ("手机号位数不足", _bad_mobile),
)


def wrong_numbers() -> dict[int, str]:
    """Which plants' rows are wrong, and how: 5 of each kind, spread over the sheet."""
    found: dict[int, str] = {}
    for kind, (name, _) in enumerate(WRONGS):
        for turn in range(EACH):
            found[40 + kind * 4 + turn * 90] = name
    return found


def faulty_plants(count: int = ROWS) -> list[Plant]:
    """The plants as the office has typed them."""
    rows = list(plants(count))
    wrongs = dict(WRONGS)
    for number, name in wrong_numbers().items():
        wrongs[name](rows, rows[number - 1])
    return rows


def write(path: Path, rows: Sequence[Plant], dictionary: LedgerDictionary) -> Path:
    """Write plants as a workbook with a title, a header row and the columns' Chinese labels."""
    fields = [field for field in dictionary.fields if field.code in rows[0].values]
    book = xlsxwriter.Workbook(str(path))
    # The same rows give the same bytes, so that a day which is taken up sends the same workbook.
    book.set_properties({"created": datetime(2026, 5, 6, tzinfo=UTC)})
    sheet = book.add_worksheet("企业台账")
    title = book.add_format({"bold": True, "font_size": 16, "align": "center"})
    header = book.add_format({"bold": True, "bg_color": "#dfe9f3", "border": 1, "text_wrap": True})
    cell = book.add_format({"border": 1, "num_format": "@"})
    sheet.merge_range(
        0, 0, 0, len(fields), "河津市重点行业领域监管执法对象台账（演示数据，均为虚构）", title
    )
    sheet.write_row(1, 0, ["序号", *(field.label for field in fields)], header)
    for index, plant in enumerate(rows, start=2):
        sheet.write_number(index, 0, plant.number, cell)
        for column, field in enumerate(fields, start=1):
            sheet.write_string(index, column, plant.values[field.code], cell)
    sheet.freeze_panes(2, 2)
    sheet.set_column(1, len(fields), 22)
    book.close()
    return path
