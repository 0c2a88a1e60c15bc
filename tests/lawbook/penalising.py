"""What tests of penalties share: the catalogue, the benchmark and the thresholds as content has them."""

from lawbook.content import load
from lawbook.discretion import Benchmark
from lawbook.offences import Catalogue
from lawbook.penalty_kinds import Thresholds
from services.kit.settings import ROOT

CONTENT = ROOT / "content"
CATALOGUE = Catalogue.from_content(*map(load, sorted((CONTENT / "offences").glob("*.toml"))))
BENCHMARK = Benchmark.from_content(load(CONTENT / "discretion" / "work-safety.toml"))
THRESHOLDS = Thresholds.from_content(load(CONTENT / "thresholds" / "1408.toml"))
YUAN = 100
WAN = 10_000 * YUAN
