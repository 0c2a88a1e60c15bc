"""Sign in (登录)."""
