"""The ground of a field year, on the PostgreSQL of the test run."""

import logging

import pytest
import structlog

from field_year.bugs import TABLETS
from field_year.house import filled
from services.kit.telemetry import configure_logging


@pytest.fixture(scope="module")
def ground(server, tmp_path_factory):
    """Two counties to copy for every seed; the services say nothing below an error."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with filled(server, tmp_path_factory.mktemp("year"), TABLETS) as made:
        yield made
    configure_logging()
