# The project's commands; `make` alone lists them. PYTHON names the Python that .venv is made of, PORT the port
# of `make run`, HOST where it listens (0.0.0.0: for others too), ALLOWED_HOSTS the names that it answers to.

PYTHON ?= python3
PORT ?= 8501
HOST ?= 127.0.0.1
PYTEST_ARGS ?= -n 2
FUZZ_EXAMPLES ?= 1000
REV ?= HEAD

# Where this is set, each start of Python would compile all that it imports anew: as long as a build takes.
unexport PYTHONDONTWRITEBYTECODE

VENV := .venv
PY := $(VENV)/bin/python
# A stamp is newer than the lock file that was installed.
MADE := $(VENV)/.made
RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev

.DEFAULT_GOAL := help
.PHONY: help run test fuzz mutants check format etl coverage schema review bench proof sbom audit clean lock chromium nginx

help: ## List the commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1	\2/p' Makefile

# What this machine is called, where others may reach it.
ALLOWED_HOSTS ?= $(if $(filter-out 127.0.0.1 localhost ::1,$(HOST)),$(sort $(shell hostname; hostname -f; hostname -I)))

run: etl ## Build the database and start the dashboard on PORT (8501) of this machine (HOST=0.0.0.0: for others too)
	$(PY) -m streamlit run app.py --server.headless true --server.port $(PORT) --server.address $(HOST) \
		$(addprefix --server.allowedHosts ,localhost 127.0.0.1 ::1 $(HOST) $(ALLOWED_HOSTS))

test: $(DEV) chromium nginx etl ## Run the tests, those in a browser too (PYTEST_ARGS="-k name")
	$(PY) -m pytest $(PYTEST_ARGS)

fuzz: $(DEV) ## Try the fuzzing tests for long (FUZZ_EXAMPLES: 1000 unless given)
	HYPOTHESIS_PROFILE=fuzz FUZZ_EXAMPLES=$(FUZZ_EXAMPLES) $(PY) -m pytest -n 0 tests/fuzz

mutants: $(DEV) ## Put mistakes into the code and list what no test notices (MUTANTS_ARGS="--seed 2")
	HYPOTHESIS_PROFILE=mutants nice -n 10 $(PY) -m benchmarks.mutants $(MUTANTS_ARGS)

check: $(DEV) ## Check style, format and types
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy

format: $(DEV) ## Sort the imports and format the code
	$(PY) -m ruff check --select I --fix .
	$(PY) -m ruff format .

etl: $(RUNTIME) ## Check the register and publish it as a database
	$(PY) -m etl build

coverage: $(RUNTIME) ## Write docs/coverage.md from the register
	$(PY) -m etl coverage > docs/coverage.md.new && mv docs/coverage.md.new docs/coverage.md

schema: $(RUNTIME) ## Write docs/record.schema.json from the declaration of a record's document
	$(PY) -m etl schema > docs/record.schema.json.new && mv docs/record.schema.json.new docs/record.schema.json

review: $(RUNTIME) ## Show what changed in the register since a Git revision, as a reader sees it (REV=main)
	@$(PY) -m etl review $(REV)

bench: $(DEV) chromium ## Measure everything beside floors and peers (BENCH_ARGS=--full: an hour; "--only build")
	$(PY) -m benchmarks run $(BENCH_ARGS)

proof: $(DEV) ## Try for hours what docs/reliability.md promises (PROOF_ARGS="killed --times 10")
	$(PY) -m benchmarks.proof $(PROOF_ARGS)

sbom: $(RUNTIME) ## Write docs/dependencies.md and the bill of materials beside it
	$(PY) scripts/dependencies.py

audit: $(MADE) ## Look for known weaknesses of the packages that the project runs with
	sh scripts/venv.sh '$(PY)' $(VENV)/audit
	$(VENV)/audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit==$(PIP_AUDIT)
	@$(VENV)/audit/bin/pip-audit --strict --disable-pip --require-hashes --requirement requirements.txt \
		|| { echo '$(NOT_PASSED)' >&2; exit 1; }

PIP_AUDIT = 2.10.1
NOT_PASSED = Not passed. A table lists known weaknesses. An ERROR is no answer: a package could not be looked \
up, and nothing is known of it or of those after it; try again where https://pypi.org answers.

clean: ## Remove all that these commands made: .venv, the database, caches
	rm -rf $(VENV) data/build screenshots test-results .pytest_cache .ruff_cache .mypy_cache .hypothesis \
		mutants
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

lock: $(MADE) ## Lock the dependencies anew, keeping versions that still fit (UPGRADE=--upgrade: newest)
	$(PY) -m pip install --quiet uv
	$(LOCK) --output-file requirements.txt
	$(LOCK) --extra dev --constraint requirements.txt --output-file requirements-dev.txt

LOCK = $(PY) -m uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command 'make lock' --quiet $(UPGRADE)

chromium:
	@sh scripts/chromium.sh

nginx:
	@sh scripts/nginx.sh

# Python compiles a module when it is first imported, and most modules never are.
INSTALL = $(PY) -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r

$(MADE):
	sh scripts/venv.sh '$(PYTHON)' $(VENV)
	@touch $@

$(RUNTIME): requirements.txt $(MADE)
	$(INSTALL) requirements.txt
	@touch $@

# After the other: two pips at once in one environment break it.
$(DEV): requirements-dev.txt $(MADE) $(RUNTIME)
	$(INSTALL) requirements-dev.txt
	@touch $@
