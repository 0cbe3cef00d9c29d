# Two commands do everything on a fresh machine: `make run` and `make test`.
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3

.PHONY: run test lint bench soak screenshots clean

run: $(VENV)/run.stamp
	$(BIN)/streamlit run app.py

test: $(VENV)/dev.stamp
	sh scripts/chromium.sh
	sh scripts/torch.sh
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/pytest -n auto --dist loadfile

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/mypy

bench: $(VENV)/dev.stamp
	sh scripts/chromium.sh
	$(BIN)/python -m bench

soak: $(VENV)/dev.stamp
	$(BIN)/python -m bench.soak

screenshots: $(VENV)/dev.stamp
	sh scripts/chromium.sh
	$(BIN)/python scripts/screenshots.py

clean:
	rm -rf $(VENV)

$(VENV)/bin/pip:
	sh scripts/venv.sh $(PYTHON) $(VENV)

$(VENV)/run.stamp: requirements.txt | $(VENV)/bin/pip
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/dev.stamp: requirements-dev.txt requirements-scale.txt requirements.txt | $(VENV)/bin/pip
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@ $(VENV)/run.stamp
