"""Runs many sessions with one command, which goes on after one that failed.

Caught by: workflow-check-order, workflow-check-deploy
"""

workflow = """
name: model
on:
  push:
    branches: [main]
  pull_request:
    branches: [main]
permissions:
  contents: read
jobs:
  pipeline:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
        with:
          persist-credentials: false
      - run: python -m pip install -r requirements.txt
      - run: nox -s lint test validate-data train gate
  release:
    needs: pipeline
    if: github.event_name == 'push' && github.ref == 'refs/heads/main'
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
        with:
          persist-credentials: false
      - run: python -m pip install -r requirements.txt
      - run: nox -x -s train register deploy
        env:
          REGISTRY_TOKEN: ${{ secrets.REGISTRY_TOKEN }}
"""
