# Two commands do all the set-up: `make demo` runs the main job, `make test` passes lint, types and tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
STAMP_DEV := $(VENV)/.installed-dev
# A faster installer is used where it is already there, never fetched.
UV := $(shell command -v uv 2>/dev/null)
INSTALL = $(if $(UV),VIRTUAL_ENV=$(CURDIR)/$(VENV) $(UV) pip install --quiet,$(BIN)/python -m pip install --quiet --disable-pip-version-check)

.PHONY: demo test lint types unit slow bench docs requirements clean

demo: $(STAMP)
	@$(BIN)/travaux demo --no-serve

test: lint types unit

lint: $(STAMP_DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(STAMP_DEV)
	$(BIN)/mypy

unit: $(STAMP_DEV)
	$(BIN)/python -m pytest

slow: $(STAMP_DEV)
	$(BIN)/python -m pytest -m slow

bench: $(STAMP_DEV)
	$(BIN)/python -m bench

# The pages and schemas that are made from the code.
docs: $(STAMP)
	$(BIN)/python docs/make.py

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(STAMP): requirements.txt requirements-build.txt pyproject.toml | $(BIN)/python
	@echo "Installing Travaux into $(VENV) ..."
	@$(INSTALL) --require-hashes -r requirements-build.txt -r requirements.txt
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(STAMP_DEV): requirements-dev.txt $(STAMP)
	@$(INSTALL) --require-hashes -r requirements-dev.txt
	@touch $@

# Pins every version with its hashes; writes no download address. Needs uv.
requirements:
	uv pip compile --quiet pyproject.toml --generate-hashes --universal --no-emit-index-url --no-header -o requirements.txt
	uv pip compile --quiet requirements-build.in --generate-hashes --universal --no-emit-index-url --no-header -o requirements-build.txt
	uv pip compile --quiet requirements-dev.in --generate-hashes --universal --no-emit-index-url --no-header -o requirements-dev.txt

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
