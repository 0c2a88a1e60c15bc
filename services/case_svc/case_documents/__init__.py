"""Documents of a penalty case: drafted from the case, confirmed by the handler, issued for good (案件文书)."""
