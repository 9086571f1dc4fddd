# Needs Linux and Python 3.11 or newer with venv; everything else is installed: packages into .venv, and what only the
# tests need of the system (a browser) by its package manager.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# An environment works only where it was made, and with the Python that it was made of: one that was moved or copied, or
# is asked for with another Python, is made anew.
MADE := $(shell [ "$$(cat $(VENV)/installed 2>/dev/null)" = "$$(pwd -P)" ] && echo here)
ifeq ($(origin PYTHON),command line)
ifneq ($(shell { $(PYTHON) -V; } 2>&1),$(shell { $(BIN)/python -V; } 2>&1))
MADE :=
endif
endif
ifneq ($(MADE),here)
.PHONY: $(VENV)/installed
CLEAR := --clear
endif

.PHONY: run test test-all check catalogues system system-all clean
run: $(VENV)/installed
	@# The sample is wrong on purpose, so gradecheck ends with 1: anything else is a failure.
	$(BIN)/gradecheck run exercise-04 docs/sample/tanh_jacobian.py || test $$? -eq 1

# Three share the tests' modules, in the order of tests/conftest.py: of two, each waits a quarter of its time, for programs
# that hang and for disks, and two cores would be idle as long.
SHARED := -n 3 --dist loadscope --no-loadscope-reorder

# Quick: without what pyproject.toml marks: attacks, browsers, kernels, other systems, the whole proof, Spanish, …
test: system $(VENV)/installed-dev
	$(BIN)/python -m pytest $(SHARED) -m "not (attack or browser or docs or elsewhere or fresh or kernel or outage or proof or reasons or spanish)"

# Attacks have the machine for themselves: they look everywhere for what a submission may have left.
test-all: system-all $(VENV)/installed-dev
	$(BIN)/python -m pytest $(SHARED) -m "not attack"
	$(BIN)/python -m pytest tests/attacks -m attack

check: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy --platform darwin --python-version 3.14 --cache-dir .mypy_cache/darwin
	$(BIN)/mypy --platform win32 --python-version 3.13 --cache-dir .mypy_cache/win32
	$(BIN)/lint-imports

# The catalogues of other languages: collects what is said, keeps what is translated, compiles. Commit what changes.
catalogues: $(VENV)/installed-dev
	$(BIN)/python -m tests.languages.catalogues

# What the tests need of the system: installed if that is possible, else named with the command to type.
system: $(VENV)/installed
	@BIN=$(BIN) sh tests/system.sh

system-all: $(VENV)/installed
	@BIN=$(BIN) sh tests/system.sh browser

# Where root's umask is a private one, the sandbox, which runs as nobody, must still be able to read the engine.
$(VENV)/installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "gradecheck needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V 2>&1). Name another: make PYTHON=python3.11"; exit 1; }
	umask 022; $(PYTHON) -m venv $(CLEAR) $(VENV)
	umask 022; $(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[bubblewrap]'
	@test "$$(id -u)" != 0 || chmod -R go+rX autograder
	@pwd -P > $@

$(VENV)/installed-dev: $(VENV)/installed
	umask 022; $(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[bubblewrap,dev]'
	touch $@

clean:
	rm -rf $(VENV) dist
