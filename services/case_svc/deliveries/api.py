"""The door for a tablet's letters (平板信件)."""

from fastapi import APIRouter

router = APIRouter(tags=["平板信件"])
