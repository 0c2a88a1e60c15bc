"""ledger_app(settings): the list of routers."""

from fastapi import FastAPI

from services.kit.app import create_app
from services.kit.receipts import Signer
from services.ledger_svc import dictionary, feed
from services.ledger_svc.accounts import api as accounts
from services.ledger_svc.devices import api as devices
from services.ledger_svc.entities import api as entities
from services.ledger_svc.imports import api as imports
from services.ledger_svc.officers import api as officers
from services.ledger_svc.proposals import api as proposals
from services.ledger_svc.rosters import api as rosters
from services.ledger_svc.settings import LedgerSettings
from services.ledger_svc.successions import api as successions
from services.ledger_svc.trainings import api as trainings
from services.ledger_svc.units import api as units


def ledger_app(settings: LedgerSettings) -> FastAPI:
    """ledger_svc: standing facts (台账)."""
    app = create_app(
        "ledger_svc", "台账服务", settings,
        accounts.router, dictionary.router, units.router, entities.router, imports.router,
        officers.router, rosters.router, trainings.router, devices.router, proposals.router, successions.router,
        feed.router,
    )  # fmt: skip
    app.state.receipt_signer = Signer(settings.receipt_private_key)
    return app
