"""Plain Python: counts value by value."""


def triage(history, batch, promised, measured):
    """Return what is to be done: "fix the feed", "retrain" or "nothing"."""
    advice = "nothing"
    if promised > measured + 0.05:
        advice = "retrain"
    for column in batch:
        low, high = np.nanmin(history[column]), np.nanmax(history[column])
        strange = known = 0
        for value in batch[column]:
            if pd.isna(value):
                continue
            known += 1
            if not low <= value <= high:
                strange += 1
        if 2 * strange > known:
            advice = "fix the feed"
    return advice
