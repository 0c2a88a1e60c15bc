"""Answer an item of the check list (填写检查项). One answer is one commit."""

from datetime import date

from lawbook.inspection import Answer

from field_app.shelves.inspections import Answered
from field_app.store import Store


def answer_item(
    store: Store,
    inspection_id: str,
    item: str,
    answer: Answer | str,
    *,
    remark: str = "",
    description: str | None = None,
    correct_by: date | str | None = None,
    major: bool | None = None,
) -> Answered:
    """Keep an answer in the place of an earlier one; it is on disk when this returns.

    An unmet item (不符合) becomes a finding: its id is made once; description, day and `major` are
    those given, else those kept before, else proposed from the check item. Any other answer drops
    the finding; photos stay. Refuses InspectionEnded, ItemUnknown, CorrectionDateImpossible.
    """
    raise NotImplementedError
