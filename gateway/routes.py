"""Which service keeps which resource, and what may be asked without signing in."""

RESOURCES: dict[str, str] = {
    resource: service
    for service, resources in {
        "ledger_svc": (
            "oauth", "me", "accounts", "ledger-dictionary", "units", "entities", "entity-imports",
            "officers", "officer-rosters", "trainings", "devices", "device-enrolments",
            "proposals", "ledger-deliveries", "successions",
        ),
        "case_svc": (
            "plans", "planned-inspections", "inspection-schemes", "packs", "number-leases",
            "number-voids", "number-returns", "number-series", "number-gaps",
            "inspections", "hazards", "evidence", "documents", "document-checks", "reinspections", "deliveries",
            "files", "receipt-keys", "held-letters", "journal-forks",
            "bundles", "bundle-keys", "handovers", "letter-reviews",
            "visits", "called-off-visits", "scheme-drafts", "visit-openings", "visit-answers",
            "proposal-photos", "cases", "delegations", "work-list", "site-duties",
            "correction-requests", "offences", "weighings",
            "joint-officers",
        ),
        "kpi_svc": ("indicators", "indicator-snapshots"),
    }.items()
    for resource in resources
}  # fmt: skip
"""First segment below /v1 → service. Feeds and forwarded letters are for the services among
themselves: not here."""

FILES = frozenset(("files", "entity-imports", "bundles"))
"""Resources whose bodies are files: large, and written to disk as they come."""

PREFIX = "/v1/"


def resource_of(path: str) -> str | None:
    """The resource that a path is about, a pull's being what is pulled; None: there is none.

    A path that could be read in two ways (`..`, `//`, `\\`, an encoded slash that makes one of
    these) is about nothing: what is decided here must hold at the service.
    """
    segments = path.removeprefix(PREFIX).split("/")
    if not path.startswith(PREFIX) or not path.isprintable() or "\\" in path:
        return None
    if any(segment in ("", ".", "..") for segment in segments):
        return None
    pulled = segments[0] == "pulls" and len(segments) == 2
    resource = segments[1] if pulled else segments[0]
    return resource if resource in RESOURCES else None


def is_check(method: str, path: str) -> bool:
    """Somebody who holds a document asks whether it stands."""
    checks = path.startswith("/v1/document-checks/") and path.count("/") == 3
    return checks and method in ("GET", "HEAD")


def is_open(method: str, path: str) -> bool:
    """May be asked by anybody: how one signs in, how a device enters by its one-time code, what
    uploads are understood, and whether a document stands.
    """
    if method == "OPTIONS":
        return path == "/v1/files"
    if is_check(method, path):
        return True
    enrols = method == "PUT" and path.startswith("/v1/devices/") and path.count("/") == 3
    return enrols or path.startswith("/v1/oauth/")
