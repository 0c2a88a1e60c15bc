"""Doors to legal documents (执法文书)."""

from fastapi import APIRouter

router = APIRouter(tags=["执法文书"])
