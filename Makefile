# biologic-cds: `make serve` runs it, `make test` tests it, `make check` is what has to pass before a change lands.

PORT ?= $(or $(BIOLOGIC_CDS_PORT),8000)
PYTHON ?= python3
VENV := .venv
READY := $(VENV)/.ready
RUN := $(VENV)/bin/

.DEFAULT_GOAL := help
.PHONY: help setup lock serve test check bench clean

help: ## Show what can be made
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: $(READY) ## Install exactly what the lock file names into .venv

$(READY): pyproject.toml requirements-dev.lock
	test -x $(RUN)python || $(PYTHON) -m venv $(VENV)
	$(RUN)python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(RUN)python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

lock: ## Write the lock files anew from pyproject.toml (names, versions and hashes only)
	uv lock --quiet
	uv export --quiet --format requirements-txt --no-emit-project --no-annotate --no-header --no-dev -o requirements.lock
	uv export --quiet --format requirements-txt --no-emit-project --no-annotate --no-header -o requirements-dev.lock

serve: $(READY) ## Serve on 127.0.0.1:8000 until interrupted (PORT= changes the port)
	exec env BIOLOGIC_CDS_PORT=$(PORT) $(RUN)biologic-cds serve

test: $(READY) ## Run all tests
	$(RUN)pytest -n auto --dist loadfile

check: $(READY) ## Format, lint, types and all tests with branch coverage
	$(RUN)ruff format --check .
	$(RUN)ruff check .
	$(RUN)pyright
	$(RUN)pytest -n auto --dist loadfile --durations 10 --cov --cov-report=term:skip-covered --cov-fail-under=90

bench: $(READY) ## Measure speed against the floor
	$(RUN)python bench/run.py

clean: ## Remove the virtual environment and what tests leave behind
	rm -rf $(VENV) .pytest_cache .ruff_cache .coverage
