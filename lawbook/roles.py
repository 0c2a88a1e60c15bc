"""Roles: what each may do, read from a table that a lawyer can read (角色、权限)."""

from collections.abc import Iterable, Mapping
from typing import Any, Self

from lawbook.content import ContentError, need


class Roles:
    """Roles and their permissions, from `content/roles.toml`."""

    def __init__(
        self, titles: Mapping[str, str], permissions: Mapping[str, frozenset[str]]
    ) -> None:
        self._titles, self._permissions = titles, permissions

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Self:
        """The roles of a content file; ContentError when a role has no title or no list."""
        titles, permissions = {}, {}
        for name, role in need(dict(content), "role", "roles").items():
            listed = need(role, "permissions", f"roles/{name}")
            if not all(isinstance(permission, str) for permission in listed):
                raise ContentError(f"roles/{name} 的权限应为文字")
            titles[name] = str(need(role, "title", f"roles/{name}"))
            permissions[name] = frozenset(listed)
        return cls(titles, permissions)

    @property
    def names(self) -> tuple[str, ...]:
        """Every role, in the order of the table."""
        return tuple(self._titles)

    def title(self, name: str) -> str:
        """The role's Chinese title."""
        return self._titles[name]

    def known(self, name: str) -> bool:
        """Whether the table has this role."""
        return name in self._titles

    def permissions(self, names: Iterable[str]) -> frozenset[str]:
        """What these roles may do together; a role that the table does not have may do nothing."""
        return frozenset().union(*(self._permissions.get(name, frozenset()) for name in names))
