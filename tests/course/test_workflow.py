"""The judge of a workflow accepts right ones in every style, and says what is wrong with others."""

import random
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

import course
from course.workflow import Finding, judge, report

CHECKOUT = "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683"
PYTHON = "actions/setup-python@0b93645e9fea7318ecaed2b359559ac225c90a2b"


def job(name: str, needs: str = "", extra: str = "", run: str = "") -> str:
    needs = f"    needs: {needs}\n" if needs else ""
    return f"""  {name}:
{needs}    runs-on: ubuntu-latest
{extra}    steps:
      - uses: {CHECKOUT}  # v4.2.2
        with: {{persist-credentials: false}}
      - uses: {PYTHON}  # v5.3.0
        with: {{python-version: "3.12"}}
      - run: pip install nox
      - run: {run or f"nox -s {name}"}
"""


HEAD = """name: CI
on:
  push:
    branches: [main]
  pull_request:
permissions:
  contents: read
jobs:
"""
ON_MAIN = "    if: github.ref == 'refs/heads/main'\n"
CHECKS = job("lint") + job("test") + job("validate-data")
TRAIN = job("train", "[lint, test, validate-data]")
GATE = job("gate", "train")
REGISTER = job("register", "gate", ON_MAIN)
DEPLOY_EXTRA = f"{ON_MAIN}    environment: production\n"
DEPLOY = job("deploy", "register", DEPLOY_EXTRA)
RELEASE = REGISTER + DEPLOY
GOOD = HEAD + CHECKS + TRAIN + GATE + RELEASE


def changed(old: str, new: str, text: str = GOOD) -> str:
    assert old in text, old
    return text.replace(old, new, 1)


def with_step(step: str, text: str = GOOD) -> str:
    """Give the last job one more step at its end."""
    return f"{text}      - {step}\n"


def deploying(condition: str, head: str = HEAD) -> str:
    """Return the workflow with this `if:` on its last job, and none on the one before."""
    register = job("register", "gate")
    deploy = job("deploy", "register", f"    if: {condition}\n" if condition else "")
    return head + CHECKS + TRAIN + GATE + register + deploy


def rules(text: str) -> list[str]:
    return sorted({finding.rule for finding in judge(text)})


def lines(*script: str) -> str:
    """Return a script as the value of `run:`."""
    return "|\n" + "\n".join(f"          {line}" for line in script)


def with_matrix(run: str, env: str = "{}", step: str = "{}") -> str:
    """Return the workflow with one job for all checks, by a matrix."""
    extra = f"    env: {env}\n    strategy:\n      matrix: {{stage: [lint, test, validate-data]}}\n"
    checks = job("checks", extra=extra, run=f"{run}\n        env: {step}")
    return HEAD + checks + job("train", "checks") + GATE + RELEASE


FROM_MATRIX = '{STAGE: "${{ matrix.stage }}"}'
LOOP = 'for s in validate-data; do nox -s "${s}"; done'
CHAIN = ["lint", "test", "validate-data", "train", "gate", "register", "deploy"]
STEPS = f"""
      - uses: {CHECKOUT}
        with: {{persist-credentials: false}}
      - run: pip install nox
"""
PUSH_ONLY_MAIN = "github.event_name == 'push' && github.ref_name == 'main'"

