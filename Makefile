# Two commands do all the set-up: `make demo` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEMO_ARCHIVE ?= demo-archive
APT := poppler-utils qpdf tesseract-ocr tesseract-ocr-chi-sim tesseract-ocr-script-hans fonts-noto-cjk fonts-arphic-uming fonts-arphic-ukai
SUDO := $(shell [ "$$(id -u)" = 0 ] || command -v sudo)

.PHONY: demo test lint system clean bench

demo: system $(STAMP)
	@sh samples/demo.sh $(BIN)/xiangdang $(DEMO_ARCHIVE)

# Two halves at once: the commands and runs start processes of their own and take half of the time.
HALF := tests/cli tests/run
test: system $(STAMP) lint
	@$(BIN)/python -m pytest -p no:cacheprovider $(HALF) & half=$$!; \
	$(BIN)/python -m pytest -p no:cacheprovider $(HALF:%=--ignore=%); rest=$$?; \
	wait $$half && exit $$rest

lint: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# System packages: Tesseract (an optional engine) and the fonts with which samples and test pages are drawn.
# Where apt is missing or fails, everything that does not need them still works; `xiangdang doctor` says what is absent.
system:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name it: make PYTHON=python3.12 demo"; exit 1; }
	@missing=""; $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || missing=" python3-venv"; for package in $(APT); do \
	  dpkg -s $$package >/dev/null 2>&1 || missing="$$missing $$package"; done; \
	if [ -n "$$missing" ]; then \
	  if command -v apt-get >/dev/null; then \
	    echo "Installing system packages:$$missing"; \
	    { $(SUDO) apt-get update -qq && DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq --no-install-recommends $$missing >/dev/null; } \
	      || echo "Could not install:$$missing. Going on without; the tesseract engine may be absent."; \
	  else echo "No apt-get here. Going on without:$$missing"; fi; \
	fi

# jionlp is never imported: its gazetteer is read as data, so what it depends on is not needed.
$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --no-deps jionlp \
	  || echo "Could not install jionlp: townships are not looked up in its gazetteer. Everything else works."
	@touch $(STAMP)

bench: $(STAMP)
	$(BIN)/python benchmarks/overhead.py

clean:
	rm -rf $(VENV) $(DEMO_ARCHIVE) .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info build
