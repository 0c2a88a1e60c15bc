"""`make accounts`: units, the first administrator and the systems' accounts of a house of parts.

Told by ZHIFA_* settings, as the parts are. Harmless to repeat: what is there stays, a system's
secret that has changed is renewed.
"""

import asyncio
import os
from typing import Any

from deploy.all_in_one import first_accounts
from deploy.dev import say
from deploy.secrets import Secrets
from services.ledger_svc.settings import LedgerSettings


def main() -> None:
    """Make the accounts that no call of the API can make."""
    own = os.environ.get("ZHIFA_LEDGER_SVC_DATABASE_URL")
    named: dict[str, Any] = {"database_url": own} if own else {}
    settings = LedgerSettings(**named)
    secrets = Secrets(
        claims_private_key=settings.claims_private_key,
        claims_public_key=settings.claims_public_key,
        receipt_private_key=settings.receipt_private_key,
        bundle_private_keys="",
        administrator_password=os.environ["ZHIFA_ADMINISTRATOR_PASSWORD"],
        case_svc_secret=os.environ["ZHIFA_CASE_SVC_SECRET"],
        kpi_svc_secret=os.environ["ZHIFA_KPI_SVC_SECRET"],
        province_secret=os.environ["ZHIFA_PROVINCE_SECRET"],
        console_secret=os.environ.get("ZHIFA_CONSOLE_SECRET", ""),
    )
    asyncio.run(first_accounts(settings, secrets))
    say("单位、系统管理员（administrator）和系统帐号已就绪")


if __name__ == "__main__":
    main()