RIGHT = {
    "as the lesson has it": GOOD,
    "a linear chain": HEAD
    + job(CHAIN[0])
    + "".join(
        job(name, before, DEPLOY_EXTRA if name == "deploy" else "")
        for before, name in pairwise(CHAIN)
    ),
    "lint beside training, but before the registry": HEAD
    + CHECKS
    + job("train", "[test, validate-data]")
    + GATE
    + job("register", "[gate, lint]")
    + DEPLOY,
    "jobs in any order, under any name": (HEAD + DEPLOY + GATE + REGISTER + TRAIN + CHECKS)
    .replace("  deploy:\n", "  ship_it:\n")
    .replace("  gate:\n", "  Judge-1:\n")
    .replace("needs: gate", "needs: Judge-1"),
    "quoted keys": GOOD.replace("on:\n", '"on":\n', 1)
    .replace("jobs:", "'jobs':")
    .replace("needs:", '"needs":')
    .replace("permissions:", '"permissions":'),
    "events as a list": changed(
        "\n  push:\n    branches: [main]\n  pull_request:", " [push, pull_request]"
    ),
    "events with filters": changed(
        "    branches: [main]\n  pull_request:",
        "    branches:\n      - 'ma*'\n      - '!may'\n      - 'main'\n"
        "    paths-ignore: ['**.md']\n  pull_request:\n"
        "    branches: [main]\n    types: [opened, synchronize, reopened]",
    ),
    "other events": changed(
        "  pull_request:",
        "  pull_request:\n  merge_group:\n  workflow_dispatch:\n"
        "  schedule:\n    - cron: '0 6 * * 1'",
    ),
    "needs as a list of one, and twice the same": changed("needs: train", "needs: [train, test]"),
    "a matrix of versions": changed(
        job("test"),
        job(
            "test",
            extra="    strategy:\n      matrix: {python: ['3.11', '3.12']}\n",
            run="nox -s test-${{ matrix.python }}",
        ),
    ),
    "a matrix of sessions": HEAD
    + job(
        "checks",
        extra="    strategy:\n      matrix:\n        session: [lint, test]\n"
        "        include:\n          - session: validate-data\n            extra: 1\n",
        run='nox -s "${{ matrix.session }}"',
    )
    + job("train", "checks")
    + GATE
    + RELEASE,
    "environment at three levels, a session named by it": changed(
        "jobs:\n", "env: {PYTHONUNBUFFERED: '1', COLOR: 'no'}\njobs:\n"
    ).replace(
        "      - run: nox -s gate\n",
        "      - run: nox -s $SESSION -- --strict\n        env:\n          SESSION: gate\n",
    ),
    "anchors": HEAD
    + f"""  lint:
    runs-on: ubuntu-latest
    steps:
      - &checkout
        uses: {CHECKOUT}
        with: {{persist-credentials: false}}
      - &install
        run: pip install nox
      - run: nox -s lint
"""
    + "".join(
        f"  {name}:\n    needs: {before}\n    runs-on: ubuntu-latest\n"
        f"{ON_MAIN if name == 'deploy' else ''}"
        f"    steps: [*checkout, *install, {{run: nox -s {name}}}]\n"
        for before, name in pairwise(CHAIN)
    ),
    "flow style all through": """{"on": {"push": {"branches": ["main"]}, "pull_request": {}},
 "permissions": {}, "jobs": {"all": {"runs-on": "ubuntu-latest", "steps": [
  {"uses": "CHECKOUT", "with": {"persist-credentials": false}},
  {"run": "nox -xs lint test validate-data train gate"}]},
 "release": {"needs": ["all"], "if": "github.ref == 'refs/heads/main'",
  "runs-on": "ubuntu-latest", "steps": [{"run": "nox -s register && nox -s deploy"}]}}}
""".replace("CHECKOUT", CHECKOUT),
    "one job, one step after the other": HEAD
    + f"  all:\n    runs-on: ubuntu-latest\n    steps:{STEPS}"
    + "".join(f"      - run: python -m nox -s {name}\n" for name in CHAIN[:-1])
    + "      - name: deploy\n        if: github.ref == 'refs/heads/main'\n"
    "        run: nox -s deploy\n",
    "one script of many lines": HEAD
    + f"  checks:\n    runs-on: ubuntu-latest\n    steps:{STEPS}      - run: |\n"
    + "".join(f"          uv run nox -R -s {name}  # don't stop\n" for name in CHAIN[:5])
    + job("register", "checks", ON_MAIN)
    + DEPLOY,
    "with commands continued, folded, and through a launcher": GOOD.replace(
        "- run: nox -s lint", "- run: |\n          nox \\\n            --session lint"
    )
    .replace("- run: nox -s test", "- run: >-\n          pipx run nox\n          --sessions=test")
    .replace("- run: nox -s train", "- run: CUDA=0 uvx nox -f noxfile.py -e train -- --seed 1"),
    "permissions for each job": changed("permissions:\n  contents: read\n", "").replace(
        "    runs-on:", "    permissions:\n      contents: read\n    runs-on:"
    ),
    "permissions {} at the top, and only deploy may ask for a token": changed(
        "permissions:\n  contents: read", "permissions: {}"
    ).replace(
        "    environment: production\n",
        "    environment:\n      name: production\n      url: https://desk.example\n"
        "    permissions: {contents: read, id-token: write}\n",
    ),
    "concurrency and time-outs": changed(
        "jobs:\n",
        "concurrency:\n  group: ci-${{ github.ref }}\n  cancel-in-progress: true\n"
        "defaults:\n  run:\n    shell: bash\njobs:\n",
    ).replace("    runs-on:", "    timeout-minutes: 20\n    runs-on:"),
    "an action of its own, and a container by digest": GOOD.replace(
        "      - run: nox -s gate\n",
        "      - uses: ./.github/actions/setup\n"
        f"      - uses: docker://alpine@sha256:{'a' * 64}\n      - run: nox -s gate\n",
    ),
    "only main by its events, pull requests by the condition": deploying(
        "github.event_name != 'pull_request'"
    ),
    "only main by the name of the branch": deploying(
        "${{ github.ref_name == 'main' && github.ref_type == 'branch' }}"
    ),
    "only main by a push, on every branch": deploying(
        "github.ref == 'refs/heads/main'",
        HEAD.replace("    branches: [main]\n", ""),
    ),
    "only main, said in other words": deploying(
        "${{ !(github.event_name == 'pull_request') && contains(fromJSON('[\"refs/heads/main\"]'),"
        " github.ref) && vars.FROZEN != 'yes' }}"
    ),
    "only main, by a function": deploying("endsWith(github.ref, '/heads/main') && success()"),
    "only main, in other letters": deploying("github.ref == 'Refs/Heads/MAIN'"),
    "only main, the default branch": deploying(
        "github.ref == format('refs/heads/{0}', github.event.repository.default_branch)"
    ),
    "only main, since what it needs is": deploying("").replace(
        "    runs-on: ubuntu-latest\n    steps:\n",
        f"{ON_MAIN}    runs-on: ubuntu-latest\n    steps:\n",
    ),
    "always(), but asking what came of the jobs before": changed(
        DEPLOY,
        job(
            "deploy",
            "[register, gate]",
            "    if: ${{ always() && github.ref == 'refs/heads/main' &&"
            " needs.gate.result == 'success' && needs.register.result == 'success' }}\n",
        ),
    ),
    "secrets handed over": with_step(
        'run: |\n          echo "$TOKEN" | docker login --password-stdin\n'
        '          curl -H "Authorization: $TOKEN" https://desk.example\n'
        "          echo '$TOKEN is set' ${TOKEN:+yes}\n          echo \"::add-mask::$TOKEN\"\n"
        "        env:\n          TOKEN: ${{ secrets.DEPLOY_TOKEN }}\n"
        "          PASSWORD: ${{ secrets.PASSWORD }}"
    ),
    "a report after a failure": with_step("if: failure()\n        run: echo it failed"),
    "a pipe that fails as it should": GOOD.replace(
        "      - run: nox -s gate\n",
        "      - shell: bash\n        run: nox -s gate | tee gate.log\n",
    ),
    "a job that runs no stage": GOOD
    + job("scan", extra="    permissions: {security-events: write}\n", run="./scan.sh"),
    "shells with options": changed("jobs:\n", 'defaults: {run: {shell: "bash -el {0}"}}\njobs:\n')
    .replace("- run: nox -s gate", "- shell: sh\n        run: nox -s gate")
    .replace(
        "- run: nox -s train",
        "- shell: /bin/bash --noprofile -eo pipefail {0}\n        run: nox -s train",
    ),
    "a shell by the matrix": changed(
        job("test"),
        job("test", extra="    strategy: {matrix: {sh: [bash, pwsh]}}\n").replace(
            "- run: nox", "- shell: ${{ matrix.sh }}\n        run: nox"
        ),
    ),
    "a here-document, a function, an alias and a trap that do no harm": changed(
        "nox -s gate",
        lines(
            "trap 'code=$?; rm -f note; exit $code' EXIT",
            "alias ll='ls -l'",
            'test() { echo "::group::$1"; }',
            "cat > note <<EOF",
            "it's a (note || that",
            "EOF",
            'echo "text<<EOF" >> "$GITHUB_OUTPUT"; test gate',
            "nox -s gate -- -k slow -t x",
            'echo EOF >> "$GITHUB_OUTPUT"',
        ),
    ),
    "functions that are called": changed(
        "nox -s gate",
        lines(
            "ready() { [ -f noxfile.py ] || return 0; }",
            "function check {",
            "  ready",
            "  nox -s gate",
            "}",
            "echo $((1 << SHIFT)); check",
        ),
    ),
    "checks not for a bot, nor for drafts": changed(
        job("test"),
        job(
            "test",
            extra="    if: github.actor != 'dependabot[bot]' && !github.event.pull_request.draft\n",
        ),
    ),
    "checks in the team's own repository only": changed(
        job("test"), job("test", extra="    if: github.repository == 'desk/model'\n")
    ),
    "deployed by one person": deploying("github.ref == 'refs/heads/main' && github.actor == 'ann'"),
    "secrets that are used and not shown": with_step(
        "run: |\n          set -ex\n          nox -s deploy\n          set +x\n"
        '          AUTH=$(printf %s "desk:$TOKEN" | tr -d x | base64)\n'
        '          curl -H "Authorization: $AUTH" https://desk.example\n'
        '          docker login --password-stdin <<< "$TOKEN"\n'
        "          cat > ~/.netrc <<EOF\n          password $TOKEN\n          EOF\n"
        "          python -c \"import os; print(os.environ['HOME'], os.environ.get('CI'))\"\n"
        "          export CI\n          declare -x LANG=C\n"
        "        env:\n          TOKEN: ${{ secrets.DEPLOY_TOKEN }}"
    ),
    "a matrix handed over by the environment of the step": with_matrix(
        'nox -s "$STAGE"', step=FROM_MATRIX
    ),
    "a matrix handed over by the environment of the job": with_matrix("nox -s $STAGE", FROM_MATRIX),
    "a matrix handed over, in braces": with_matrix("nox -x -s ${STAGE} -- -q", FROM_MATRIX),
    "a matrix handed over twice": with_matrix(
        "nox -s $NAME", FROM_MATRIX, "{NAME: '${{ env.STAGE }}'}"
    ),
    "the environment of the whole workflow": changed("nox -s gate", 'nox -s "$LAST"').replace(
        "jobs:\n", "env: {LAST: gate}\njobs:\n"
    ),
    "a loop over all checks": HEAD
    + job("checks", run=lines('for s in lint test; do nox -s "$s" || exit 1; done', LOOP))
    + job("train", "checks")
    + GATE
    + RELEASE,
    "a loop over a list of the environment": HEAD
    + job(
        "checks",
        extra="    env: {CHECKS: lint test validate-data}\n",
        run=lines("for s in $CHECKS; do", "  nox -s $s", "done"),
    )
    + job("train", "checks")
    + GATE
    + RELEASE,
    "a condition in the shell": changed(
        "- run: nox -s deploy",
        "- run: " + lines('if [ -n "$GO" ]; then nox -s deploy; else echo no; fi'),
    ),
    "one script with the same condition twice": HEAD
    + CHECKS
    + TRAIN
    + GATE
    + job(
        "release",
        "gate",
        ON_MAIN,
        lines("if [ $GO ]; then nox -s register; fi", "[ $GO ] || exit 0", "nox -s deploy"),
    ),
    "two steps with a condition in the shell": HEAD
    + CHECKS
    + TRAIN
    + GATE
    + job("release", "gate", ON_MAIN, lines('if [ "$GO" ]; then', "  nox -s register", "fi"))
    + f"      - run: {lines('[ $GO ] || exit 0', 'nox -s deploy')}\n",
    "a byte order mark and Windows line ends": "\ufeff" + GOOD.replace("\n", "\r\n"),
}

