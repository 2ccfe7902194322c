# Short names for ./run, ./test and a few chores; neither needs make.
.PHONY: help run test full format lock

help: ## say what there is
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile

run: ## set up and serve on this machine
	./run

test: ## everything that is checked before a change goes in
	./test

full: ## the same with the slow tests
	./test --full

format: ## put Python into its one shape
	.venv/bin/ruff check --fix . ; .venv/bin/ruff format .

LOCK = uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
  --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

lock: ## write the lock files again from pyproject.toml (needs uv)
	$(LOCK) pyproject.toml --extra build --group setup -o requirements.lock
	$(LOCK) pyproject.toml --extra build --group setup --group test -c requirements.lock -o requirements-test.lock
	$(LOCK) --group node -o requirements-node.lock
