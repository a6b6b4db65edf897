# make demo   shows the product at work on the real page    make test   runs the whole suite
# make run    the service with your own config              make check  what a contributor runs before a commit
PYTHON ?= python3
BIN = .venv/bin
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check
LOCK = .venv-lock/bin/uv pip compile pyproject.toml --universal --python-version 3.11 \
       --generate-hashes --no-header --no-annotate --quiet

.PHONY: demo run test check lint bench lock fakes clean

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

bench: .venv/ok-dev
	@$(BIN)/python -m bench

# The runtime lock alone for those who run it; the dev lock holds the runtime's pins too.
.venv/ok-run: requirements.txt pyproject.toml
	@$(MAKE) --no-print-directory environment REQUIREMENTS=requirements.txt
	@touch $@

.venv/ok-dev: requirements-dev.txt pyproject.toml
	@$(MAKE) --no-print-directory environment REQUIREMENTS=requirements-dev.txt
	@touch .venv/ok-run $@

.PHONY: environment
environment:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is " + sys.version.split()[0] + "; name another: make PYTHON=python3.12 ...")'
	@test -x $(BIN)/python || { echo "Setting up .venv (once) ..." >&2; $(PYTHON) -m venv .venv; }
	@$(INSTALL) --require-hashes --no-deps --only-binary :all: -r $(REQUIREMENTS)
	@$(INSTALL) --no-deps --no-build-isolation --no-index -e .
	@$(BIN)/python -m pip --disable-pip-version-check check >/dev/null

lock:
	@test -x .venv-lock/bin/uv || { $(PYTHON) -m venv .venv-lock && .venv-lock/bin/pip install --quiet uv==0.13.9; }
	rm -f requirements.txt.new requirements-dev.txt.new
	$(LOCK) -o requirements.txt.new
	$(LOCK) --group dev -c requirements.txt.new -o requirements-dev.txt.new
	! grep -nE '://|^-|file:' requirements.txt.new requirements-dev.txt.new
	mv requirements.txt.new requirements.txt && mv requirements-dev.txt.new requirements-dev.txt

clean:
	rm -rf .venv .venv-lock .mypy_cache .ruff_cache .pytest_cache .hypothesis var/demo
