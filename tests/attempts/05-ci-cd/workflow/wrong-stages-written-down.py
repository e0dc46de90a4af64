"""Writes the commands into the log, and runs none of them.

Caught by: workflow-check-order, workflow-check-rights, workflow-check-secrets, workflow-check-deploy
"""

workflow = """
on:
  push: {branches: [main]}
  pull_request: {branches: [main]}
permissions: {contents: read}
jobs:
  check:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683
        with: {persist-credentials: false}
      - run: pip install -r requirements.txt
      - run: |
          cat <<EOF
          I would run:
          nox -x -s lint test validate-data train gate
          EOF
  release:
    needs: check
    if: github.event_name == 'push' && github.ref == 'refs/heads/main'
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683
        with: {persist-credentials: false}
      - run: pip install -r requirements.txt
      - run: nox -x -s train gate register deploy
        env:
          REGISTRY_TOKEN: ${{ secrets.REGISTRY_TOKEN }}
"""
