# Everything runs from a private .venv filled from the pinned lists; nothing outside this folder is changed.
# A later call installs again only when a list or pyproject.toml has changed.

VENV ?= .venv
PYTHON ?=
ARGS ?=
BIN := $(VENV)/bin
RUN := $(VENV)/.installed
DEV := $(VENV)/.installed-dev
PINS := .venv-pins

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help demo test check coverage docs module bench bars install install-dev pins clean

help:
	@echo "make demo       compare the shipped policies; figures and a decision brief go to results/demo"
	@echo "make test       run the tests                    (ARGS=... goes on to pytest)"
	@echo "make check      look for slips in the code and for imports that go the wrong way"
	@echo "make coverage   run the tests uncompiled and show what they never reach"
	@echo "make docs       build the documentation into site/"
	@echo "make module     compile the month for browsers, so that a wheel built afterwards carries it"
	@echo "make bench      measure speed"
	@echo "make bars       measure what takes too long for the tests; results/reference keeps what was seen"
	@echo "make pins       choose the pinned versions anew"
	@echo "make clean      remove .venv, caches and results/demo"

demo: $(RUN)
	$(BIN)/mentorship compare --out results/demo $(ARGS)
	@echo "The figures and the decision brief lie in $(CURDIR)/results/demo"

test: $(DEV)
	$(BIN)/python -m pytest -q $(ARGS)

check: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/lint-imports

coverage: $(DEV)
	NUMBA_DISABLE_JIT=1 $(BIN)/coverage run -m pytest -q -m "not slow and not jit_only" $(ARGS)
	$(BIN)/coverage report

docs: $(DEV)
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet
	@echo "Open $(CURDIR)/site/index.html"

module: $(DEV)
	$(BIN)/python -m simulation.page.module

bench: $(DEV)
	$(BIN)/python -m pytest -q -s -m "" -o python_files="bench_*.py test_*.py" -o python_functions="bench_* test_*" tests/benchmarks $(ARGS)

bars: $(DEV)
	$(BIN)/python -m pytest -q -s -m "" -o python_files="bar_*.py" -o python_functions="bar_*" tests/bars $(ARGS)

install: $(RUN)

install-dev: $(DEV)

# The first Python that starts, is new enough and can make a venv. An interrupted or outdated venv is made anew.
define venv
@if ! $(BIN)/python -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	found=; \
	for candidate in $(or $(PYTHON),python3.13 python3.12 python3.11 python3 python3.14 python); do \
		if "$$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
			found=$$candidate; break; \
		fi; \
	done; \
	if [ -z "$$found" ]; then \
		echo "Python 3.11 or later with its venv module is needed, and none was found on PATH." >&2; \
		echo "Install it (Debian, Ubuntu: apt install python3-venv), or name it: make PYTHON=/path/to/python3 ..." >&2; \
		exit 1; \
	fi; \
	echo "Making $(VENV) with $$("$$found" --version)"; \
	"$$found" -m venv --clear $(VENV); \
fi
endef

# $(1) is the pinned list; $(2) the parts of the package to ask for where the list does not reach
define fill
@if $(BIN)/python -c 'import sys; sys.exit(sys.version_info >= (3, 15))'; then \
	echo "Installing the pinned packages of $(1)"; \
	$(BIN)/python -m pip install --quiet --no-compile -r $(1) && \
	$(BIN)/python -m pip install --quiet --no-build-isolation --no-deps -e .; \
else \
	echo "This Python is newer than the pinned packages: installing the newest that fit"; \
	$(BIN)/python -m pip install --quiet -e ".$(2)"; \
fi
endef

$(RUN): requirements.txt pyproject.toml
	$(call venv)
	$(call fill,requirements.txt,)
	@touch $@

$(DEV): requirements-dev.txt pyproject.toml
	$(call venv)
	$(call fill,requirements-dev.txt,[all])
	@touch $(RUN) $@

# One list for every supported Python: where versions must differ, a line says for which Python it is.
COMPILE = $(PINS)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header --group install

pins: $(PINS)/bin/uv
	$(COMPILE) --extra all --upgrade pyproject.toml -o $(PINS)/dev.txt
	$(COMPILE) --constraint $(PINS)/dev.txt pyproject.toml -o $(PINS)/run.txt
	(echo "# Every package for working on the simulator, pinned by 'make pins'."; cat $(PINS)/dev.txt) > requirements-dev.txt
	(echo "# Every package for running the simulator, pinned by 'make pins'."; cat $(PINS)/run.txt) > requirements.txt

$(PINS)/bin/uv: | $(DEV)
	$(BIN)/python -m venv --clear $(PINS)
	$(PINS)/bin/python -m pip install --quiet uv

clean:
	rm -rf .venv .venv-* build dist site simulation/page/built results/demo .pytest_cache .ruff_cache .hypothesis .import_linter_cache .coverage htmlcov
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