GATED = "nox -s gate"
GO_ON = "    if: ${{ github.ref == 'refs/heads/main' && always() }}\n"
HANDED = "env:\n          TOKEN: ${{ secrets.DEPLOY_TOKEN }}"

WRONG = {
    # YAML
    "empty": ("", ["yaml"]),
    "a tab": (changed("  lint:", "\tlint:"), ["yaml"]),
    "a bracket left open": (changed("[main]", "[main"), ["yaml"]),
    "a key twice": (GOOD + job("lint"), ["yaml"]),
    "a tag": (changed("[main]", "!!python/object/apply:os.abort []"), ["yaml"]),
    # schema
    "a list": ("- on: push", ["schema"]),
    "no jobs": ("on: push", ["schema"]),
    "no trigger": (changed(HEAD[: HEAD.index("permissions")], ""), ["schema"]),
    "a misspelled key": (changed("runs-on", "run-on"), ["schema"]),
    "a step that runs and uses": (changed("      - run: pip", "        run: pip"), ["schema"]),
    "an event that is none": (changed("pull_request:", "pull_requests:"), ["schema"]),
    "a scope that is none": (changed("contents: read", "content: read"), ["schema"]),
    "a merged mapping": (changed("    runs-on", "    <<: {}\n    runs-on"), ["schema"]),
    # triggers
    "no push": (changed("  push:\n    branches: [main]\n", ""), ["trigger-push"]),
    "a push to master": (changed("[main]", "[master]"), ["trigger-push"]),
    "a push to anything but main": (changed("[main]", "['**', '!main']"), ["trigger-push"]),
    "main ignored": (changed("branches: [main]", "branches-ignore: ['m*']"), ["trigger-push"]),
    "only tags": (changed("branches: [main]", "tags: ['v*']"), ["trigger-push"]),
    "no pull request": (changed("  pull_request:\n", ""), ["trigger-pull-request"]),
    "only merged pull requests": (
        changed("pull_request:", "pull_request: {types: [closed]}"),
        ["trigger-pull-request"],
    ),
    "pull requests to another branch": (
        changed("pull_request:", "pull_request: {branches: [dev]}"),
        ["trigger-pull-request"],
    ),
    "the pull request that has secrets": (
        changed("pull_request:", "pull_request_target:"),
        ["deploy-only-main", "trigger-pull-request", "zizmor"],
    ),
    # stages
    "a stage forgotten": (changed(job("lint"), "").replace("[lint, ", "["), ["stages"]),
    "a stage only spoken of": (
        changed("- run: nox -s gate", "- run: echo nox -s gate"),
        ["stages"],
    ),
    "a stage only listed": (changed("nox -s gate", "nox --list -s gate"), ["stages"]),
    "a stage that the script never comes to": (
        changed("- run: nox -s gate", "- run: if false; then nox -s gate; fi"),
        ["stages"],
    ),
    "a matrix where there is none to see": (
        with_matrix("nox -s $STAGE").replace("jobs:\n", f"env: {FROM_MATRIX}\njobs:\n"),
        ["stages"],
    ),
    "a name that was changed": (
        with_matrix(lines("STAGE=$(cat stage)", 'nox -s "$STAGE"'), FROM_MATRIX),
        ["stages"],
    ),
    "a name in quotes that keep it": (with_matrix("nox -s '$STAGE'", FROM_MATRIX), ["stages"]),
    "no session named": (changed("nox -s gate", "nox -x"), ["stages"]),
    "a stage written into a file": (
        changed("nox -s gate", lines("cat <<'EOF' > todo", "nox -s gate", "EOF", "ls")),
        ["stages"],
    ),
    "a stage in a here-document of tabs, and in one that does not end": (
        changed(
            "nox -s test", lines("cat <<-END", "nox -s test", "\tEND", "cat <<x", "nox -s test")
        ),
        ["stages"],
    ),
    "a stage in a function that nobody calls": (
        changed("nox -s gate", lines("run() {", "  nox -s gate", "}", "ls")),
        ["stages"],
    ),
    "nox made a function": (changed("nox -s gate", "nox() { :; }; nox -s gate"), ["stages"]),
    "nox made a function, in other words": (
        changed("nox -s gate", lines("function nox {", "  true", "}", "nox -s gate")),
        ["stages"],
    ),
    "nox made an alias": (
        changed("nox -s gate", lines("shopt -s expand_aliases", "alias nox=true", "nox -s gate")),
        ["stages"],
    ),
    "a stage behind another program": (
        changed("nox -s gate", lines("exec true", "nox -s gate")),
        ["stages"],
    ),
    "a stage picked out": (changed("nox -s gate", "nox -s gate -k nothing"), ["stages"]),
    "a stage of another noxfile": (changed("nox -s gate", "nox -f other.py -s gate"), ["stages"]),
    "a stage in a shell that is none": (
        changed("- run: nox -s gate", '- shell: "true {0}"\n        run: nox -s gate'),
        ["stages"],
    ),
    "a stage in a shell that only reads": (
        changed("jobs:\n", 'defaults: {run: {shell: "bash -n {0}"}}\njobs:\n'),
        ["stages"],
    ),
    "checks for one person only": (
        changed(job("test"), job("test", extra="    if: github.actor == 'nobody'\n")),
        ["stages"],
    ),
    "a stage switched off": (
        changed("- run: nox -s gate", "- if: ${{ false }}\n        run: nox -s gate"),
        ["stages"],
    ),
    # needs
    "no order at all": (
        re.sub(r"    needs: .*\n", "", GOOD),
        ["deploy-after-gate", "needs"],
    ),
    "training before validation": (changed("[lint, test, validate-data]", "test"), ["needs"]),
    "lint holds nothing up": (changed("[lint, test, ", "[test, "), ["needs"]),
    "a need that is no job": (changed("needs: train", "needs: [train, tests]"), ["needs"]),
    "registered before the gate": (
        changed("needs: gate", "needs: train"),
        ["deploy-after-gate", "needs"],
    ),
    "deployed beside the registry": (changed("needs: register", "needs: gate"), ["needs"]),
    "deployed beside the gate": (
        changed("needs: gate", "needs: train").replace("needs: register", "needs: [train]"),
        ["deploy-after-gate", "needs"],
    ),
    "a gate that a variable can switch off": (
        changed("- run: nox -s gate", "- if: vars.GATE == 'on'\n        run: nox -s gate"),
        ["deploy-after-gate", "needs"],
    ),
    "a circle": (changed(job("lint"), job("lint", "deploy")), ["needs"]),
    "deployed whatever happened": (
        changed(DEPLOY, job("deploy", "register", GO_ON)),
        ["deploy-after-gate", "needs"],
    ),
    "deployed though registering was skipped": (
        changed(
            DEPLOY,
            job(
                "deploy",
                "[register, gate]",
                "    if: github.ref == 'refs/heads/main' && !cancelled() &&"
                " needs.gate.result == 'success' && needs.register.result != 'failure'\n",
            ),
        ),
        ["needs"],
    ),
    "all in one call, which goes on": (
        HEAD + job("all", extra=ON_MAIN, run=f"nox -s {' '.join(CHAIN)}"),
        ["deploy-after-gate", "needs"],
    ),
    "all in one matrix": (
        HEAD
        + job(
            "all",
            extra=f"{ON_MAIN}    strategy:\n      matrix: {{s: [{', '.join(CHAIN)}]}}\n",
            run="nox -s ${{ matrix.s }}",
        ),
        ["deploy-after-gate", "needs"],
    ),
    "in one matrix, one after the other": (
        HEAD
        + job("checks", run=f"nox -xs {' '.join(CHAIN[:4])}")
        + job(
            "all",
            "checks",
            f"{ON_MAIN}    strategy:\n      matrix:\n        include:\n"
            "          - {one: gate, two: done}\n          - {one: wait, two: register deploy}\n",
            "nox -s ${{ matrix.one }}\n      - run: nox -xs ${{ matrix.two }}",
        ),
        ["deploy-after-gate", "needs"],
    ),
    "a last step that always runs": (
        HEAD
        + job("all", extra=ON_MAIN, run=f"nox -xs {' '.join(CHAIN[:-1])}")
        + "      - if: always()\n        run: nox -s deploy\n",
        ["deploy-after-gate", "needs"],
    ),
    # failures
    "a gate that may fail": (
        changed("- run: nox -s gate", "- continue-on-error: true\n        run: nox -s gate"),
        ["failure-ignored"],
    ),
    "a job that may fail": (
        changed(job("test"), job("test", extra="    continue-on-error: true\n")),
        ["failure-ignored"],
    ),
    "or true": (changed("nox -s test", "nox -s test || true"), ["failure-ignored"]),
    "a pipe": (changed("nox -s gate", "nox -s gate | tee log"), ["failure-ignored"]),
    "in the background": (changed("nox -s gate", "nox -s gate &"), ["failure-ignored"]),
    "set +e": (
        changed("nox -s gate", "|\n          set +e\n          nox -s gate"),
        ["failure-ignored"],
    ),
    "a chain that is not the last": (
        changed("nox -s gate", "|\n          nox -s gate && echo ok\n          ls"),
        ["failure-ignored"],
    ),
    "true at the end": (changed("nox -s gate", "nox -s gate; true"), ["failure-ignored"]),
    "exit 0 at the end": (
        changed("nox -s gate", lines("nox -s gate", "exit 0")),
        ["failure-ignored"],
    ),
    "a trap that makes it a success": (
        changed("nox -s gate", lines("trap 'exit 0' EXIT", "nox -s gate")),
        ["failure-ignored"],
    ),
    "a function that goes on": (
        changed("nox -s gate", lines("run() { nox -s gate || true; }", "run")),
        ["failure-ignored"],
    ),
    "a trap that calls what makes it a success": (
        changed("nox -s gate", lines("end() { ls; exit 0; }", "trap end EXIT", "nox -s gate")),
        ["failure-ignored"],
    ),
    "a shell without -e": (
        changed("- run: nox -s gate", f"- shell: bash {{0}}\n        run: {lines(GATED, 'ls')}"),
        ["failure-ignored"],
    ),
    "a gate passed by in the shell": (
        HEAD
        + job("all", extra=ON_MAIN, run=f"nox -xs {' '.join(CHAIN[:4])}")
        + "      - run: "
        + lines('if [ "$CHECK" ]; then nox -s gate; fi')
        + "\n      - run: nox -xs register deploy\n",
        ["deploy-after-gate", "needs"],
    ),
    "deployed beside the gate, in the background": (
        HEAD
        + job("all", extra=ON_MAIN, run=f"nox -xs {' '.join(CHAIN[:4])}")
        + "      - run: "
        + lines("nox -s gate & gate=$!", "nox -xs register deploy", "wait $gate"),
        ["deploy-after-gate", "needs"],
    ),
    # permissions
    "no permissions": (changed("permissions:\n  contents: read\n", ""), ["permissions", "zizmor"]),
    "write-all": (
        changed("permissions:\n  contents: read", "permissions: write-all"),
        ["permissions", "zizmor"],
    ),
    "read-all": (
        changed("permissions:\n  contents: read", "permissions: read-all"),
        ["permissions", "zizmor"],
    ),
    "all may write": (changed("contents: read", "contents: write"), ["permissions", "zizmor"]),
    "a job that need not write": (
        changed(job("lint"), job("lint", extra="    permissions: {contents: write}\n")),
        ["permissions"],
    ),
    # pins
    "a tag of an action": (
        changed(CHECKOUT, "actions/checkout@v4"),
        ["pinned-actions", "zizmor"],
    ),
    "a branch of an action": (
        changed(PYTHON, "actions/setup-python@main"),
        ["pinned-actions", "zizmor"],
    ),
    "a short commit": (changed(CHECKOUT, CHECKOUT[:-8]), ["pinned-actions", "zizmor"]),
    "a called workflow of another": (
        GOOD + "  audit:\n    uses: some/where/.github/workflows/audit.yml@v1\n",
        ["pinned-actions", "zizmor"],
    ),
    "a container by its tag": (with_step("uses: docker://alpine:3"), ["pinned-actions"]),
    # secrets
    "a secret echoed": (with_step("run: echo ${{ secrets.DEPLOY_TOKEN }}"), ["secret-echoed"]),
    "a secret echoed under a condition": (
        with_step(f'run: if [ "$TOKEN" ]; then echo "$TOKEN"; fi\n        {HANDED}'),
        ["secret-echoed"],
    ),
    "a secret printed from its variable": (
        with_step(f"run: printf '%s' \"$TOKEN\"\n        {HANDED}"),
        ["secret-echoed"],
    ),
    "a secret of the whole workflow echoed": (
        with_step("run: 'echo \"token: ${TOKEN}\"'").replace(
            "jobs:\n", "env:\n  TOKEN: ${{ secrets.DEPLOY_TOKEN }}\njobs:\n"
        ),
        ["secret-echoed"],
    ),
    "a secret shown by tee": (
        with_step(f"run: echo $TOKEN | tee token.txt\n        {HANDED}"),
        ["secret-echoed"],
    ),
    "a secret encoded": (
        with_step(f"run: echo $TOKEN | base64\n        {HANDED}"),
        ["secret-echoed"],
    ),
    "a secret in a here-string": (
        with_step(f'run: cat <<< "$TOKEN"\n        {HANDED}'),
        ["secret-echoed"],
    ),
    "a secret turned round": (
        with_step(f'run: rev <<< "$TOKEN"\n        {HANDED}'),
        ["secret-echoed"],
    ),
    "a secret in a here-document": (
        with_step(f"run: {lines('cat <<EOF', 'token: $TOKEN', 'EOF')}\n        {HANDED}"),
        ["secret-echoed"],
    ),
    "a secret in a command that is traced": (
        with_step(
            f"run: {lines('set -eux', 'curl -H T:$TOKEN https://desk.example')}\n        {HANDED}"
        ),
        ["secret-echoed"],
    ),
    "all variables of the shell": (with_step(f"run: set\n        {HANDED}"), ["secret-echoed"]),
    "a variable declared": (
        with_step(f"run: declare -p TOKEN\n        {HANDED}"),
        ["secret-echoed"],
    ),
    "all variables as the system has them": (
        with_step(f"run: tr '\\0' ' ' < /proc/self/environ\n        {HANDED}"),
        ["secret-echoed"],
    ),
    "all variables printed by Python": (
        with_step(f'run: python -c "import os; print(dict(os.environ))"\n        {HANDED}'),
        ["secret-echoed"],
    ),
    "a secret into an output": (
        with_step(f'run: echo "t=$TOKEN" >> "$GITHUB_OUTPUT"\n        {HANDED}'),
        ["secret-echoed"],
    ),
    "all variables printed": (with_step(f"run: printenv\n        {HANDED}"), ["secret-echoed"]),
    "a secret printed by Python": (
        with_step(
            f"shell: python\n        run: import os; print(os.environ['TOKEN'])\n        {HANDED}"
        ),
        ["secret-echoed"],
    ),
    "a secret as an argument": (
        changed("nox -s deploy", "nox -s deploy -- --token ${{ secrets.DEPLOY_TOKEN }}"),
        ["secret-in-command"],
    ),
    "a secret in the text": (
        changed("jobs:\n", "env: {DEPLOY_TOKEN: hunter2-hunter2}\njobs:\n"),
        ["secret-in-text"],
    ),
    "a key in a command": (
        with_step(f"run: curl -u AKIA{'Q' * 16} https://desk.example"),
        ["secret-in-text"],
    ),
    # deployment
    "deployed from everywhere": (deploying(""), ["deploy-only-main"]),
    "deployed from every push": (
        deploying("github.event_name == 'push'", HEAD.replace("    branches: [main]\n", "")),
        ["deploy-only-main"],
    ),
    "deployed from a release branch, too": (
        deploying("github.event_name == 'push'", HEAD.replace("[main]", "[main, 'release/**']")),
        ["deploy-only-main"],
    ),
    "deployed from a tag called main": (
        deploying("github.ref_name == 'main'", HEAD.replace("    branches: [main]\n", "")),
        ["deploy-only-main"],
    ),
    "deployed by hand from any branch": (
        deploying(
            "github.event_name != 'pull_request'",
            HEAD.replace("  pull_request:", "  pull_request:\n  workflow_dispatch:"),
        ),
        ["deploy-only-main"],
    ),
    "deployed where a pull request goes to": (
        deploying("github.base_ref == 'main' || github.ref == 'refs/heads/main'"),
        ["deploy-only-main"],
    ),
    "deployed from a fork's main": (
        deploying("github.head_ref == 'main' || github.ref == 'refs/heads/main'"),
        ["deploy-only-main"],
    ),
    "deployed when a variable says so": (deploying("vars.DEPLOY == 'yes'"), ["deploy-only-main"]),
    "a condition that is text": (
        deploying("${{ github.ref == 'refs/heads/main' }} && true"),
        ["deploy-only-main", "zizmor"],
    ),
    "a condition nobody can read": (
        deploying("github.ref = 'refs/heads/main'"),
        ["deploy-only-main"],
    ),
    "deployed from a branch of a longer name": (
        deploying("github.ref_name == 'maintenance'"),
        ["deploy-only-main"],
    ),
    "never deployed": (deploying("github.ref == 'main'"), ["deploy-only-main"]),
    "never deployed, since what it needs is skipped": (
        deploying("github.ref == 'refs/heads/main'").replace(
            "    needs: train\n", "    needs: train\n    if: github.event_name == 'pull_request'\n"
        ),
        ["deploy-only-main"],
    ),
    # zizmor alone
    "a checkout that leaves its token": (
        changed("        with: {persist-credentials: false}\n", ""),
        ["zizmor"],
    ),
    "a title that becomes code": (
        with_step("run: ./notify ${{ github.event.head_commit.message }}"),
        ["zizmor"],
    ),
    "a title that becomes code, with a comment": (
        with_step("run: ./notify ${{ github.head_ref }}  # zizmor: ignore[template-injection]"),
        ["zizmor"],
    ),
    "all secrets handed on": (
        GOOD + "  audit:\n    uses: ./.github/workflows/audit.yml\n    secrets: inherit\n",
        ["zizmor"],
    ),
}


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT.keys())
def test_a_right_workflow_is_accepted(text: str) -> None:
    assert report(judge(text)) == report([])


