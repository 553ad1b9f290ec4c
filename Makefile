# `make demo` and `make test` set everything up on a fresh machine; a second call is quick.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
JOBS ?= 2
DEBIAN := postgresql libreoffice-calc poppler-utils chromium chromium-driver fonts-noto-cjk

# durable_rules is a C extension written for Python up to 3.12; the flag lets it build on 3.13 as well.
export CPPFLAGS := $(CPPFLAGS) -DPyEval_CallObject=PyObject_CallObject

.PHONY: demo test fuzz lint bench clean system

demo: $(READY)
	@mkdir -p build/demo
	$(BIN)/auditor run fixtures/worlds/decoration/*.xlsx --policy examples/policy/policy.yaml -o build/demo/report.xlsx --as-of '2025-06-30 18:00' --fail-on never

test: lint
	$(BIN)/pytest -n $(JOBS)

# Thousands of damaged files; `make test` reads a few hundred.
fuzz: $(READY)
	AUDITOR_FUZZ=$${AUDITOR_FUZZ:-5000} $(BIN)/pytest -n $(JOBS) tests/fuzz

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/auditor rules lint

bench: $(READY)
	$(BIN)/python -m bench

# The Debian packages that some tests use, as far as they can be had; without one its tests are skipped and say so.
system:
	@if dpkg -s $(DEBIAN) >/dev/null 2>&1; then :; \
	elif [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then echo 'make system needs root on Debian.'; \
	else apt-get update -qq; for package in $(DEBIAN); do \
	  DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $$package >/dev/null \
	    || echo "$$package could not be installed."; done; \
	fi

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@
