"""Who may do what: the golden table, and that it cannot be wrong unnoticed."""

from pathlib import Path

from deploy.publish import apps, matrix

GOLDEN = Path(__file__).with_name("roles.txt")


def test_the_table_of_roles_is_as_reviewed():
    assert matrix(apps()) == GOLDEN.read_text()


def test_every_operation_names_a_permission_or_is_open_on_purpose():
    open_ = {
        line.split()[1]
        for line in GOLDEN.read_text().splitlines()
        if line.startswith(("GET ", "PUT ", "POST ", "PATCH ", "DELETE ", "OPTIONS "))
        and line.split()[2] == "-"
    }
    assert open_ <= {
        "/v1/oauth/token",
        "/v1/oauth/revoke",
        "/v1/me",
        "/v1/files",
        "/v1/receipt-keys",
        "/v1/bundles",
        "/v1/bundle-keys",
        "/v1/devices/{device_id}",
        "/v1/document-checks/{digest}",
    }
