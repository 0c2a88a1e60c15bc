"""The text of a printed document, for comparing what two renderers drew (文字比对)."""

import re
from io import BytesIO
from typing import Any

UNSEEN = re.compile(r"[\s\u200b\u00ad\u0000]+")
FOOT = r"第\d+页共\d+页"


def text_of(pdf: bytes, number: str | None = None) -> str:
    """All text of a PDF without spaces and without the foot of each page (number, page x of y).

    Two renderers break lines and pages in other places; what is left is the same from both.
    Raises ValueError when the bytes are no PDF that can be read.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError
    from pypdf.generic import NameObject, StreamObject

    foot = re.compile((re.escape(UNSEEN.sub("", number)) if number else "") + FOOT)
    told = []
    try:
        for page in PdfReader(BytesIO(pdf)).pages:
            resources: Any = page["/Resources"]
            for reference in resources.get("/Font", {}).values():
                font = reference.get_object()
                # pypdf cannot read an embedded code map; ToUnicode alone says what is meant.
                if isinstance(font["/Encoding"].get_object(), StreamObject):
                    font[NameObject("/Encoding")] = NameObject("/Identity-H")
            told.append(foot.sub("", UNSEEN.sub("", page.extract_text())))
    except (PyPdfError, KeyError, ValueError, TypeError, AttributeError) as error:
        raise ValueError("not a readable PDF") from error
    return "".join(told)
