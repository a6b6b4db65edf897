# make demo   shows the product at work on the real page    make test   runs the whole suite
# make run    the service with your own config              make check  what a contributor runs before a commit
# make browser  the preview page in a real Chromium (needs chromium and npm)
PYTHON ?= python3
BIN = .venv/bin
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check
AXE = 4.14.1
COMPILE = .venv-lock/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet
LOCK = $(COMPILE) pyproject.toml
LOCKS = requirements requirements-dev requirements-browser requirements-peer

.PHONY: demo run test check lint bench lock fakes browser docs pictures clean crash

demo: .venv/ok-run
	@$(BIN)/medsosbot demo

run: .venv/ok-run
	@$(BIN)/medsosbot run

fakes: .venv/ok-dev
	@$(BIN)/python -m tests.servers

test: .venv/ok-dev
	@$(BIN)/python -m pytest

check: lint test

lint: .venv/ok-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

# Renews docs/config.md from the schema.
docs: .venv/ok-dev
	@$(BIN)/python docs/make_reference.py

# Makes the pictures of docs/panduan.md anew (needs chromium).
pictures: .venv-browser/ok
	@.venv-browser/bin/python docs/make_pictures.py

bench: .venv/ok-dev .venv-peer/ok
	@$(BIN)/python -m bench

# Kills passes until KILLS of them have died; a process apart judges what they left.
KILLS ?= 400
crash: .venv/ok-dev
	@$(BIN)/python -m tests.crash --kills $(KILLS)

# The property tests with many new examples each.
fuzz: .venv/ok-dev
	@MEDSOSBOT_FUZZ=1 $(BIN)/python -m pytest tests/text tests/queue_folder tests/pages

browser: .venv-browser/ok node_modules/axe-core/axe.min.js
	@.venv-browser/bin/python -m pytest -o addopts="-q -p no:cacheprovider" browser_tests

# The runtime lock alone for those who run it; the dev lock holds the runtime's pins too.
.venv/ok-run: requirements.txt pyproject.toml
	@$(MAKE) --no-print-directory environment REQUIREMENTS=requirements.txt
	@touch $@

.venv/ok-dev: requirements-dev.txt pyproject.toml
	@$(MAKE) --no-print-directory environment REQUIREMENTS=requirements-dev.txt
	@touch .venv/ok-run $@

.venv-browser/ok: requirements-browser.txt pyproject.toml
	@$(MAKE) --no-print-directory environment BIN=.venv-browser/bin REQUIREMENTS=requirements-browser.txt
	@touch $@

# What the bench is compared with; it never meets our own environment.
.venv-peer/ok: requirements-peer.txt
	@$(PYTHON) -m venv .venv-peer
	@.venv-peer/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-peer.txt
	@touch $@

node_modules/axe-core/axe.min.js:
	@npm install --silent --no-save --no-package-lock --no-audit --no-fund axe-core@$(AXE)

.PHONY: environment
environment:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is " + sys.version.split()[0] + "; name another: make PYTHON=python3.12 ...")'
	@test -x $(BIN)/python || { echo "Setting up $(BIN:/bin=) (once) ..." >&2; $(PYTHON) -m venv $(BIN:/bin=); }
	@$(INSTALL) --require-hashes --no-deps --only-binary :all: -r $(REQUIREMENTS)
	@$(INSTALL) --no-deps --no-build-isolation --no-index -e .
	@$(BIN)/python -m pip --disable-pip-version-check check >/dev/null

lock:
	@test -x .venv-lock/bin/uv || { $(PYTHON) -m venv .venv-lock && .venv-lock/bin/pip install --quiet uv==0.13.9; }
	rm -f $(LOCKS:=.txt.new)
	$(LOCK) -o requirements.txt.new
	$(LOCK) --group dev -c requirements.txt.new -o requirements-dev.txt.new
	$(LOCK) --group browser -c requirements-dev.txt.new -o requirements-browser.txt.new
	$(COMPILE) --group peer -o requirements-peer.txt.new
	! grep -nE '://|^-|file:' $(LOCKS:=.txt.new)
	for name in $(LOCKS); do mv $$name.txt.new $$name.txt; done

clean:
	rm -rf .venv .venv-lock .venv-browser .venv-peer node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis var/demo
