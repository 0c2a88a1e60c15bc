"""Valid plants, every one of the dictionary's columns filled, as a CSV and as a workbook."""

import csv
import random
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter

from deploy.county import COUNTY, TOWNS, plants
from lawbook.entity import LedgerDictionary
from lawbook.identifiers import credit_code_check_digit

_MORE = {
    "employees": ("12", "85", "340"),
    "founded_on": ("2008-03-14", "2015-11-02"),
    "industry_code": ("C3216", "C3391"),
    "scale": ("大型", "中型", "小型", "微型"),
    "economic_type": ("私营有限责任公司", "国有企业"),
    "standardisation": ("二级", "三级", "小微"),
    "major_hazard_source": ("三级", "四级"),
    "risk_level": ("黄", "蓝"),
    "longitude": ("110.712345", "110.698001"),
    "latitude": ("35.596123", "35.601987"),
    "postcode": ("043300",),
    "business_scope": ("铝锭、铝棒、铝型材的生产与销售；自有房屋租赁；道路货物运输",),
    "remark": ("2026 年一季度已核对",),
}


def values(count: int) -> Iterator[dict[str, str]]:
    """`count` complete plants. Names repeat after a county's worth, so each is numbered."""
    chance = random.Random(1)
    samples = [plant.values for plant in plants(400)]
    for number in range(1, count + 1):
        body = f"91{COUNTY}MA{number:07d}"
        yield {
            **samples[number % len(samples)],
            **{code: chance.choice(choices) for code, choices in _MORE.items()},
            "ent_name": f"河津市{samples[number % len(samples)]['ent_name'][3:6]}第{number}铸造有限公司",
            "uscc": body + credit_code_check_digit(body),
            "division_code": chance.choice(TOWNS),
        }


def write_csv(path: Path, count: int, dictionary: LedgerDictionary) -> None:
    """The plants as a CSV in UTF-8."""
    with path.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(field.label for field in dictionary.fields)
        for plant in values(count):
            rows.writerow(plant[field.code] for field in dictionary.fields)


def write_xlsx(path: Path, count: int, dictionary: LedgerDictionary) -> None:
    """The plants as a workbook."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("企业台账")
    sheet.write_row(0, 0, [field.label for field in dictionary.fields])
    for number, plant in enumerate(values(count), start=1):
        for column, field in enumerate(dictionary.fields):
            sheet.write_string(number, column, plant[field.code])
    book.close()
