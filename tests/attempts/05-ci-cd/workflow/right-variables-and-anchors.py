"""Names the command once in a variable, the steps once by an anchor, and gives rights job by job."""

workflow = """
on:
  push:
    branches: ["main"]
  pull_request:
    branches: ["main"]
permissions: {}
env:
  NOX: python -m nox --stop-on-first-error -s
jobs:
  quick:
    runs-on: ubuntu-latest
    permissions: &read
      contents: read
    steps:
      - &checkout
        uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683
        with: {persist-credentials: false}
      - &install
        run: pip install -r requirements.txt
      - run: $NOX lint test validate-data
  model:
    needs: quick
    runs-on: ubuntu-latest
    permissions: *read
    steps:
      - *checkout
      - *install
      - run: $NOX train gate
      - if: ${{ github.ref_name == 'main' && github.event_name != 'pull_request' }}
        run: $NOX register deploy
        env:
          REGISTRY_TOKEN: ${{ secrets.REGISTRY_TOKEN }}
"""
