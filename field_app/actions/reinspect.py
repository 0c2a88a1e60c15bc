"""Re-inspect (整改复查): hazard by hazard, whether what was ordered has been done."""

from collections.abc import Sequence

from lawbook.rectification import ReinspectionOutcome

from field_app.shelves.inspections import Reinspection
from field_app.store import Store
from field_app.wire import Hazard


def open_hazards(store: Store, inspection_id: str) -> list[Hazard]:
    """The hazards of an inspection that are not closed: the office's word, else this tablet's."""
    raise NotImplementedError


def begin_reinspection(store: Store, inspection_id: str, officers: Sequence[str]) -> str:
    """Begin a re-inspection by these officers (certificate numbers); its id.

    One that is open already is given back. Refuses NothingToReview, TooFewOfficers,
    CertificateNotValid.
    """
    raise NotImplementedError


def record_result(
    store: Store,
    reinspection_id: str,
    hazard_id: str,
    outcome: ReinspectionOutcome | str,
    remark: str = "",
) -> None:
    """Keep what was found about one hazard. One result is one commit."""
    raise NotImplementedError


def finish_reinspection(store: Store, reinspection_id: str) -> Reinspection:
    """Fix it and write its letter. Again: the same. Refuses NotAHazardOfThisOrder."""
    raise NotImplementedError
