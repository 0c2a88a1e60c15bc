"""Measures of the sheet: A4, lengths in millimetres, type in points (GB/T 9704's names of sizes).

Both renderers read them here, so that a document looks the same from either.
"""

PAGE_WIDTH = 210.0
PAGE_HEIGHT = 297.0
MARGIN_TOP = 25.0
MARGIN_BOTTOM = 25.0
MARGIN_LEFT = 27.0
MARGIN_RIGHT = 25.0

HEADING_SIZE = 18.0
"""小二"""
TITLE_SIZE = 24.0
"""小一"""
NUMBER_SIZE = 14.0
"""四号"""
BODY_SIZE = 12.0
"""小四"""
FOOT = 10.0
"""From the text area down to the base line of the page's foot."""

NOTE_SIZE = 10.5
"""五号, beside signatures and for the copies line"""
SMALL_SIZE = 9.0
"""小五, for the foot of the page"""

LINE = 7.5
"""From one base line of body text to the next."""
LABEL_WIDTH = 30.0
"""The label column of a ruled table."""
FORM_LABEL = 20.0
"""The same where three cells of a form stand side by side."""
OPINION_HEIGHT = 30.0
"""The least height of a row in which an opinion is written and signed."""
TEAR = 0.4
"""A row higher than this part of a page may be torn by the page's end; others are moved whole."""
CELL_PADDING = 2.0
ROW_PADDING = 1.0
"""Above and below the text of a ruled row, besides the line's own space."""
VALUE_GAP = 1.5
"""Between a label and the value on its rule."""
INDEX_WIDTH = 13.0
"""The column of row numbers in a list of things."""
LIST_PADDING = 1.5
RULE = 0.18
BOLD_STROKE = 0.6
"""Points of outline that make the one weight we have look bold in a title."""

SIGNATURE_WIDTH = 40.0
SIGNATURE_HEIGHT = 12.0
SIGNATURE_ROW = 14.0
INK = 0.45
"""How thick a stroke of a signature is."""
SEAL_SPACE = 12.0
"""Free height above the seal place."""
PROOF_SIZE = 30.0
"""Side of the QR code that proves a document."""
PROOF_GAP = 2.0
"""What stays white above and below it; more than four of its modules."""
PROOF_TEXT = 3.0
"""Between the code and the line that stands to its left."""
BOX = 3.3
"""Side of a check box."""
