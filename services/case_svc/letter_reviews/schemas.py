"""Shapes of findings about forked journals and handovers (信件核查结论)."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from services.kit.wire import Instant, Wire

About = Literal["fork", "handover", "authority"]


class LetterReviewBody(Wire):
    """What was found out.

    `subject`: a fork's device and journal with a slash, a bundle's id, or the matter of letters
    whose authority is in doubt. Of these `accepted` says whether they are taken.
    """

    about: About
    subject: Annotated[str, StringConstraints(min_length=1, max_length=300)]
    note: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=1000)]
    accepted: bool | None = Field(
        None,
        exclude_if=lambda said: said is None,
        description="权限存疑的信件是否受理；其他核查不填",
    )

    @model_validator(mode="after")
    def _doubts_are_decided(self) -> Self:
        if (self.about == "authority") != (self.accepted is not None):
            raise ValueError("权限存疑的，应说明是否受理；其他核查不填")
        return self


class LetterReview(LetterReviewBody):
    """The same, by whom and when."""

    name: str
    reviewed_at: Instant
