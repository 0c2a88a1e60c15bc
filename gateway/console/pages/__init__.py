"""The pages. Each asks /v1 and shows what it was told; no page owns a rule or a table.

A module ends with ROUTES: method, path, endpoint.
"""
