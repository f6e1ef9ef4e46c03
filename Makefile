# Octavo's doors. Everything is installed into .venv from wheels whose hashes requirements.lock pins.
PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/installed

.DEFAULT_GOAL := help
.PHONY: help install up test tests check bench demo clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' Makefile

install: $(INSTALLED) ## Install into .venv (the others do it by themselves)

# Again only when the locked packages or our own entry points change.
$(INSTALLED): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Octavo needs Python 3.11 or newer: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@echo "Installing into .venv (once; a minute or two) ..."
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --disable-pip-version-check --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install --disable-pip-version-check --no-deps --no-build-isolation --quiet --editable .
	@touch $(INSTALLED)

up: $(INSTALLED) ## Start the whole shop here; Ctrl-C stops it
	@exec $(BIN)/octavo up

test: $(INSTALLED) ## Run the checks and every test, side by side
	@$(MAKE) --no-print-directory --jobs 2 check tests

tests: $(INSTALLED) ## Run every test
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

check: $(INSTALLED) ## Lint, format, types and import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(INSTALLED) ## Measure our figures beside their ceilings
	$(BIN)/octavo bench

demo: $(INSTALLED) ## Buy a book from the running shop, step by step
	$(BIN)/octavo demo

clean: ## Remove what was installed and cached; the shop's data in var/ stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
