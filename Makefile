# `make` lists what can be made. PYTHON=python3.12 chooses another Python for the set-up.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup docs test check bench lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-6s  %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup: .venv/.ready ## set up .venv (the others do it when it is needed)

docs: .venv/.ready ## check the policies, run their scenarios and print their documents
	$(BIN)/cdispec check
	$(BIN)/cdispec test -q
	$(BIN)/cdispec build

test: .venv/.ready ## run every test and every scenario
	$(BIN)/pytest -n auto
	@[ -n "$(MAKELEVEL:0=)" ] || echo "left out: the smoke test of the wheel, which make check runs"

check: .venv/.ready ## what CI runs: style, types, architecture, documents, the wheel, tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict src steps tests benchmarks
	$(BIN)/lint-imports
	$(BIN)/cdispec check
	$(BIN)/cdispec test -q
	$(BIN)/cdispec build --check
	@set -e; tmp=$$(mktemp -d); trap 'rm -rf "$$tmp"' EXIT; cp -R examples/medicare/. "$$tmp"; \
	$(BIN)/cdispec test -q --library "$$tmp"; $(BIN)/cdispec build --library "$$tmp" >"$$tmp/printed"; \
	$(BIN)/cdispec check --library "$$tmp"
	bash tests/smoke/run
	@$(MAKE) --no-print-directory test

bench: .venv/.ready-bench ## measure, beside what others would use instead
	$(BIN)/python -m benchmarks

lock: ## lock the requirements again (UPGRADE=1: at their newest versions)
	@set -e; tmp=$$(mktemp -d); trap 'rm -rf "$$tmp"' EXIT; \
	$(PYTHON) -m venv "$$tmp/venv"; \
	"$$tmp/venv/bin/python" -m pip --disable-pip-version-check install -qq uv; \
	lock="$$tmp/venv/bin/uv pip compile --quiet --cache-dir $$tmp/cache --universal --generate-hashes \
		--no-emit-index-url --no-annotate $(if $(UPGRADE),--upgrade) pyproject.toml"; \
	UV_CUSTOM_COMPILE_COMMAND='make lock' $$lock --extra author --group dev -o requirements.txt; \
	UV_CUSTOM_COMPILE_COMMAND='make lock' $$lock --extra bench -c requirements.txt -o requirements-bench.txt

clean: ## remove the set-up and what the tools left behind
	rm -rf .venv dist .cdispec .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -path ./.git -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamp is written last, and --clear removes it first: a set-up that was cut short is not taken for a finished one.
.venv/.ready: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "cdispec needs Python 3.11 or newer as '$(PYTHON)': try make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "'$(PYTHON)' has no venv: install it (Debian and Ubuntu: apt-get install python3-venv)" >&2; exit 1; }
	@echo "setting up .venv"
	@$(PYTHON) -m venv --clear .venv
	@$(PIP) install -qq --require-hashes -r requirements.txt
	@$(PIP) install -qq --no-deps --no-build-isolation -e .
	@touch $@

.venv/.ready-bench: .venv/.ready requirements-bench.txt
	@$(PIP) install -qq --require-hashes -r requirements-bench.txt
	@touch $@
