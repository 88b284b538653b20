# Everything a newcomer needs: Python 3.11 or newer, make, a package registry.
PYTHON ?= python3
BIN := .venv/bin
export OMP_NUM_THREADS := 1

.DEFAULT_GOAL := help
.PHONY: help demo docs test test-browser parses peers check lint types layers bench bench-archive bench-imports bench-workers bench-memory bench-ledger bench-full gate fuzz soak generate lock clean

help: ## Say what each target does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

.venv/.installed: requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch $@

demo: .venv/.installed ## Print a cited brief from the bundled example dispatches, offline
	@$(BIN)/detente demo

test: .venv/.installed ## Check style, types and layers, then run all tests
	@$(MAKE) --no-print-directory check
	@$(BIN)/python -m pytest --numprocesses auto --dist worksteal --ignore tests/browser

test-browser: .venv/.installed ## Drive the pages with a real browser (Debian's chromium), and let axe look at each
	@$(BIN)/python -m pytest tests/browser -rs

docs: .venv/.installed ## Build the documentation into docs/_build/html; a warning or a broken link is an error
	@$(BIN)/sphinx-build --quiet --fail-on-warning --keep-going --jobs auto docs docs/_build/html
	@echo docs/_build/html/index.html

parses: .venv/.installed ## Keep anew the parses of the sentences in tests, after new cases or new weights
	@rm -f tests/parses/*.txt
	@DETENTE_KEEP_PARSES=1 $(BIN)/python -m pytest tests/unit/extraction tests/unit/mentions tests/unit/codebook tests/unit/parsing

check: lint types layers ## Style, types and layers alone

lint: .venv/.installed
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .

types: .venv/.installed
	@$(BIN)/mypy --no-error-summary

layers: .venv/.installed
	@$(BIN)/lint-imports --no-cache > .venv/layers.log || { cat .venv/layers.log; exit 1; }

gate: .venv/.installed ## Measure quality on the development data beside the project, against the floors
	@$(BIN)/python evals/gate.py

peers: .venv/.installed ## Install what the benches measure against
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-peers.lock

bench: .venv/.installed ## Measure documents a second, memory, the share of parsing, growth
	@$(BIN)/python evals/bench.py

bench-imports: .venv/.installed ## Count 50 million made-up events, against a plain scan and pandas
	@$(BIN)/python evals/bench_imports.py

bench-archive: .venv/.installed ## Measure scanning, watching and coding an archive, against peers
	@$(BIN)/python evals/bench_archive.py

bench-workers: .venv/.installed ## Measure what a second worker brings
	@$(BIN)/python evals/bench_workers.py

bench-memory: .venv/.installed ## Measure the memory of adding 20,000 texts
	@$(BIN)/python evals/bench_memory.py

bench-ledger: .venv/.installed ## Post 100,000 made-up documents; measure growth, answers, and the desk under load
	@$(BIN)/python evals/bench_full.py

bench-full: bench-archive bench-workers bench-memory bench-imports bench-ledger ## All benches of an archive, one after another

generate: .venv/.installed ## Write anew what is generated: registry, schema, reference pages, costs, the README's brief
	@$(BIN)/python tools/build_registry.py
	@$(BIN)/python tools/build_schema.py
	@$(BIN)/python tools/build_reference.py
	@$(BIN)/python tools/build_costs.py
	@$(BIN)/python tools/build_readme.py

fuzz: .venv/.installed ## Damage files in 10,000 ways for each reader, and look whether any crashes, hangs or is silent
	@PYTHONPATH=tests $(BIN)/python tests/fuzz.py

soak: .venv/.installed ## Kill détente 200 times at random moments and look whether anything is lost or doubled
	@PYTHONPATH=tests $(BIN)/python tests/soak.py 200

lock: .venv/.installed ## Choose the newest allowed versions anew
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 --extra dask --extra mcp --group dev pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 --constraint requirements.lock --group peers -o requirements-peers.lock

clean: ## Remove what the other targets made
	rm -rf .venv dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
