"""Finish an inspection (结束现场检查): from here on its answers never change."""

from lawbook.inspection import Outcome

from field_app.store import Store


def finish_inspection(store: Store, inspection_id: str) -> Outcome:
    """Judge it, fix its end, write its letters and queue its photos. Again: the same outcome.

    Refuses Unanswered, TooFewOfficers, CertificateNotValid.
    """
    raise NotImplementedError
