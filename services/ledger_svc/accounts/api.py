"""Doors to accounts and tokens (帐号)."""

import base64
import binascii
from typing import Annotated, Any
from urllib.parse import unquote
from uuid import UUID

from fastapi import APIRouter, Form, Request
from fastapi.responses import JSONResponse, Response

from services.kit.claims import Claims, CurrentClaims, requires, service_itself
from services.kit.database import TheDatabase, Transaction
from services.kit.pages import After, Limit
from services.ledger_svc.accounts import commands, tokens
from services.ledger_svc.accounts.schemas import Account, AccountPage, AccountRecord, Me, Token
from services.ledger_svc.permissions import Permission
from services.ledger_svc.units.tables import UnitRow

router = APIRouter(tags=["帐号"])
ITSELF = service_itself("ledger_svc")
NEVER_KEPT = {"Cache-Control": "no-store"}
Field = Annotated[str | None, Form(max_length=500)]


@router.put("/accounts/{account_id}")
async def put_account(
    account_id: UUID, record: AccountRecord, request: Request,
    claims: Annotated[Claims, requires(Permission.ACCOUNT_WRITE)], session: Transaction,
) -> Account:  # fmt: skip
    """Open an account or change it (开设帐号)."""
    roles = request.app.state.verifier.roles
    return commands.wire(await commands.put(session, claims, roles, account_id, record))


@router.get("/accounts")
async def list_accounts(
    claims: Annotated[Claims, requires(Permission.ACCOUNT_READ)], session: Transaction,
    after: After = None, limit: Limit = 50,
) -> AccountPage:  # fmt: skip
    """Accounts by name (帐号)."""
    return await commands.page(session, after, limit)


@router.get("/me")
async def read_me(claims: CurrentClaims, request: Request, session: Transaction) -> Me:
    """Who is signed in, and what they may do (我)."""
    unit = await session.get(UnitRow, claims.unit)
    roles = request.app.state.verifier.roles
    return Me(
        account=claims.account, kind=claims.kind, officer=claims.officer, name=claims.name,
        unit=claims.unit, unit_name=unit.name if unit else claims.unit, region=claims.region,
        roles=list(claims.roles), permissions=sorted(claims.permissions),
        role_titles=[roles.title(role) for role in claims.roles if roles.known(role)],
    )  # fmt: skip


def _refused(error: tokens.OAuthError) -> Response:
    body: dict[str, Any] = {"error": error.error, "error_description": error.description}
    headers = NEVER_KEPT | ({"WWW-Authenticate": "Basic"} if error.status == 401 else {})
    return JSONResponse(body, error.status, headers)


def _basic(request: Request) -> tuple[str, str] | None:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name, _, secret = base64.b64decode(given, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return unquote(name), unquote(secret)


@router.post(
    "/oauth/token", response_model=Token, responses={400: {"description": "RFC 6749 §5.2"}}
)
async def give_token(
    request: Request, database: TheDatabase, grant_type: Field = None, username: Field = None,
    password: Field = None, refresh_token: Field = None, client_id: Field = None,
    client_secret: Field = None,
) -> Response:  # fmt: skip
    """Sign in (RFC 6749): grant_type password, refresh_token or client_credentials (登录)."""
    settings = request.app.state.settings
    family: UUID | None = None
    async with database.transaction(ITSELF) as session:
        found: Any
        if grant_type == "password" and username and password:
            found = await tokens.by_password(session, settings, username, password, "officer")
        elif grant_type == "refresh_token" and refresh_token:
            found = await tokens.by_refresh_token(session, refresh_token)
            if isinstance(found, tuple):
                found, family = found
        elif grant_type == "client_credentials":
            name, secret = _basic(request) or (client_id, client_secret)
            if not name or not secret:
                return _refused(tokens.OAuthError("invalid_client", "缺少系统帐号或密钥", 401))
            found = await tokens.by_password(session, settings, name, secret, "system")
            if isinstance(found, tokens.OAuthError):
                found = tokens.OAuthError("invalid_client", found.description, 401)
        elif grant_type in ("password", "refresh_token"):
            found = tokens.OAuthError("invalid_request", "缺少帐号、口令或刷新令牌")
        else:
            found = tokens.OAuthError("unsupported_grant_type", "不支持的登录方式")
        given = found if isinstance(found, tokens.OAuthError) else await tokens.give(
            session, settings, found, family
        )  # fmt: skip
    if isinstance(given, tokens.OAuthError):
        return _refused(given)
    return JSONResponse(given.model_dump(exclude_none=True), headers=NEVER_KEPT)


@router.post("/oauth/revoke", response_class=Response)
async def revoke_token(
    database: TheDatabase, token: Annotated[str, Form(max_length=500)]
) -> Response:
    """Sign out (RFC 7009): the refresh token and those that follow from it end (退出)."""
    async with database.transaction(ITSELF) as session:
        await tokens.revoke(session, token)
    return Response(status_code=200)
