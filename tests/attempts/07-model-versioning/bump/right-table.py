"""Puts the columns of both into a table, and asks about whole columns of it."""


def bump(old, new):
    """Return which part of the version number a change of the inputs raises."""
    kinds = pd.DataFrame(
        {
            side: {name: str(column.type) for name, column in schema.input_dict().items()}
            for side, schema in (("old", old), ("new", new))
        }
    )
    must = pd.DataFrame(
        {
            side: {name: column.required for name, column in schema.input_dict().items()}
            for side, schema in (("old", old), ("new", new))
        }
    ).eq(True)
    gone, added = kinds["new"].isna(), kinds["old"].isna()
    retyped = ~gone & ~added & (kinds["old"] != kinds["new"])
    if (gone | retyped | (must["new"] & ~must["old"])).any():
        return "major"
    if (added | (must["old"] & ~must["new"])).any():
        return "minor"
    return "patch"
