"""Doors to evidence (证据)."""

from fastapi import APIRouter

router = APIRouter(tags=["证据"])
