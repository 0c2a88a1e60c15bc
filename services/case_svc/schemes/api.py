"""Doors to inspection schemes (现场检查方案)."""

from fastapi import APIRouter

router = APIRouter(tags=["现场检查方案"])
