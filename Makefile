# `make` lists the commands. Nothing needs to be prepared: each makes what it needs.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PARTS := lawbook paper services gateway field_app deploy migrations benches field_year
# Each worker starts a PostgreSQL of its own: more than four help nobody.
WORKERS ?= $(shell n=$$(nproc 2>/dev/null || echo 2); echo $$(( n > 4 ? 4 : n )))
export PYTHONPATH := $(CURDIR)

.DEFAULT_GOAL := help
.PHONY: help demo dev tablet test check bench field-year field-year-bugs types lint static format openapi migrate accounts succession new-migration lock android pictures clean

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  \033[36mmake %-15s\033[0m %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/run ## A day of the bureau, then the console at http://127.0.0.1:8000 (ONCE=1: end after the day)
	@$(BIN)/python -m deploy.demo $(if $(ONCE),--once)

dev: $(VENV)/run ## The services and the gateway, no story
	@$(BIN)/python -m deploy.dev

tablet: $(VENV)/run ## The tablet's window
	@$(BIN)/python -m field_app

test: $(VENV)/dev ## All tests; what needs a display or a browser says so where there is none
	@$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile

check: static test ## Format, lint, types, import contracts, migrations, published API, tests

static: lint types
	@$(BIN)/lint-imports --no-cache > /dev/null || $(BIN)/lint-imports --no-cache
	@$(BIN)/python -m deploy.publish --check

lint: $(VENV)/dev
	@$(BIN)/ruff format --check --quiet $(PARTS) tests
	@$(BIN)/ruff check --quiet $(PARTS) tests

types: $(VENV)/dev
	@$(BIN)/mypy --no-error-summary $(PARTS) tests

format: $(VENV)/dev ## Bring the code into form
	@$(BIN)/ruff format --quiet $(PARTS) tests
	@$(BIN)/ruff check --fix --quiet $(PARTS) tests

bench: $(VENV)/dev ## Speed, each as a ratio to the raw limit measured in the same run
	@$(BIN)/python -m benches

field-year: $(VENV)/dev ## A simulated field year: SEED=1 DAYS=20 TABLETS=6 SEEDS=1; 1 when anything was lost
	@$(BIN)/python -m field_year --seed $(or $(SEED),1) --seeds $(or $(SEEDS),1) --days $(or $(DAYS),20) \
		--tablets $(or $(TABLETS),6)

field-year-bugs: $(VENV)/dev ## Put back the bugs of other systems one by one; each must be caught (BUG=name)
	@$(BIN)/python -m field_year.bugs $(BUG)

openapi: $(VENV)/dev ## Write openapi/ and docs/ from the code
	@$(BIN)/python -m deploy.publish

migrate: $(VENV)/run ## Bring the PostgreSQL named by ZHIFA_OWNER_URL to the newest schema
	@$(BIN)/python -m deploy.migrate

accounts: $(VENV)/run ## Units, the first administrator and the systems' accounts there (.env.example)
	@$(BIN)/python -m deploy.accounts

succession: $(VENV)/run ## Which unit carries on for which: ARGS="--from 140821 --to 140822 --since 2027-01-01 --order 文号"; none: list
	@$(BIN)/python -m deploy.succession $(ARGS)

new-migration: $(VENV)/dev ## SERVICE=case_svc NAME="…": a new step, compared with the tables
	@$(BIN)/python -m deploy.migrate --new "$(SERVICE)" "$(NAME)"

lock: $(VENV)/dev ## Renew requirements/*.txt from requirements/*.in
	@for part in uv run dev; do $(BIN)/uv pip compile --quiet --generate-hashes --no-header --no-annotate \
		--python-version 3.11 requirements/$$part.in --output-file requirements/$$part.txt; done

android: $(VENV)/run ## Lay out var/android for buildozer
	@$(BIN)/python -m deploy.android

pictures: $(VENV)/run ## Pictures of every screen of the tablet in three sizes, in var/pictures
	@$(BIN)/python -m tests.field_app.screens.shots var/pictures

clean: ## Remove the data of dev and demo (var/)
	@$(BIN)/python -m deploy.clean

$(VENV)/bin/uv: requirements/uv.txt
	@echo "正在建立运行环境 …"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

# uv asks the public index; where only pip knows the way to a registry, pip does the work.
$(VENV)/run $(VENV)/dev: $(VENV)/%: requirements/%.txt $(VENV)/bin/uv
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r $< || \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@
