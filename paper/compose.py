"""From a template and data to a document's blocks (制作文书). Reads no clock and no file."""

from collections.abc import Mapping, Sequence

from lawbook.signatures import OFFICER
from paper.blocks import Block, CopiesLine, Document, PageEnd, Paragraph
from paper.digest import digest
from paper.making import Maker
from paper.making import number_to_fill as number_to_fill
from paper.paging import in_pages
from paper.proof import mark_of
from paper.refusals import FieldUnreadable, SignatureElsewhere, SignatureUnreadable
from paper.signing import Signature
from paper.template import SUCCESSION, DocumentTemplate
from paper.values import (
    Value,
    clean,
    read_values,
)

NUMBER_LENGTH = 60
"""More characters than any pattern makes; the foot of every page carries the number."""


def compose(
    template: DocumentTemplate,
    data: Mapping[str, object],
    number: str | None,
    signatures: Sequence[Signature],
    proof: str | None = None,
) -> Document:
    """Make a document (制作文书): every field in its place, every signature under its own content.

    Refuses a required field left empty, naming its Chinese label; content of the wrong kind;
    content the form has no place for; and a signature given for other content.
    `number` None makes a draft with blanks where the number goes. `proof`: what the QR code says
    (lawbook.proof); one that speaks of another document is refused.
    """
    seal = digest(template.code, number, data)
    mark = mark_of(proof, template, number, data, seal) if proof else None
    if number is not None:
        if template.numbering is None:
            raise FieldUnreadable(f"{template.name}不编文号", at="number")
        number = " ".join(clean(number).split())
        if not 0 < len(number) <= NUMBER_LENGTH:
            raise FieldUnreadable(f"文号应当在{NUMBER_LENGTH}字以内", at="number")
    note = data.get(SUCCESSION)
    values = read_values(template.fields, {k: v for k, v in data.items() if k != SUCCESSION})
    roles = {signatory.role for signatory in template.signatories}
    for signature in signatures:
        if signature.role not in roles:
            raise SignatureUnreadable(f"{template.name}没有{signature.name}的签名处")
        if signature.digest != seal:
            raise SignatureElsewhere(
                f"{signature.name}签名时看到的内容与现在的{template.name}不同",
                signed=signature.digest,
                now=seal,
            )
    if template.each_page:
        blocks, pages = _in_pages(template, values, number, signatures, seal)
        blocks = _noted(blocks, note)
        return Document(template.ref, template.name, number, seal, blocks, mark, pages=pages)
    maker = Maker(template, values, number, signatures)
    made = [block for layout in template.layout for block in maker.blocks(layout)]
    return Document(template.ref, template.name, number, seal, _noted(made, note), mark)


def _noted(blocks: Sequence[Block], note: object) -> tuple[Block, ...]:
    """With what is said of who carries on, before the line that says who has a copy (承接说明)."""
    if not note:
        return tuple(blocks)
    last = len(blocks) - isinstance(blocks[-1], CopiesLine)
    said = Paragraph(f"承接说明：{clean(str(note))}", indent=False)
    return (*blocks[:last], said, *blocks[last:])


def _in_pages(
    template: DocumentTemplate,
    values: Mapping[str, Value],
    number: str | None,
    signatures: Sequence[Signature],
    seal: str,
) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """The blocks with an end for each page, and the digest of each.

    Refuses a signature for a page that is none, or that says something else now.
    """
    maker = Maker(template, values, number, ())
    blocks: list[Block] = []
    tail = None
    for layout in template.layout:
        own = maker.blocks(layout)
        if layout.get("last") and own and tail is None:
            tail = len(blocks)
        blocks += own
    officers = len(values["officers"].items) if "officers" in values else 0
    places = sum(
        max(one.count, officers if one.role == OFFICER else 1) for one in template.signatories
    )
    pages = in_pages(blocks, len(blocks) if tail is None else tail, places, seal)
    for one in signatures:
        if one.page and pages.digests[one.page - 1 : one.page] != (one.page_digest,):
            raise SignatureElsewhere(
                f"{one.name}在第{one.page}页签名时看到的内容与现在的不同",
                signed=one.page_digest, page=one.page,
            )  # fmt: skip
    last = len(pages.blocks)
    signed = Maker(template, values, number, [one for one in signatures if one.page in (0, last)])
    made: list[Block] = []
    for at, page in enumerate(pages.blocks[:-1], start=1):
        made += [*page, PageEnd(at, last, signed.foot(at, signatures))]
    tail_blocks = [block for layout in template.layout for block in signed.blocks(layout)]
    own_tail = 0 if tail is None else len(blocks) - tail
    made += pages.blocks[-1][: len(pages.blocks[-1]) - own_tail]
    made += tail_blocks[len(tail_blocks) - own_tail :] if own_tail else []
    return tuple(made), pages.digests
