"""Has one job, with a step for each stage and a condition at the last two."""

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
    runs-on: ubuntu-24.04
    timeout-minutes: 30
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
        with:
          persist-credentials: false
      - run: python -m pip install -r requirements.txt
      - run: nox -s lint
      - run: nox -s test
      - run: nox -s validate-data
      - run: nox -s train
      - run: nox -s gate
      - name: Register and deploy
        if: github.ref == 'refs/heads/main'
        run: |
          nox -s register
          nox -s deploy
        env:
          REGISTRY_TOKEN: ${{ secrets.REGISTRY_TOKEN }}
"""
