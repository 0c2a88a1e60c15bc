"""Doors to re-inspections (整改复查)."""

from fastapi import APIRouter

router = APIRouter(tags=["整改复查"])
