# `make` alone lists the goals. Two of them are all that a newcomer needs: start and test.
# PYTHON=python3.12 chooses a Python, which then has an environment of its own beside .venv.

PORT = 8888
learner     = sh tools/run requirements.lock
contributor = sh tools/run requirements-dev.lock
compile     = uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
              --generate-hashes --fork-strategy fewest --no-strip-extras --no-header --no-emit-index-url --no-emit-find-links

.PHONY: help start test lint notebooks build class bench equal lock
.NOTPARALLEL:

help: ## list these goals
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' Makefile

start: ## learn: open lesson 01 in JupyterLab (PORT=8889 if 8888 is taken)
	@$(learner) mlops-course start --port $(PORT)

test: ## prove everything: lint, derived files, all tests, notebooks on a second Python
	@sh tools/programs
	@$(MAKE) lint
	@$(contributor) mlops-course build --check
	@# three at a time also on two cores: much of what is tested waits
	@$(contributor) pytest -n 3 --dist loadfile --no-loadscope-reorder

lint: ## ruff, mypy, codespell
	@$(contributor) ruff check
	@$(contributor) ruff format --check
	@$(contributor) mypy
	@$(contributor) codespell

notebooks: ## run the source notebooks on the newest other Python, in 2 GiB as on Binder
	@mine=$$($(contributor) python -c 'import sys; print("%d.%d" % sys.version_info[:2])') && \
	other=$$(PYTHON= sh tools/pythons | grep -v "^$$mine " | sort -r | head -n 1 | cut -d ' ' -f 2-) && \
	if [ -n "$$other" ]; then PYTHON=$$other $(learner) sh -c 'ulimit -v 2097152; \
	ls source/*/*.ipynb | xargs -n 1 -P 2 jupyter execute'; \
	else echo "No other Python than $$mine is here, so the notebooks ran on that one only."; fi

build: ## lessons/ -> source/ -> release/
	@$(contributor) mlops-course build

class: ## a class of twelve through nbgrader, with a table of their points
	@$(contributor) python tools/demo_class.py

bench: ## how fast a class is graded, against stock nbgrader: half an hour
	@$(contributor) python tools/bench.py

equal: ## grade every attempt by stock nbgrader too, and compare the scores: half an hour
	@$(contributor) python tools/compare_stock.py

lock: ## pin what pyproject.toml asks for; what is pinned stays, unless asked: make lock upgrade=pandas
	@$(contributor) $(compile) $(upgrade:%=--upgrade-package %) --all-extras -o requirements-dev.lock
	@$(contributor) $(compile) -c requirements-dev.lock -o requirements.lock
	@$(contributor) $(compile) -c requirements-dev.lock --extra grading --extra hub -o requirements-hub.lock
