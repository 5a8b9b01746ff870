# Each target installs what it needs first. `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help demo serve test test-sqlite test-postgres check format proof bench ui clean

PORT ?= 8000
export PORT
# Some machines forbid Python to keep what it has compiled; every command would then compile a thousand files again.
unexport PYTHONDONTWRITEBYTECODE
BIN := .venv/bin
PYTEST := $(BIN)/pytest -n 2 --dist loadfile

help: ## List the targets
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /\1|/' | column -t -s '|'

demo: ## Build the demo class if there is none yet, then serve it on 127.0.0.1:$(PORT)
	@tools/setup run
	@$(BIN)/cecto demo
	@exec $(BIN)/cecto serve

serve: ## Serve what CECTO_HOME (default var/) holds on 127.0.0.1:$(PORT)
	@tools/setup run
	@exec $(BIN)/cecto serve

test: ## Everything: make check, then the tests on SQLite and on PostgreSQL, journeys in a browser included
	@tools/setup dev
	@$(BIN)/python tools/test.py

test-sqlite: ## The tests on SQLite only, journeys last
	@tools/setup dev
	@$(PYTEST) -m "not proof and not journey" && $(PYTEST) -m "journey and not proof"

test-postgres: ## The tests that touch a database, on a private PostgreSQL
	@tools/setup dev
	@$(BIN)/python tools/postgres.py $(PYTEST) -m "not proof and not journey"

check: ## Fast: formats, lint, types, shapes
	@tools/setup dev
	@$(BIN)/python tools/check.py

format: ## Put Python and templates in the one format
	@tools/setup dev
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix --quiet . && $(BIN)/djlint --reformat --quiet src

proof: ## The long checks: every law tried a thousand times, kill storms, fuzz; needs up to an hour
	@tools/setup dev
	@HYPOTHESIS_PROFILE=proof $(PYTEST) -m "(proof or hypothesis) and not journey" && $(PYTEST) -m "proof and journey"

bench: ## Run every benchmark and write benchmarks/RESULTS.md; ONLY=name prints one
	@tools/setup dev
	@$(BIN)/python -m benchmarks $(ONLY)

ui: ## Rebuild style sheet, icons, fonts and map from npm packages (needs Node; the results are committed)
	@tools/setup dev
	@tools/ui/build

clean: ## Remove environments and caches, never CECTO_HOME
	rm -rf .venv .tools .mypy_cache .ruff_cache .pytest_cache .hypothesis tests/journeys/node_modules
