# Every task in one word. `make run` and `make test` set everything up by themselves.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN_READY := $(VENV)/.run-ready
DEV_READY := $(VENV)/.dev-ready

.PHONY: run test check lint scorecard format lock bench clean

run: $(RUN_READY)
	@$(BIN)/citebot run

test: $(DEV_READY)
	@$(BIN)/pytest

check: lint test scorecard

lint: $(DEV_READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

scorecard: $(DEV_READY)
	$(BIN)/citebot check
	$(BIN)/citebot eval tests/questions

format: $(DEV_READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(DEV_READY)
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/telegram.py
	$(BIN)/python benchmarks/fit.py tests/questions/*.yaml
	$(if $(RANKING),$(BIN)/python $(RANKING) "$(BIN)/python benchmarks/rank.py",@echo "RANKING=path/to/run.py makes it rank public question sets as well")

# Writes the lock files anew; needs uv (https://docs.astral.sh/uv/).
lock:
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--group build pyproject.toml -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--all-extras --group build --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo "citebot needs Python 3.11 or newer; set PYTHON=/path/to/python3.11, say" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
		{ echo "Python's venv module is missing; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@echo "setting up $(VENV) ..." >&2
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(RUN_READY): $(VENV)/.made requirements.lock pyproject.toml
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock >&2
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e . >&2
	@touch $@

$(DEV_READY): $(RUN_READY) requirements-dev.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.lock >&2
	@touch $@

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
