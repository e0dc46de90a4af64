"""The gate's step runs only where a variable of the repository says so.

Caught by: workflow-check-order, workflow-check-deploy
"""

workflow = """
on:
  push: {branches: [main]}
  pull_request:
permissions: {contents: read}
jobs:
  check:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683
        with: {persist-credentials: false}
      - run: pip install -r requirements.txt
      - run: nox -x -s lint test validate-data train
      - run: nox -x -s gate
        if: vars.GATE == 'on'
  release:
    needs: check
    if: github.event_name == 'push' && github.ref == 'refs/heads/main'
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683
        with: {persist-credentials: false}
      - run: pip install -r requirements.txt
      - run: nox -x -s train register deploy
"""
