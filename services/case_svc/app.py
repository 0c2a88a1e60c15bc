"""case_app(settings, ledger): the list of routers, and the follower of the ledger's feed."""

import httpx
from fastapi import FastAPI

from services.case_svc import feed
from services.case_svc.archives import api as archives
from services.case_svc.bundles import api as bundles
from services.case_svc.bundles.opening import Opener
from services.case_svc.called_off import api as called_off
from services.case_svc.case_documents import api as case_documents
from services.case_svc.cases import api as cases
from services.case_svc.cases.refreshing import refreshing
from services.case_svc.delegations import api as delegations
from services.case_svc.deliveries import api as deliveries
from services.case_svc.documents import api as documents
from services.case_svc.evidence import api as evidence
from services.case_svc.files import api as files
from services.case_svc.inspections import api as inspections
from services.case_svc.joint import api as joint
from services.case_svc.ledger_mirror.follow import following_ledger
from services.case_svc.letter_reviews import api as letter_reviews
from services.case_svc.numbers import api as numbers
from services.case_svc.packs import api as packs
from services.case_svc.plans import api as plans
from services.case_svc.precedents import api as precedents
from services.case_svc.proposal_photos import api as proposal_photos
from services.case_svc.reinspections import api as reinspections
from services.case_svc.schemes import api as schemes
from services.case_svc.settings import CaseSettings
from services.case_svc.site_duties import api as site_duties
from services.case_svc.visits import api as visits
from services.case_svc.weighings import api as weighings
from services.kit.app import create_app
from services.kit.receipts import Signer


def case_app(settings: CaseSettings, ledger: httpx.AsyncClient | None) -> FastAPI:
    """case_svc: proceedings (办案).

    `ledger`: ledger_svc, whose feed is followed and to which its own letters in bundles go; None,
    for tests and publishing: nothing is followed, and such letters wait.
    """
    app = create_app(
        "case_svc", "办案服务", settings,
        plans.router, schemes.router, packs.router, numbers.router, inspections.router,
        visits.router, called_off.router, evidence.router, documents.router,
        site_duties.router, reinspections.router, files.router, files.whole_router,
        cases.router, delegations.router, case_documents.router, archives.router, precedents.router, weighings.router,
        deliveries.router, bundles.router, letter_reviews.router, proposal_photos.router, joint.router, feed.router,
        companions=(following_ledger(ledger), refreshing),
    )  # fmt: skip
    app.state.ledger = ledger
    app.state.receipt_signer = Signer(settings.receipt_private_key, settings.receipt_public_keys)
    app.state.bundle_opener = Opener(settings.bundle_private_keys)
    return app
