"""Shapes of findings about forked journals and handovers (信件核查结论)."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from services.kit.wire import Instant, Wire

About = Literal["fork", "handover"]


class LetterReviewBody(Wire):
    """What was found out. `subject`: a fork's device and journal with a slash, or a bundle's id."""

    about: About
    subject: Annotated[str, StringConstraints(min_length=1, max_length=300)]
    note: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=1000)]


class LetterReview(LetterReviewBody):
    """The same, by whom and when."""

    name: str
    reviewed_at: Instant
