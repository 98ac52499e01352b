# Everything from a fresh clone. Needs Python 3.11 or later, a Rust toolchain and a C compiler; the rest it fetches.
# Stamps in .venv make a second run quick: only what a changed lock, pyproject.toml or Rust file asks for is redone.

SHELL := bash
PYTHON ?= python3
VENV := .venv
BIN := $(CURDIR)/$(VENV)/bin
MANIFEST := --manifest-path rust/Cargo.toml
# What the engine knows of words: compiled by the built core, because its words must be read as names are.
LEXICON := src/vacatur/match/lexicon.bin
RUST := rust/Cargo.toml rust/crates.lock $(shell find rust/src -name '*.rs')
# Only the lock is made with it: it resolves for every platform at once, which pip cannot.
UV := uv==0.13.9
COMPILE = uv pip compile --quiet --system-certs --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --annotation-style line --custom-compile-command "make lock" $(UPGRADE)

# The virtual environment's programs first; clippy asks the same Python as the build about its headers.
export PATH := $(BIN):$(PATH)
export PYO3_PYTHON := $(BIN)/python
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo test lint format build lock upgrade clean crates

help:  ## list what can be made
	@awk -F ':.*##' '/^[a-z]+:.*##/ {printf "make %-9s%s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: build  ## show what vacatur does
	bash examples/demo.sh

test: lint  ## check everything: lint, then the Rust and the Python tests
	cargo test --quiet --locked $(MANIFEST)
	pytest

lint: build  ## check style, types, layers and the Rust core's warnings
	ruff check
	ruff format --check
	mypy
	lint-imports
	cargo fmt --check $(MANIFEST)
	cargo clippy --quiet --locked --all-targets --all-features $(MANIFEST) -- --deny warnings

format: build  ## rewrite the sources in the house style
	ruff check --fix
	ruff format
	cargo fmt $(MANIFEST)

build: $(VENV)/.built $(LEXICON)  ## install vacatur with all its tools into .venv, editable

lock: crates  ## take changed dependencies into the locks, everything else as it was
	pip install --quiet "$(UV)"
	$(COMPILE) pyproject.toml --output-file requirements/runtime.txt
	$(COMPILE) pyproject.toml --output-file requirements/dev.txt --group dev --constraint requirements/runtime.txt
	$(COMPILE) --output-file requirements/lexicon.txt --group lexicon --no-deps
	cargo update $(if $(UPGRADE),,--workspace) $(MANIFEST)
	python rust/lock.py save

upgrade: UPGRADE := --upgrade
upgrade: lock  ## lock the newest of everything

clean:  ## remove all that was made
	rm -rf $(VENV) rust/target rust/Cargo.lock src/vacatur/_core*.so $(LEXICON) .mypy_cache .pytest_cache .ruff_cache \
		.hypothesis .import_linter_cache
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

# Without build isolation the locked maturin builds, and nothing is fetched that no lock names.
$(VENV)/.built: $(VENV)/.installed pyproject.toml $(RUST) | crates
	MATURIN_PEP517_ARGS=--locked pip install --quiet --no-build-isolation --no-deps --editable .
	touch $@

$(LEXICON): $(VENV)/.built requirements/lexicon.txt rust/lexicon.py rust/rarity.tsv
	pip install --quiet --require-hashes --no-deps --requirement requirements/lexicon.txt
	python rust/lexicon.py $@

$(VENV)/.installed: $(VENV)/.made requirements/dev.txt
	pip install --quiet --require-hashes --requirement requirements/dev.txt
	touch $@

$(VENV)/.made:
	@$(PYTHON) -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Python 3.11 or later with venv is missing: apt-get install python3 python3-venv;" \
		"to use another one: make PYTHON=python3.12" >&2; exit 1; }
	@command -v cargo >/dev/null || { echo "cargo is missing: install Rust 1.88 or later," \
		"with clippy and rustfmt: apt-get install rustup && rustup default stable" >&2; exit 1; }
	@command -v cc >/dev/null || { echo "a C compiler is missing: apt-get install build-essential" >&2; exit 1; }
	rm -rf $(VENV)
	$(PYTHON) -m venv $(VENV)
	touch $@

# Always: a Cargo.lock that has moved on would build here and nowhere else. After a change of crates: make lock.
crates: $(VENV)/.made
	python rust/lock.py restore
