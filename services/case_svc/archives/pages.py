"""How many pages a PDF has (页数)."""

import logging
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PyPdfError

UNREADABLE = "页数不能识别，按一页计"
# A damaged page is told in the catalogue, not in the log of the service.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def pages_of(path: Path) -> tuple[int, str]:
    """Pages, and a note for the catalogue where they cannot be told."""
    try:
        return max(len(PdfReader(path).pages), 1), ""
    except (PyPdfError, OSError, ValueError, KeyError, TypeError, RecursionError):
        return 1, UNREADABLE
