"""A draft as DOCX, for an office that must edit it (文书草稿): the same blocks, in WordprocessingML.

Written with the standard library: ECMA-376, transitional. What is issued is the PDF; a DOCX never is,
and says so in its number line, which stays blank. The same input gives the same bytes.
"""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import accumulate, pairwise
from xml.sax.saxutils import escape

from paper import blocks as b
from paper import geometry as g

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BODY_FACE, TITLE_FACE = "仿宋", "宋体"
"""The faces that §4.2 of the writing rules names; Word takes the nearest that a machine has."""
TICKED, EMPTY = "☑", "☐"
MOMENT = (1980, 1, 1, 0, 0, 0)
"""When every part says it was made: the content alone makes the bytes."""
WIDTH = g.PAGE_WIDTH - g.MARGIN_LEFT - g.MARGIN_RIGHT
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="' + MEDIA_TYPE + '.main+xml"/>'
    '<Override PartName="/word/footer1.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="' + R + '/{kind}" Target="{target}"/></Relationships>'
)


def docx(document: b.Document) -> bytes:
    """The document as the bytes of a DOCX file."""
    body = "".join(_block(block) for block in document.blocks)
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS.format(kind="officeDocument", target="word/document.xml"),
        "word/_rels/document.xml.rels": RELATIONS.format(kind="footer", target="footer1.xml"),
        "word/document.xml": f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}{_section()}'
        "</w:body></w:document>",
        "word/footer1.xml": f'<w:ftr xmlns:w="{W}">{_foot()}</w:ftr>',
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            part = zipfile.ZipInfo(name, MOMENT)
            part.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(part, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + text)
    return out.getvalue()


def _block(block: b.Block) -> str:
    match block:
        case b.Heading(organ=text):
            return _paragraph(text, g.HEADING_SIZE, align="center", bold=True)
        case b.Title(text=text):
            return _paragraph(text, g.TITLE_SIZE, align="center", bold=True)
        case b.NumberLine(text=text):
            return _paragraph(text, g.NUMBER_SIZE, align="center", face=TITLE_FACE)
        case b.Paragraph(text=text, indent=indent, keep=keep):
            return _paragraph(text, indent=indent, keep=keep, align="both")
        case b.CheckBoxes(label=label, choices=choices):
            return _paragraph(f"{label}：{_boxes(choices)}")
        case b.NumberedList(items=items):
            return "".join(
                _paragraph(f"{at}.{item}", indent=True, align="both")
                for at, item in enumerate(items, start=1)
            )
        case b.LabelledTable(rows=rows):
            return _table([_labelled(row, g.LABEL_WIDTH) for row in rows])
        case b.FormTable(rows=forms):
            return _table(
                [
                    _labelled(
                        [one.cell for one in row.cells],
                        g.LABEL_WIDTH if len(row.cells) < 3 else g.FORM_LABEL,
                        [one.signed for one in row.cells],
                        row.height,
                    )
                    for row in forms
                ]
            )
        case b.RuledList():
            return _ruled(block)
        case b.Signatures(slots=slots) | b.PageEnd(slots=slots):
            return "".join(
                _paragraph(f"{slot.label}：{'　' * 10}{slot.remark}　{slot.date}", keep=True)
                + (_paragraph(slot.note, g.NOTE_SIZE) if slot.note else "")
                for slot in slots
            )
        case b.SealPlace(organ=organ, date=date):
            return _paragraph("") + "".join(
                _paragraph(text, align="right") for text in (f"{organ}（印章）", date)
            )
        case b.CopiesLine(text=text):
            return _paragraph("") + _paragraph(text, g.NOTE_SIZE)


def _boxes(choices: Sequence[b.Choice]) -> str:
    return "　".join(f"{TICKED if one.checked else EMPTY}{one.text}" for one in choices)


def _texts(cell: b.Cell) -> list[str]:
    return [_boxes(cell.choices)] if cell.choices else list(cell.paragraphs) or [""]


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of a table: (content, width in mm, whether it stands in the middle) for each cell."""

    cells: list[tuple[str, float, bool]]
    style: str = ""

    def edges(self) -> list[int]:
        """Where its cells end, in twips from the left."""
        return [_twips(one) for one in accumulate(width for _, width, _ in self.cells)]


def _labelled(
    cells: Sequence[b.Cell], label: float, signed: Sequence[Sequence[str]] = (), height: float = 0
) -> _Line:
    """A row: each cell's label, and beside it what is filled in and who signs."""
    share = WIDTH / len(cells)
    made: list[tuple[str, float, bool]] = []
    for at, cell in enumerate(cells):
        said = "".join(_paragraph(text) for text in _texts(cell))
        said += "".join(
            _paragraph(line, align="right") for line in (signed[at] if at < len(signed) else ())
        )
        made += [
            (_paragraph(cell.label, align="center"), label, True),
            (said, share - label, False),
        ]
    least = f'<w:trPr><w:trHeight w:val="{_twips(height)}" w:hRule="atLeast"/></w:trPr>'
    return _Line(made, least if height else "")


