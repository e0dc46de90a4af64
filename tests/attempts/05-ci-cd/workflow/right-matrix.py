"""Checks with a matrix, and trains and releases in jobs of their own."""

workflow = """
name: model
on:
  push:
    branches: [main]
  pull_request:
    branches: [main]
permissions:
  contents: read
concurrency: main-${{ github.ref }}
jobs:
  check:
    strategy:
      matrix:
        session: [lint, test, validate-data]
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
        with:
          persist-credentials: false
      - run: python -m pip install -r requirements.txt
      - run: nox -s ${{ matrix.session }}
  model:
    needs: [check]
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
        with:
          persist-credentials: false
      - run: python -m pip install -r requirements.txt
      - run: nox -s train && nox -s gate
      - if: github.event_name == 'push'
        run: nox -x --session register deploy
        env:
          REGISTRY_TOKEN: ${{ secrets.REGISTRY_TOKEN }}
"""
