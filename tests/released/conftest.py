"""An office for the tablets of earlier releases."""

from tests.field_app.conftest import office, tablet_of

__all__ = ["office", "tablet_of"]
