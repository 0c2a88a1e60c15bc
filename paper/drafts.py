"""A draft on paper (草稿): what is written so far, printed with blanks, and marked as no document."""

from collections.abc import Mapping
from dataclasses import replace

from paper.blocks import Document
from paper.compose import compose
from paper.template import SUCCESSION, DocumentTemplate, Field
from paper.values import faults

MARK = "草稿"


def drafted(template: DocumentTemplate, data: Mapping[str, object]) -> Document:
    """The form with what can be printed of `data`: what is missing or unreadable stays blank.

    Pure. For the eyes of who writes it: it bears no number and is never issued.
    """
    loose = replace(template, fields=tuple(map(_loosened, template.fields)))
    wrong = faults(loose.fields, data)
    known = {field.code for field in loose.fields} | {SUCCESSION}
    kept = {code: value for code, value in data.items() if code in known and code not in wrong}
    return replace(compose(loose, kept, None, ()), watermark=MARK)


def _loosened(field: Field) -> Field:
    return replace(field, required=False, columns=tuple(map(_loosened, field.columns)))
