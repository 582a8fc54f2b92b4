# Needs Python 3.11 or newer and nothing else; everything is installed into .venv.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test lint samples train bench clean

demo: .venv/demo  ## Set up, read the sample reports in data/raw and print what was found
	$(BIN)/svar run data/raw --out data/processed

test: .venv/test lint  ## Lint, check types and run all tests
	$(BIN)/pytest --numprocesses logical --maxprocesses 8 --cov --cov-report=term:skip-covered

lint: .venv/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

samples: .venv/test  ## Regenerate the sample reports in data/raw
	$(BIN)/python -m tests.generator --samples data

train: .venv/test  ## Retrain the weights in extractors/rules/weights
	$(BIN)/python -m tests.training

bench: .venv/bench  ## Score reports rendered by real programs (slow)
	$(BIN)/python -m tests.producers --boards 4

clean:
	rm -rf .venv build *.egg-info .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Svarsutdrag needs Python 3.11 or newer") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip

.venv/demo: .venv/bin/python pyproject.toml
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet -e '.[web]'
	@touch $@

.venv/test: .venv/bin/python pyproject.toml
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet -e '.[dev,web]'
	@touch $@ .venv/demo

.venv/bench: .venv/bin/python pyproject.toml
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet -e '.[dev,web,bench]'
	@touch $@ .venv/test .venv/demo