def _ruled(block: b.RuledList) -> str:
    widths = [g.INDEX_WIDTH]
    widths += [(WIDTH - g.INDEX_WIDTH) * share / sum(block.shares) for share in block.shares]

    def row(texts: Sequence[str], head: bool) -> _Line:
        made = [
            (_paragraph(text, align="center" if head or at == 0 else "left"), width, True)
            for at, (text, width) in enumerate(zip(texts, widths, strict=True))
        ]
        return _Line(made, "<w:trPr><w:tblHeader/></w:trPr>" if head else "")

    return _table([row(block.headings, True), *(row(texts, False) for texts in block.rows)])


def _table(rows: Sequence[_Line]) -> str:
    """Rows of different cells on one grid: a column wherever a cell of any row ends."""
    grid = sorted({edge for row in rows for edge in row.edges()})
    columns = "".join(f'<w:gridCol w:w="{end - start}"/>' for start, end in pairwise([0, *grid]))
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{grid[-1]}" w:type="dxa"/>'
        f'<w:tblBorders>{lines}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(_row(row, grid) for row in rows)}</w:tbl>"
        + _paragraph("", 2)
    )


def _row(row: _Line, grid: Sequence[int]) -> str:
    made, start = [], 0
    for (content, _, middle), end in zip(row.cells, row.edges(), strict=True):
        span = sum(start < edge <= end for edge in grid)
        made.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{end - start}" w:type="dxa"/>'
            + (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "")
            + ('<w:vAlign w:val="center"/>' if middle else "")
            + f"</w:tcPr>{content}</w:tc>"
        )
        start = end
    return f"<w:tr>{row.style}{''.join(made)}</w:tr>"


def _paragraph(
    text: str, size: float = g.BODY_SIZE, *, align: str = "left", indent: bool = False,
    keep: bool = False, bold: bool = False, face: str = BODY_FACE,
) -> str:  # fmt: skip
    made = "<w:keepNext/>" if keep else ""
    if size >= g.BODY_SIZE:
        made += f'<w:spacing w:line="{_twips(g.LINE)}" w:lineRule="atLeast"/>'
    if indent:
        made += '<w:ind w:firstLineChars="200"/>'
    made += f'<w:jc w:val="{align}"/>'
    return f"<w:p><w:pPr>{made}</w:pPr>{_run(text, size, bold, face)}</w:p>"


def _run(text: str, size: float, bold: bool = False, face: str = BODY_FACE) -> str:
    if not text:
        return ""
    face = TITLE_FACE if bold else face
    style = (
        f'<w:rFonts w:ascii="{face}" w:eastAsia="{face}" w:hAnsi="{face}"/>'
        + ("<w:b/>" if bold else "")
        + f'<w:sz w:val="{round(size * 2)}"/>'
    )
    return f'<w:r><w:rPr>{style}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _foot() -> str:
    """第x页　共y页, counted by Word."""
    size = g.SMALL_SIZE
    page, pages = (
        f'<w:fldSimple w:instr=" {field} ">{_run("1", size)}</w:fldSimple>'
        for field in ("PAGE", "NUMPAGES")
    )
    said = f"{_run('第', size)}{page}{_run('页　共', size)}{pages}{_run('页', size)}"
    return f'<w:p><w:pPr><w:jc w:val="right"/></w:pPr>{said}</w:p>'


def _section() -> str:
    return (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId1"/>'
        f'<w:pgSz w:w="{_twips(g.PAGE_WIDTH)}" w:h="{_twips(g.PAGE_HEIGHT)}"/>'
        f'<w:pgMar w:top="{_twips(g.MARGIN_TOP)}" w:right="{_twips(g.MARGIN_RIGHT)}"'
        f' w:bottom="{_twips(g.MARGIN_BOTTOM)}" w:left="{_twips(g.MARGIN_LEFT)}"'
        f' w:header="{_twips(15)}" w:footer="{_twips(15)}" w:gutter="0"/></w:sectPr>'
    )


def _twips(millimetres: float) -> int:
    """Twentieths of a point."""
    return round(millimetres / 25.4 * 1440)
