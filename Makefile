# `make help` lists what can be done. People and CI run the same targets.
PROGRAM ?= program.yml
MONTH ?=
PORT ?= 8000
TO ?=
OFFLINE ?=
PYTHON ?= $(shell command -v python3.11 || command -v python3 || echo python3.11)

VENV := .venv
READY := $(VENV)/.ready
RUN := $(VENV)/bin/openresponse
WHEELS := wheelhouse
# Packages from a folder that another machine filled, and from no network.
FROM := $(if $(OFFLINE),--no-index --find-links $(WHEELS))
MONTH_OPTION := $(if $(MONTH),--month $(MONTH))

# One thread a process is faster than many on small matrices, and the same everywhere.
export OMP_NUM_THREADS := 1
export OPENBLAS_NUM_THREADS := 1
# Compiled once and kept, whatever the shell says: each command, kernel and test starts sooner.
export PYTHONDONTWRITEBYTECODE :=

PYTEST := $(VENV)/bin/pytest --numprocesses auto --dist loadfile
# Where a branch that no test takes could let a number out.
COVERED := disclosure records release

# What a target needs is made side by side: while packages are installed, the browser is fetched.
MAKEFLAGS += --jobs=2

.PHONY: help setup status site lint test test-quick test-full coverage serve publish check release verify audit bench docs messages lock fresh wheelhouse sbom
.DEFAULT_GOAL := help

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## */  make \1\t/' | expand -t 18

setup: $(READY)  ## create the virtual environment with the locked dependencies

$(READY): requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is missing: install Python 3.11, or run make PYTHON=/path/to/python3.11"; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/pip install --quiet $(FROM) --require-hashes --requirement bootstrap.lock
	$(VENV)/bin/uv pip install --quiet $(if $(OFFLINE),--offline) $(FROM) --python $(VENV)/bin/python --compile-bytecode --require-hashes --requirement requirements.lock
	$(VENV)/bin/uv pip install --quiet --python $(VENV)/bin/python --no-deps --no-build-isolation --editable .
	@touch $@

status: $(READY)  ## where the city stands in six lines, and the next command
	$(RUN) status --program $(PROGRAM)

wheelhouse: $(READY)  ## fill wheelhouse/ with every locked package, for `make site OFFLINE=1` on a machine of the same kind
	$(VENV)/bin/pip download --quiet --no-deps --only-binary :all: --require-hashes --dest $(WHEELS) --requirement bootstrap.lock
	$(VENV)/bin/pip download --quiet --no-deps --only-binary :all: --require-hashes --dest $(WHEELS) --requirement requirements.lock

sbom: $(READY)  ## write build/sbom.json: every package that a city's service runs, with version and hashes, as CycloneDX
	@mkdir -p build
	$(VENV)/bin/cyclonedx-py requirements --output-reproducible --output-file build/sbom.json runtime.lock

site: $(READY)  ## the website of the newest release; the first time also extract and release
	$(RUN) site --program $(PROGRAM) $(MONTH_OPTION)

lint: $(READY)  ## format, rules and types of the code
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy

test: lint browser  ## everything a push needs, in a real browser too
	$(PYTEST) -m "not full" --durations 20

test-quick: $(READY)  ## the fast tests: no browser, no whole city, no kernel
	$(PYTEST) -m "not full and not slow"

test-full: lint browser  ## every test, every example, every page in every width and scheme
	OPENRESPONSE_TESTS=full $(PYTEST) --durations 20

coverage: $(READY) browser  ## branch coverage of a push's tests; fails under 95% in disclosure, records and release
	$(VENV)/bin/coverage erase
	$(PYTEST) -m "not full" --cov --cov-report=
	$(VENV)/bin/coverage report
	@for room in $(COVERED); do echo "== $$room, in percent"; \
	  $(VENV)/bin/coverage report --include "src/openresponse/$$room/*" --format total --fail-under 95 || failed=1; \
	done; exit $${failed:-0}

.PHONY: browser
browser:
	@sh tests/browser.sh

serve: $(READY)  ## show the website at http://127.0.0.1:8000 (PORT=...)
	$(RUN) serve --program $(PROGRAM) --port $(PORT)

publish: $(READY)  ## put the website where it is served, whole or not at all (TO=/srv/open-response)
	@test -n "$(TO)" || { echo "Say where: make publish TO=/srv/open-response"; exit 2; }
	$(RUN) publish --program $(PROGRAM) --to "$(TO)"

check: $(READY)  ## read and check the extracts of MONTH, publish nothing
	$(RUN) check --program $(PROGRAM) $(MONTH_OPTION)

release: $(READY)  ## anonymise, protect, audit and publish MONTH
	$(RUN) release --program $(PROGRAM) $(MONTH_OPTION)

verify: $(READY)  ## check every published file, make every page again from data/public alone and compare the bytes, and refuse statements that disagree
	$(RUN) verify --program $(PROGRAM) --rebuild --site

audit: $(READY)  ## attack all releases from their public files, search every published byte, make every page again
	$(RUN) audit --program $(PROGRAM)
	$(VENV)/bin/python bench/attack.py $(dir $(PROGRAM))data/public

bench: $(READY)  ## print timings; they are never asserted
	@for script in bench/*.py; do echo "== $$script"; $(VENV)/bin/python $$script || exit 1; done

fresh: $(READY)  ## list what is fictional and made of it; YES=1 throws it away
	$(RUN) fresh --program $(PROGRAM) $(if $(YES),--yes)

docs: $(READY)  ## renew the generated pages of the documentation and render it to docs/_site/
	$(VENV)/bin/python -m openresponse.workflow.documentation.build

messages: $(READY)  ## bring the catalogues of other languages up to date with the code and the program file
	$(VENV)/bin/python -m openresponse.workflow.catalogues $(PROGRAM)

lock: $(READY)  ## bring the lock file up to pyproject.toml, with hashes and without addresses (UPGRADE=1: to the newest versions)
	$(VENV)/bin/uv pip compile --quiet $(if $(UPGRADE),--upgrade) --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --no-emit-index-url --extra desk --extra database --extra test pyproject.toml --output-file requirements.lock
	$(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --no-emit-index-url --constraint requirements.lock pyproject.toml --output-file runtime.lock