@pytest.mark.parametrize(("text", "broken"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_workflow_breaks_just_its_rules(text: str, broken: list[str]) -> None:
    findings = judge(text)
    assert sorted({finding.rule for finding in findings}) == broken, report(findings)
    for finding in findings:  # each is a sentence, with a reason
        assert finding.message.endswith(".") and "\n" not in finding.message
        assert finding.why


def test_a_finding_says_what_and_where() -> None:
    text = deploying("", changed("[main]", "[dev]", HEAD)).replace("needs: train", "needs: lint")
    text = changed(CHECKOUT, "actions/checkout@v4", text)
    told = [finding.message for finding in judge(text)]
    assert told == [
        "unpinned-uses (high severity), line 12: action is not pinned to a hash (required by"
        " blanket policy).",
        "Under `on`, no push to main starts this workflow.",
        "In job gate (line 46), gate can run though train failed.",
        "In job lint, step 1 (line 12), 'actions/checkout@v4' is not pinned to a full commit.",
        "In job deploy (line 66), deploy can run for push on refs/heads/dev.",
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("  push:", "\tpush:", "Line 3: found character '\\t' that cannot start any token."),
        ("jobs:", "name: again\njobs:", "Line 8: the key 'name' is there twice."),
        ("[main]", "!secret x", "Line 4: GitHub knows no tag '!secret'."),
        ("runs-on", "run-on", "Line 10, jobs.lint: GitHub knows no key 'run-on' here."),
        ("needs: gate", "needs: 3", "Line 57, jobs.register.needs: 3 cannot stand here."),
        ("    branches: [main]", "    branches: main", "this is a string, and array is meant."),
        ("push:", "pushes:", "Line 3, on: GitHub knows no key 'pushes' here."),
        ("contents: read", "contents: reed", "Line 7, permissions.contents: 'reed' cannot stand"),
    ],
)
def test_what_cannot_be_read_is_told_in_plain_words(old: str, new: str, told: str) -> None:
    assert told in report(judge(changed(old, new)))


def test_findings_are_told_as_text() -> None:
    findings = [Finding("needs", "Job a comes too early.", "It may fail.")] * 2
    assert report(findings).splitlines() == ["needs: It may fail.", "  - Job a comes too early."]
    assert report([]).startswith("Accepted")


def test_a_reason_is_told_once_with_all_its_places_below() -> None:
    text = GOOD.replace(CHECKOUT, "actions/checkout@v4", 2)
    text = changed("permissions:\n  contents: read", "permissions: write-all", text)
    assert {finding.rule for finding in judge(text)} == {"permissions", "pinned-actions", "zizmor"}
    pinned = "is not pinned to a full commit."
    assert report(judge(text)).splitlines() == [
        "permissions: A stolen token can do what the job may do, so a job may do what it needs.",
        "  - At the top, `permissions` has `write-all`, which is every scope there is.",
        "pinned-actions: A tag or a branch can be moved to other code; a full commit cannot.",
        f"  - In job lint, step 1 (line 11), 'actions/checkout@v4' {pinned}",
        f"  - In job test, step 1 (line 20), 'actions/checkout@v4' {pinned}",
    ]


def test_what_zizmor_alone_has_found_is_told() -> None:
    findings = [f for f in judge(WRONG["a tag of an action"][0]) if f.rule == "zizmor"]
    assert "unpinned-uses (high severity), line 12" in report(findings)


def test_the_report_of_the_hurried_workflow_fits_a_screen() -> None:
    service = Path(course.__file__).parent / "data" / "service"
    lines = report(judge((service / ".github/workflows/ci.yml").read_text())).splitlines()
    assert 15 <= len(lines) <= 22
    assert max(map(len, lines)) <= 110


@pytest.mark.parametrize("call", ["nox", "nox -x", 'nox -s "$NAME"'])
def test_a_call_that_names_no_session_is_told_in_words(call: str) -> None:
    told = report(judge(changed("nox -s gate", call))).replace("\n    ", " ")
    assert f"`{call}` hides which stages it runs: name the sessions with -s." in told


@pytest.mark.parametrize("call", ["nox -t fast", "nox -s gate -k fast", "nox -f other.py -s gate"])
def test_a_call_that_picks_among_sessions_is_told_in_words(call: str) -> None:
    told = report(judge(changed("nox -s gate", call))).replace("\n    ", " ")
    assert f"`{call}` hides which stages it runs: name the sessions with -s, and leave out" in told


def test_a_shell_that_is_not_known_is_told_in_words() -> None:
    told = report(
        judge(changed("- run: nox -s gate", "- shell: true {0}\n        run: nox -s gate"))
    )
    assert "it is not known what `shell: true {0}` runs: leave it out." in told


def test_that_a_test_in_the_script_is_not_read_is_told_in_words() -> None:
    script = lines('[ "$GITHUB_REF" = refs/heads/main ] || exit 0', "nox -s deploy")
    told = judge(changed("nox -s deploy", script, deploying("")))
    assert [finding.rule for finding in told] == ["deploy-only-main"]
    assert told[0].message.endswith("A test in the script is not read: say it in `if:`.")


# Failures, as bash has them

STOPPED = [
    "nox -s gate",
    "nox -s gate || exit 1",
    "nox -s gate || exit",
    "nox -s gate || { echo why; exit 1; }",
    "nox -s gate || (echo why; exit 3)",
    "nox -s gate || { code=$?; echo why; exit $code; }",
    "nox -s gate || false",
    "nox -s gate && echo good",
    "nox -s gate &> log",
    "set -o pipefail\nnox -s gate | tee log",
    "if nox -s gate; then echo good; else exit 1; fi",
    "if ! nox -s gate; then echo bad; exit 1; fi",
    "set +e\nnox -s gate\ncode=$?\necho done\nexit $code",
    "set +e; ls; set -e; nox -s gate; echo good",
    "bad=0; nox -s gate || bad=1; echo done; exit $bad",
    "nox -s gate & wait $!",
    "nox -s gate & gate=$!; nox -s ok & wait $gate; wait $!",
    "for s in gate; do nox -s $s || exit 1; done",
    "for s in gate ok; do nox -s $s; done",
    "out=$(nox -s gate); echo $out",
    "case x in x) nox -s gate;; esac; echo good",
    "(nox -s gate); echo good",
    "run() { nox -s gate; echo good; }\nrun; echo good",
    "run() { nox -s gate || return 1; }; run; echo good",
    "(set +e; ls); nox -s gate; echo good",
]
PASSED = [
    "nox -s gate || exit 0",
    "nox -s gate || :",
    "nox -s gate || echo bad",
    "nox -s gate || /bin/true",
    "nox -s gate || ls",
    "nox -s gate || { echo bad; }",
    "nox -s gate || (exit 0)",
    "nox -s gate || exit 0 && exit 1",
    "nox -s gate &",
    "nox -s gate & wait",
    "nox -s gate & nox -s ok & wait $!",
    "! { nox -s gate || exit 0; }",
    "(nox -s gate; echo good) | cat",
    "{ nox -s gate && echo good || echo bad; } & wait $!",
    "nox -s gate | tee log",
    "! nox -s gate",
    "nox -s gate && echo good\necho done",
    "if nox -s gate; then echo good; fi",
    "if ! nox -s gate; then echo bad; fi",
    "if nox -s gate; then echo good; else echo bad; fi",
    "while nox -s gate; do exit 0; done",
    "set +e\nnox -s gate\necho done",
    "set +e; nox -s gate; true",
    "set +e; nox -s gate; exit 0",
    "(set +e; nox -s gate; echo done)",
    "for s in gate ok; do nox -s $s || continue; done",
    "for s in gate ok; do nox -s $s || break; done",
    "(nox -s gate) || true",
    "run() { nox -s gate || return 0; }; run",
    "run() { nox -s gate; echo good; }; if run; then echo good; fi",
    "trap 'exit 0' EXIT; nox -s gate",
    "{ nox -s gate; } || true",
    "{ nox -s gate; echo good; } || true",
]


def exits_with(script: str, folder: Path) -> int:
    """Run a script as GitHub does, with a nox that fails at the gate and nowhere else."""
    nox = folder / "nox"
    nox.write_text('#!/bin/sh\n[ "$2" != gate ]\n')
    nox.chmod(0o755)
    (folder / "script.sh").write_text(script)
    env = {"PATH": f"{folder}:/usr/bin:/bin"}
    ran = subprocess.run(["bash", "-e", "script.sh"], cwd=folder, env=env, capture_output=True)
    return ran.returncode


@pytest.mark.parametrize("script", STOPPED)
def test_a_script_that_stops_at_a_failure_is_accepted(script: str, tmp_path: Path) -> None:
    assert exits_with(script, tmp_path) != 0
    assert rules(changed("nox -s gate", lines(*script.split("\n")))) == []


@pytest.mark.parametrize("script", PASSED)
def test_a_script_that_goes_on_after_a_failure_is_refused(script: str, tmp_path: Path) -> None:
    assert exits_with(script, tmp_path) == 0
    findings = judge(changed("nox -s gate", lines(*script.split("\n"))))
    assert [finding.rule for finding in findings] == ["failure-ignored"]
    assert findings[0].message.endswith("a failure of gate is ignored.")


# Any text at all


DEEP = 20_000
BOMB = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join([f'*{chr(97 + i)}'] * 9)}]\n" for i in range(20)
)
ODD = {
    "nothing": "",
    "a comment": "# on: push",
    "a number": "12",
    "a list of numbers": "[1, 2.5, 0x1F, 1e400, -0]",
    "a very long number": "on: " + "9" * 6000,
    "tabs": "\t\t\n\t",
    "too long": "a: b\n" * 200_000,
    "as long as may be": "# " + "x\n# " * 12_000,
    "deep brackets": "[" * DEEP,
    "deep braces": "{a: " * DEEP,
    "deep dashes": "- " * DEEP,
    "a deep condition": deploying("${{ " + "(" * 500 + "true" + ")" * 500 + " }}"),
    "a condition of quotes": deploying('"' + "'" * 300 + '"'),
    "a bomb of aliases": BOMB,
    "a bomb within env": changed("jobs:", BOMB.replace("\n", "\n  ").join(["env:\n  ", "\njobs:"])),
    "an alias of itself": "on: &a [*a]",
    "an alias of nothing": "on: *nothing",
    "control characters": "on: \x00\x07",
    "half a character": "on: \ud800",
    "two documents": "on: push\n---\non: push",
    "a directive": "%YAML 9.9\n---\non: push",
    "a key that is a list": "? [a, b]\n: c",
    "a key that is nothing": "~: 1\ntrue: 2\n3: 4",
    "tags": "!!int x",
    "a set": "on: !!set {a, b}",
    "python": "!!python/object/apply:os.system ['touch run-by-yaml']",
    "python, too": "on: !!python/name:os.system",
    "a wide matrix": changed(
        "    runs-on",
        "    strategy:\n      matrix:\n"
        + "".join(f"        a{i}: {list(range(10))}\n" for i in range(30))
        + "    runs-on",
    ).replace("nox -s gate", "nox"),
    "wild branches": changed("[main]", f"['{'*a' * 400}', '[', '**+?', '{'?' * 90}']"),
    "quotes without end": changed("nox -s gate", "|\n          " + "'\"\\" * 5000),
    "keywords in a script": changed("nox -s gate", lines("if for x in nox; do ( case { ! " * 900)),
    "loops in loops": changed(
        "nox -s gate", lines("for a in 1 2 3 4 5 6 7 8 9; do " * 60 + "nox" + "; done" * 60)
    ),
    "empty loops in loops": changed(
        "nox -s gate", lines("for a in 1 2 3 4 5 6 7 8 9; do " * 60 + "; done" * 60)
    ),
    "functions in functions": changed(
        "nox -s gate",
        lines(
            "f() { f; f; }", *[f"g{i + 1}() {{ g{i}; g{i}; g{i}; }}" for i in range(60)], "g60; f"
        ),
    ),
    "definitions of definitions": changed("nox -s gate", lines("f() " * 5000, "f; function")),
    "here-documents": changed("nox -s gate", lines(*["cat <<A <<'B' <<-C", "A", "B"] * 1500)),
    "a pipe without end": changed("nox -s gate", lines("ls |")),
    "very many calls": changed("nox -s gate", lines(*['[ "$A" ] && nox -s x || b=$?'] * 900)),
    "brackets in a script": changed("nox -s gate", "|\n          " + "${{ $(( " * 3000),
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_odd_texts_are_findings_and_nothing_else(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert judge(text)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("value", [None, 3, b"on: push", ["on"], Path("ci.yml")])
def test_what_is_no_text_is_a_finding(value: object) -> None:
    (finding,) = judge(value)  # type: ignore[arg-type]
    assert finding.rule == "yaml" and type(value).__name__ in finding.message


def test_texts_with_something_changed_anywhere_are_judged() -> None:
    chance = random.Random(5)  # noqa: S311
    pieces = [
        "",
        "\t",
        " ",
        ":",
        "- ",
        "[",
        "}",
        "&a ",
        "*a",
        "!",
        "'",
        '"',
        "|",
        "${{",
        "#",
        "null",
        "3",
        "\n",
    ]
    for _ in range(40):
        text = GOOD
        for _ in range(chance.randint(1, 4)):
            start = chance.randrange(len(text))
            text = text[:start] + chance.choice(pieces) + text[start + chance.randint(0, 9) :]
        assert isinstance(judge(text), list)


# The judges that are not ours


def test_our_reading_of_the_schema_is_that_of_check_jsonschema(tmp_path: Path) -> None:
    accepted, refused = [], []
    for number, text in enumerate(RIGHT.values()):
        accepted.append(tmp_path / f"right-{number}.yml")
        accepted[-1].write_text(text, encoding="utf-8")
    for number, (text, broken) in enumerate(WRONG.values()):
        if broken != ["yaml"] and "<<" not in text:  # it merges, and GitHub does not
            kind = refused if broken == ["schema"] else accepted
            kind.append(tmp_path / f"wrong-{number}.yml")
            kind[-1].write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "check_jsonschema", "-o", "json", "--builtin-schema"]
    command += ["vendor.github-workflows", *map(str, accepted + refused)]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    assert {path.name for path in tmp_path.iterdir() if str(path) in said} == {
        path.name for path in refused
    }


def test_it_reads_no_configuration_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "zizmor.yml").write_text("rules: {artipacked: {disable: true}}")
    monkeypatch.chdir(tmp_path)
    for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "TMPDIR"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("ZIZMOR_CONFIG", "zizmor.yml")
    monkeypatch.setenv("GH_TOKEN", "none")
    assert rules(WRONG["a checkout that leaves its token"][0]) == ["zizmor"]
    assert [path.name for path in tmp_path.iterdir()] == ["zizmor.yml"]
    assert capfd.readouterr() == ("", "")
