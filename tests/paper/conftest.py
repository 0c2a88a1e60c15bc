"""What documents are tested with: the real fonts, taken out once."""

import pytest

from paper import font


@pytest.fixture(scope="session")
def faces(tmp_path_factory) -> font.Faces:
    return font.Faces(font.simplified_chinese(tmp_path_factory.mktemp("fonts")))
