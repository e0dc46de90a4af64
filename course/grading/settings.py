"""The settings that put this engine under stock `nbgrader`, for any course's `nbgrader_config.py`.

::

    from course.grading import settings

    c = get_config()
    settings.use(c, warm=["pandas", "sklearn.linear_model"])
"""

from collections.abc import Iterable

from traitlets.config import Config


def use(c: Config, warm: Iterable[str] = ()) -> None:
    """Make nbgrader collect, autograde and give feedback by the steps of this package.

    Everything else stays nbgrader's, and each step can be set differently afterwards, as in
    `c.ContainedProvisioner.memory = 4_000_000_000`; `docs/grading.md` lists what there is.

    Parameters
    ----------
    c : Config
        What `get_config()` returned.
    warm : iterable of str
        Modules that the kernels of submissions find imported already, as `"pandas"`, and functions
        that are called once before any submission runs, as `"course.flights:load_flights"`.

    Examples
    --------
    >>> c = Config()
    >>> use(c, warm=["pandas"])
    >>> c.Autograde.exporter_class
    'course.grading.autograde.ContainedExporter'
    """
    c.ExchangeFactory.collect = "course.grading.intake.collect.PlainCollect"
    c.ZipCollectApp.collector_plugin = "course.grading.intake.unpack.PlainCollector"
    c.ZipCollectApp.extractor_plugin = "course.grading.intake.unpack.PlainExtractor"

    c.Autograde.exporter_class = "course.grading.autograde.ContainedExporter"
    c.ContainedExporter.optimistic_validation = True  # once, not after each of the steps
    c.Autograde.sanitize_preprocessors = [
        "nbgrader.preprocessors.ClearOutput",
        "course.grading.restore.Restore",
        "nbgrader.preprocessors.OverwriteKernelspec",
    ]
    c.Autograde.autograde_preprocessors = [
        "course.grading.contained.ExecuteContained",
        "nbgrader.preprocessors.IgnorePattern",
        "course.grading.verdict.Settle",
        "nbconvert.preprocessors.ClearMetadataPreprocessor",
        "course.grading.limit.LimitBytes",
        "course.grading.verdict.SaveVerdict",
        "nbgrader.preprocessors.AssignLatePenalties",
    ]
    c.ContainedProvisioner.kernel_class = "course.grading.watched.WatchedKernel"
    c.ContainedProvisioner.warm = [*warm, "course.grading.integrity:take_baseline"]

    # nbgrader's own steps, and between them ours: claim, question, the learner's own error, and no
    # hidden test.
    c.GenerateFeedback.preprocessors = [
        "nbgrader.preprocessors.GetGrades",
        "course.grading.feedback.ExplainChecks",
        "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
        "course.grading.style.FeedbackStyle",
    ]

    # In Formgrader's pages too, no submission may act.
    c.HTMLExporter.preprocessors = ["course.grading.harmless.HarmlessOutputs"]
    c.HTMLExporter.filters = {
        "highlight_code": "course.grading.harmless.highlight_code",
        "markdown2html": "course.grading.harmless.markdown2html",
        "strip_files_prefix": "course.grading.harmless.as_it_is",
    }
