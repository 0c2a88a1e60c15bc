"""Doors to leases of document numbers (文号段)."""

from fastapi import APIRouter

router = APIRouter(tags=["文号"])
