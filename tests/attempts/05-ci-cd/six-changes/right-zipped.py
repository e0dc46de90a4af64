"""Zips letters and words."""

answers = dict(zip("ABCDEF", ["redeploy", "retrain", "neither"] * 2))
answers["D"], answers["E"] = "redeploy", "retrain"
