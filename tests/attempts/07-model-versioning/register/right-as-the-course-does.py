"""Looks at the tags, and leaves the rest to the class that the lesson imports."""


def register(client, name, model, rows, tags):
    """Keep a model as the next version of a registered model, and return the version."""
    if not {"data_hash", "git_commit", "run"} <= {key for key, text in tags.items() if text}:
        raise ValueError("Where does this model come from?")
    return MlflowRegistry(name).register(model, tags, rows)
