"""The model: a logistic regression over categories and numbers."""

from sklearn.compose import make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

CATEGORIES = ["origin", "carrier"]
TRUSTED = ["numpy.dtype"]  # a type in the model's file that skops does not trust by itself


def make_model() -> Pipeline:
    """Return the model, not yet trained."""
    return make_pipeline(
        make_column_transformer(
            (OneHotEncoder(handle_unknown="ignore"), CATEGORIES),
            remainder=make_pipeline(SimpleImputer(), StandardScaler()),
        ),
        LogisticRegression(),
    )
