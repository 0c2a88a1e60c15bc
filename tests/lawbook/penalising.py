"""What tests of penalties share: the catalogue and the benchmark as content has them."""

from lawbook.content import load
from lawbook.discretion import Benchmark
from lawbook.offences import Catalogue
from services.kit.settings import ROOT

CONTENT = ROOT / "content"
CATALOGUE = Catalogue.from_content(*map(load, sorted((CONTENT / "offences").glob("*.toml"))))
BENCHMARK = Benchmark.from_content(load(CONTENT / "discretion" / "work-safety.toml"))
YUAN = 100
WAN = 10_000 * YUAN
