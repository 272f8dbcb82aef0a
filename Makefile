# Every target builds what it needs; `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help serve test lint format messages bench screenshots lock programs

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
PYTEST := $(BIN)/python -m pytest -q

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:[^#]*## /\t/' | expand -t 14

serve: $(VENV)/.installed  ## Rendez-vous with a demo practice, on http://127.0.0.1:8000/
	@exec $(BIN)/rdv serve --demo

test: lint programs  ## all that CI runs: lint, types, contracts, translations, tests on both databases and in Chromium
	$(PYTEST) -n 2 -m "not browser"
	$(BIN)/python -m tests.postgres $(PYTEST) -n 2 -m "database and not browser"
	$(PYTEST) -n 2 -m browser

lint: $(VENV)/.installed-test programs  ## style, types, the import contract, migrations, translations
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m django makemigrations --check --settings tests.settings
	$(BIN)/python -m tests.translations

format: $(VENV)/.installed-test  ## mend what can be mended in the style
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

messages: $(VENV)/.installed-test programs  ## bring the French catalogue up to date with the code
	$(BIN)/python -m tests.translations --update

bench: $(VENV)/.installed-test  ## print the figures of benchmarks/
	@for file in $(filter-out benchmarks/installation.py,$(wildcard benchmarks/*.py)); do echo "== $$file"; $(BIN)/python $$file; done

screenshots: $(VENV)/.installed-test programs  ## pictures of the main pages, in var/screenshots
	$(BIN)/python -m tests.screenshots

# What Python's packages cannot bring: a browser, the tools that read translations, another reader of sealed PDFs.
programs:
	@for program in chromium xgettext pdfsig; do \
		command -v $$program >/dev/null || missing=yes; \
	done; \
	if [ -n "$$missing" ]; then \
		if [ "$$(id -u)" = 0 ]; then apt="apt-get"; else apt="sudo -n apt-get"; fi; \
		{ $$apt update -qq && $$apt install -y -qq --no-install-recommends chromium gettext poppler-utils; } >/dev/null 2>&1 || \
		{ echo "The tests need Chromium, gettext and poppler. On Debian:  sudo apt install chromium gettext poppler-utils"; exit 1; }; \
	fi

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Rendez-vous needs Python 3.11 or newer; this is $$($(PYTHON) --version)."; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
		{ echo "Python's venv is missing here. On Debian, this adds it:  sudo apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.lock pyproject.toml hatch_build.py | $(VENV)/bin/python
	$(BIN)/pip install --disable-pip-version-check -q --require-hashes -r requirements.lock
	$(BIN)/pip install --disable-pip-version-check -q --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-test: requirements-test.lock $(VENV)/.installed
	$(BIN)/pip install --disable-pip-version-check -q --require-hashes -r requirements-test.lock
	@touch $@

lock: $(VENV)/.installed-test  ## renew the locks of all dependencies
	$(BIN)/uv pip compile -q pyproject.toml --extra build --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --custom-compile-command "make lock" -o requirements.lock
	$(BIN)/uv pip compile -q pyproject.toml --extra build --extra test --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --custom-compile-command "make lock" -o requirements-test.lock
