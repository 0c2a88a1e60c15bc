"""Doors to annual plans and planned inspections (年度监督检查计划)."""

from fastapi import APIRouter

router = APIRouter(tags=["监督检查计划"])
