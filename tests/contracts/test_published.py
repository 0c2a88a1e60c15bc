"""The published API is the code's."""

import pytest

from deploy.publish import written


@pytest.mark.parametrize("path", written(), ids=lambda path: path.name)
def test_what_is_published_is_what_the_code_says(path):
    assert path.read_text() == written()[path], "make openapi"
