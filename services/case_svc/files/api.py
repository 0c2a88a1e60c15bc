"""Doors to files (文件), by tus 1.0."""

from fastapi import APIRouter

router = APIRouter(tags=["文件"])
