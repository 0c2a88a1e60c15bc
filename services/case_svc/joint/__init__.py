"""Officers of other bureaus with whom one inspects (联合检查): their public facts, as PostgreSQL lets them be seen."""
