"""Doors to on-site inspections (现场检查) and hazards (事故隐患)."""

from fastapi import APIRouter

router = APIRouter(tags=["现场检查"])
