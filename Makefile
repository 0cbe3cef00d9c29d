# Three commands do everything on a fresh machine: `make run`, `make check` (a minute) and `make test` (everything).
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" npm --silent
PYTEST := $(BIN)/pytest -n auto --dist loadfile

.PHONY: run check test static lint bench soak screenshots clean

run: $(VENV)/run.stamp
	$(BIN)/streamlit run app.py

check: static
	$(PYTEST) -m "not slow and not browser"

test: static
	sh scripts/chromium.sh
	sh scripts/torch.sh
	$(PYTEST) --durations=25

static: $(VENV)/dev.stamp node_modules/npm.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(NPM) run check

lint: $(VENV)/dev.stamp node_modules/npm.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(NPM) run format
	$(MAKE) static

bench: $(VENV)/dev.stamp
	sh scripts/chromium.sh
	$(BIN)/python -m bench

soak: $(VENV)/dev.stamp
	$(BIN)/python -m bench.soak

screenshots: $(VENV)/dev.stamp
	sh scripts/chromium.sh
	$(BIN)/python scripts/screenshots.py

clean:
	rm -rf $(VENV) node_modules

$(VENV)/bin/pip:
	sh scripts/venv.sh $(PYTHON) $(VENV)

$(VENV)/run.stamp: requirements.txt | $(VENV)/bin/pip
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/dev.stamp: requirements-dev.txt requirements-scale.txt requirements.txt | $(VENV)/bin/pip
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@ $(VENV)/run.stamp

node_modules/npm.stamp: package-lock.json | $(VENV)/bin/pip
	sh scripts/node.sh
	PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --loglevel=error
	touch $@
