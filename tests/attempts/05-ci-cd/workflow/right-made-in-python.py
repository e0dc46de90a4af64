"""Builds the workflow from a dictionary, and writes it as JSON, which is YAML."""

checkout = {
    "uses": "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683",
    "with": {"persist-credentials": False},
}
main = {"branches": ["main"]}
needs = {
    "lint": [],
    "test": [],
    "validate-data": [],
    "train": ["test", "validate-data"],
    "gate": ["train"],
    "register": ["lint", "gate"],
    "deploy": ["register"],
}
jobs = {
    stage: {
        "runs-on": "ubuntu-latest",
        "steps": [checkout, {"run": "pip install -r requirements.txt\nnox -s " + stage}],
    }
    for stage in needs
}
for stage, before in needs.items():
    if before:
        jobs[stage]["needs"] = before
for stage in ("register", "deploy"):
    jobs[stage]["if"] = "github.ref == 'refs/heads/main'"
workflow = json.dumps(
    {
        "on": {"push": main, "pull_request": main},
        "permissions": {"contents": "read"},
        "jobs": jobs,
    },
    indent=2,
)
