# Needs Linux and Python 3.11 or newer with venv; everything else is installed: packages into .venv, and what only the
# tests need of the system (a browser) by its package manager.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test test-all check catalogues system clean
run: $(VENV)/installed
	@# The sample is wrong on purpose, so gradecheck ends with 1: anything else is a failure.
	$(BIN)/gradecheck run exercise-04 docs/sample/tanh_jacobian.py || test $$? -eq 1

# Quick: without what `test-all` adds: attacks, browsers, the documents' commands, fresh installs, the whole proof.
test: system
	$(BIN)/python -m pytest -n 2 --dist loadscope -m "not (attack or browser or docs or fresh or proof)"

# Attacks have the machine for themselves: they look everywhere for what a submission may have left.
test-all: system
	$(BIN)/python -m pytest -n 2 --dist loadscope -m "not attack"
	$(BIN)/python -m pytest -m attack

check: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The catalogues of other languages: collects what is said, keeps what is translated, compiles. Commit what changes.
catalogues: $(VENV)/installed-dev
	$(BIN)/python -m tests.languages.catalogues

# What the tests need of the system: installed if that is possible, else named with the command to type.
system: $(VENV)/installed-dev
	@BIN=$(BIN) sh tests/system.sh

$(VENV)/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[bubblewrap]'
	touch $@

$(VENV)/installed-dev: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[bubblewrap,dev]'
	touch $@

clean:
	rm -rf $(VENV) dist
