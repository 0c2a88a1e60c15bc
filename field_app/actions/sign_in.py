"""Sign in and out (登录、退出). Needs a signal; everything else that an officer does needs none."""

import httpx

from field_app.store import Store
from field_app.wire import Me


async def sign_in(
    store: Store,
    url: str,
    username: str,
    password: str,
    transport: httpx.AsyncBaseTransport | None = None,
) -> Me:
    """Sign in at the gateway at `url`; who has signed in.

    Refuses WrongPassword. Raises Unknown without a signal. Another account than before makes the
    tablet forget the mirror, which was pulled for the other's region; records and letters stay.
    """
    raise NotImplementedError


def sign_out(store: Store) -> None:
    """Forget the sign-in; records, letters and the mirror stay."""
    raise NotImplementedError
