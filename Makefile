# Everything a person does with this checkout. `make` alone lists it.
# Needs python3 (3.11+), make, git and the package registries; brings the rest itself.

SHELL := /bin/sh
.DEFAULT_GOAL := help

# The Python that is there: uv downloads no interpreter.
export UV_PYTHON_DOWNLOADS := never
# Where Python may not keep what it compiled, every command starts a second later.
unexport PYTHONDONTWRITEBYTECODE

# Two processes suit the smallest machine; more cores may take more. A file stays with one of them,
# so that what its tests share is made once; in the order of tests/conftest.py, so that no long one comes last.
WORKERS ?= 2
TESTS := pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

UV := .tools/bin/uv
RUN := $(UV) run --frozen --no-sync
PYTHON_READY := .tools/python.stamp
FACE_READY := .tools/face.stamp
TEXTS_READY := .tools/texts.stamp

# ---------------------------------------------------------------------------------------------
# for everybody

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: setup
setup: $(PYTHON_READY) $(FACE_READY) $(TEXTS_READY) ## bring everything that is needed into this folder

.PHONY: run
run: setup ## two demonstrations with invented people, on http://localhost:8000 (SCENARIO=2014 puts that one first)
	@$(RUN) samenhang run $(if $(SCENARIO),--scenario $(SCENARIO)) $(if $(BIND),--bind $(BIND))

.PHONY: test
test: setup ## all tests, on SQLite; browser tests too where Chromium is found
	@$(RUN) $(TESTS) $(ARGS)

.PHONY: test-postgres
test-postgres: setup ## what may differ by database, on a throwaway PostgreSQL
	@$(RUN) scripts/with_postgres.py $(RUN) $(TESTS) $(ARGS)

CHECKS := check-format check-lint check-types check-contracts check-migrations check-texts check-api \
	check-docs check-architecture

.PHONY: check
check: $(CHECKS) ## format, lint, types, contracts, migrations, texts, API file, house rules
	@echo "check: all clean"

.PHONY: fix
fix: setup ## let the tools repair what they can
	@$(RUN) ruff check --fix --quiet . || true
	@$(RUN) ruff format --quiet .
	@$(RUN) python scripts/check_api_file.py --write
	@$(RUN) python scripts/make_glossary.py --write

.PHONY: bench
bench: setup ## the benchmarks; never part of the tests
	@set -- bench/[a-z]*.py; [ -e "$$1" ] || { echo "bench: there are no benchmarks in bench/ yet"; exit 1; }; \
	for file in "$$@"; do echo "== $$file"; $(RUN) python "$$file" $(ARGS) || exit 1; done

SAMPLES ?= ../shared/travel/samples

.PHONY: conformance
conformance: setup ## sample messages of real carriers against their manifest: SAMPLES=folder
	@$(RUN) python scripts/conformance.py "$(SAMPLES)"

.PHONY: clean
clean: ## throw away what setup brought
	rm -rf .tools .venv node_modules static-build src/samenhang/locale/*/LC_MESSAGES/*.mo

# ---------------------------------------------------------------------------------------------
# the parts of check

.PHONY: $(CHECKS)
$(CHECKS): setup

check-format:
	@$(RUN) ruff format --check --quiet . || { echo "check-format: run 'make fix'"; exit 1; }

check-lint:
	@$(RUN) ruff check --quiet .

check-types:
	@$(RUN) mypy src scripts

check-contracts:
	@$(RUN) lint-imports --no-cache

check-migrations:
	@$(RUN) python manage.py makemigrations --check --dry-run

check-texts:
	@$(RUN) python scripts/check_texts.py

check-api:
	@$(RUN) python scripts/check_api_file.py

check-docs:
	@$(RUN) python scripts/make_glossary.py

# TESTED=yes: `make test` ran them a moment ago.
check-architecture:
	@[ -n "$(TESTED)" ] || $(RUN) pytest -q tests/architecture

# ---------------------------------------------------------------------------------------------
# what setup makes; a stamp is newer than what it was made of, so a second run does nothing

# .tools/bin/uv may be a link to a uv that was there; when that one has gone, begin again.
ifneq ($(wildcard .tools/uv.stamp),)
ifeq ($(wildcard $(UV)),)
$(shell rm -f .tools/uv.stamp)
endif
endif

.tools/uv.stamp: scripts/bootstrap
	@scripts/bootstrap uv
	@touch $@

$(PYTHON_READY): .tools/uv.stamp pyproject.toml uv.lock
	@$(UV) sync --frozen --quiet
	@touch $@

.tools/node.stamp: .tools/uv.stamp
	@scripts/bootstrap node
	@touch $@

# Packages run no install scripts of their own: we copy files out of them, nothing more.
.tools/npm.stamp: .tools/node.stamp package.json package-lock.json
	@PATH="$(CURDIR)/.tools/node/bin:$$PATH" npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error
	@touch $@

.tools/face.stamp: .tools/npm.stamp scripts/build_static.py $(wildcard src/samenhang/*/static/*/*.css) $(PYTHON_READY)
	@$(RUN) python scripts/build_static.py
	@touch $@

# Texts are compiled here and not committed: a compiled file cannot be reviewed.
TEXTS := $(wildcard src/samenhang/locale/*/LC_MESSAGES/*.po)

.tools/texts.stamp: $(PYTHON_READY) scripts/compile_messages.py $(TEXTS)
	@$(RUN) python scripts/compile_messages.py
	@touch $@
