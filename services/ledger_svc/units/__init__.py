"""Bureaus, counties, the zone (机构)."""
