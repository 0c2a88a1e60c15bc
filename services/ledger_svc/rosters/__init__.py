"""Who is to be entered (应录名单)."""
