"""Sealed bundles (封装包): letters that come by whatever way, done under the grant they name."""
