"""`make migrate` and `make new-migration`: the schemas of the PostgreSQL that is named, or ours."""

import argparse

from alembic import command
from alembic.config import Config

from deploy.place import ROOT, prepared
from services.kit.names import SERVICES


def config_of(service: str, url: str) -> Config:
    """Alembic's configuration for one service's schema."""
    config = Config(ROOT / "alembic.ini", ini_section=service)
    config.attributes["url"] = url
    return config


def main() -> None:
    """Bring every schema to its newest step; with --new, write a step from the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--new", nargs=2, metavar=("SERVICE", "NAME"))
    given = parser.parse_args()
    with prepared() as place:
        if given.new:
            service, name = given.new
            assert service in SERVICES, f"one of {SERVICES}"
            command.revision(config_of(service, place.owner_url), name, autogenerate=True)


if __name__ == "__main__":
    main()
