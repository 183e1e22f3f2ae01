# The two that matter: `make demo` runs the product, `make test` passes its tests. Both do all set-up.
PY ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
HOST ?= 127.0.0.1
PORT ?= 8000
BIN := .venv/bin
export PYTHONUTF8 := 1

.PHONY: help install demo demo-reset test lint check contracts journeys bench messages assets clean

help: ## This list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

install: .venv/.ok

.venv/.ok: requirements.lock pyproject.toml
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed (with venv)."; exit 1; }
	@echo "Setting up .venv (once) ..."
	@$(PY) -m venv .venv || { echo "python3-venv is missing: install it with your system's package manager."; exit 1; }
	@awk '/^uv==/{p=1} p{print} p&&!/\\$$/{exit}' requirements.lock > .venv/uv.lock.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r .venv/uv.lock.txt
	@$(BIN)/uv pip sync -q --require-hashes --python $(BIN)/python requirements.lock
	@$(BIN)/uv pip install -q --no-deps --no-build-isolation --python $(BIN)/python -e .
	@touch $@

MO := src/kompetanse/locale/nn/LC_MESSAGES/django.mo src/kompetanse/locale/en/LC_MESSAGES/django.mo
%.mo: %.po .venv/.ok
	@$(BIN)/python tools/messages.py compile

demo: .venv/.ok $(MO) ## Set up everything, load Kongsbergregionen, serve http://127.0.0.1:8000
	@HOST=$(HOST) PORT=$(PORT) $(BIN)/kompetanse demo

demo-reset: .venv/.ok $(MO) ## Throw the demo's data away and start over
	@HOST=$(HOST) PORT=$(PORT) $(BIN)/kompetanse demo --reset

test: .venv/.ok $(MO) ## Set up everything and pass the tests (without browser)
	@$(BIN)/python -m pytest -n 2

lint: .venv/.ok $(MO) ## ruff, mypy, import contracts, texts
	@$(BIN)/ruff format --check -q . && $(BIN)/ruff check -q .
	@$(BIN)/mypy -p kompetanse && $(BIN)/mypy tests
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/python tools/messages.py check

check: test lint ## All that CI runs, without the browser

journeys: .venv/.ok $(MO) ## The use cases in a real browser, with axe
	@$(BIN)/python -m pytest tests/journeys --override-ini 'addopts=-q --strict-markers --import-mode=importlib -p no:cacheprovider'

bench: .venv/.ok $(MO) ## Measure; ONLY=name runs one
	@$(BIN)/python -m bench $(if $(ONLY),--only $(ONLY))

messages: .venv/.ok ## Collect texts to translate
	@$(BIN)/python tools/messages.py extract

assets: ## Rebuild CSS and JavaScript (needs node)
	@cd assets && npm ci --ignore-scripts --no-audit --no-fund && npm run build

clean: ## Remove what set-up made
	@rm -rf .venv .data .data-test
