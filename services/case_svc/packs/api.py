"""Doors to content packs (内容包)."""

from fastapi import APIRouter

router = APIRouter(tags=["内容包"])
