"""Who stands in for whom in a unit (代行职权): for some days, in every case of the unit."""
