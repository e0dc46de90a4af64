"""Returns from within the branches of a try with an else."""


def retrain(champion, train, is_better):
    """Return the model that serves from now on, and what happened."""
    try:
        challenger = train()
        verdict = "promoted" if is_better(challenger, champion) else "refused"
    except Exception as problem:
        return champion, "failed: " + str(problem)
    else:
        return (challenger if verdict == "promoted" else champion), verdict
