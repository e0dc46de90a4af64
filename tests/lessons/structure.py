"""The anatomy of a lesson as rules: each tells what a notebook breaks, and how to mend it."""

import ast
import re
from collections.abc import Callable, Iterator
from statistics import median

from nbformat import NotebookNode

VENDORS = ("MLflow", "SageMaker", "Vertex AI", "Databricks", "DataRobot")
BUTTON = "CheckMyWork()"
HIDDEN = re.compile(
    r"^[ \t]*### BEGIN HIDDEN TESTS\n.*?^[ \t]*### END HIDDEN TESTS\n?", re.M | re.S
)
SOLUTION = re.compile(r"^[ \t]*### BEGIN SOLUTION\n.*?^[ \t]*### END SOLUTION\n?", re.M | re.S)

Complaints = Iterator[str]
RULES: list[Callable[[NotebookNode], Complaints]] = []


SCOPES = (
    ast.FunctionDef,
    ast.ClassDef,
    ast.Lambda,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
    ast.GeneratorExp,
)


def rule(function: Callable[[NotebookNode], Complaints]) -> Callable[[NotebookNode], Complaints]:
    RULES.append(function)
    return function


def grade_id(cell: NotebookNode) -> str:
    return cell.metadata.get("nbgrader", {}).get("grade_id", "")


def role(cell: NotebookNode) -> str:
    """Return what part a cell plays: prose, open (code), task, solution or check."""
    meta = cell.metadata.get("nbgrader")
    if meta:
        return "check" if meta.grade else "solution" if meta.solution else "task"
    return "prose" if cell.cell_type == "markdown" else "open"


def cells(notebook: NotebookNode, *roles: str) -> list[tuple[str, NotebookNode]]:
    """Return the cells that play one of these parts, each with what to call it in a complaint."""
    numbered = enumerate(notebook.cells, start=1)
    return [
        (f"cell {number} ({grade_id(cell) or cell.source[:30]!r})", cell)
        for number, cell in numbered
        if not roles or role(cell) in roles
    ]


def prose(cell: NotebookNode) -> str:
    """Return a markdown cell without its code, tables, formulas, comments and addresses."""
    text = re.sub(r"^```.*?^```|\$\$.*?\$\$|<!--.*?-->", "", cell.source, flags=re.M | re.S)
    text = re.sub(r"^\s*\|.*$|\$[^$\n]+\$|\]\([^)]*\)|<[^>]+>", " ", text, flags=re.M)
    return text


def headings(notebook: NotebookNode) -> list[tuple[int, str, int]]:
    """Return every heading as (its cell's index, its text, its level)."""
    return [
        (index, match[2].strip(), len(match[1]))
        for index, cell in enumerate(notebook.cells)
        if cell.cell_type == "markdown"
        for match in re.finditer(r"^(#+) (.+)$", prose(cell), flags=re.M)
    ]


@rule
def starts_with_a_title(notebook: NotebookNode) -> Complaints:
    titles = [(index, text) for index, text, level in headings(notebook) if level == 1]
    if [index for index, _ in titles] != [0]:
        yield f"the first cell, and no other, has a heading of level 1, not {titles}"


@rule
def has_objectives_with_minutes(notebook: NotebookNode) -> Complaints:
    first_code = next(i for i, cell in enumerate(notebook.cells) if cell.cell_type == "code")
    opening = "\n".join(cell.source for cell in notebook.cells[:first_code])
    if len(re.findall(r"^\s*[-*] ", opening, flags=re.M)) < 3:
        yield "before the setup cell, list three objectives or more: what the learner can do after"
    if not re.search(r"\d+ minutes", opening):
        yield "before the setup cell, say how many minutes the lesson takes"


@rule
def has_one_setup_cell(notebook: NotebookNode) -> Complaints:
    for where, cell in cells(notebook, "open", "solution")[1:]:
        if any(name.split(".")[0] != "course" for name in _imported(cell.source)):
            yield f"{where} imports a tool: the setup cell, the first code cell, does that"


def _imported(source: str) -> Iterator[str]:
    """Return the modules that a cell imports for the cells after it."""
    for line in ast.parse(source).body:
        if isinstance(line, ast.Import):
            yield from (alias.name for alias in line.names)
        elif isinstance(line, ast.ImportFrom):
            yield str(line.module)


@rule
def opens_the_workspace_before_mlflow(notebook: NotebookNode) -> Complaints:
    code = "\n".join(cell.source for _, cell in cells(notebook, "open", "solution"))
    imported = re.search(r"^(import|from) mlflow\b", code, flags=re.M)
    if imported and "open_workspace(" not in code[: imported.start()]:
        yield "open_workspace(...) comes before MLflow is imported, or MLflow reports its use"


@rule
def ends_with_its_four_parts(notebook: NotebookNode) -> Complaints:
    sections = [text for _, text, level in headings(notebook) if level == 2]
    if [*sections[-4:-2], *sections[-1:]] != ["What you can do now", "Go deeper", "Check my work"]:
        yield (
            "it ends: 'What you can do now', 'Go deeper', the dictionary, 'Check my work'; "
            f"not {sections[-4:]}"
        )
    table = [line for line in notebook.cells[-3].source.splitlines() if line.startswith("|")]
    missing = [vendor for vendor in VENDORS if not table or vendor not in table[0]]
    if missing:
        yield f"the last section but one is the vendor dictionary, with columns for {missing} too"
    if role(notebook.cells[-1]) != "open" or not notebook.cells[-1].source.endswith(BUTTON):
        yield f"the last cell shows the button: it is code that ends with {BUTTON}"
    last = max((i for i, cell in enumerate(notebook.cells) if role(cell) == "check"), default=0)
    if last > max((i for i, text, _ in headings(notebook) if text == "Go deeper"), default=0):
        yield "the exercises come before 'Go deeper'"


@rule
def names_its_graded_cells(notebook: NotebookNode) -> Complaints:
    solutions = {grade_id(cell) for _, cell in cells(notebook, "solution")}
    seen = set()
    for where, cell in cells(notebook, "task", "solution", "check"):
        name = grade_id(cell)
        if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name) or len(name) > 64:
            yield f"{where}: a grade_id is words in kebab-case, 64 characters at most"
        if name in seen:
            yield f"{where}: another cell has the same grade_id"
        seen.add(name)
        wanted = {"task": "NAME-task", "check": "NAME-check-CLAIM"}.get(role(cell), "NAME")
        pattern = wanted.replace("NAME", "(.+?)").replace("CLAIM", ".+")
        match = re.fullmatch(pattern, name)
        if role(cell) != "solution" and not (match and match[1] in solutions):
            yield f"{where}: it is called {wanted}, where NAME is the grade_id of a solution"


@rule
def orders_each_exercise(notebook: NotebookNode) -> Complaints:
    order = [grade_id(cell) for _, cell in cells(notebook, "task", "solution", "check")]
    for where, cell in cells(notebook, "solution"):
        name = grade_id(cell)
        place = order.index(name)
        checks = [i for i, other in enumerate(order) if other.startswith(f"{name}-check-")]
        if not checks:
            yield f"{where} has no check cell"
        elif checks != list(range(place + 1, place + 1 + len(checks))):
            yield f"{where}: its checks follow it, before the next exercise"
        if place == 0 or order[place - 1] != f"{name}-task":
            yield f"{where}: its task, {name}-task, stands right before it"


@rule
def has_five_to_eight_exercises(notebook: NotebookNode) -> Complaints:
    count = len(cells(notebook, "solution"))
    if not 5 <= count <= 8:
        yield f"a lesson has 5 to 8 exercises, not {count}"


@rule
def locks_and_scores_its_checks(notebook: NotebookNode) -> Complaints:
    for where, cell in cells(notebook, "task", "check"):
        if not cell.metadata.nbgrader.locked:
            yield f'{where} needs "locked": true'
    for where, cell in cells(notebook, "check"):
        if not cell.metadata.nbgrader.get("points", 0) > 0:
            yield f"{where} needs points above 0"


@rule
def states_a_claim_and_asks_questions(notebook: NotebookNode) -> Complaints:
    for where, cell in cells(notebook, "check"):
        body = ast.parse(cell.source)
        claim = ast.get_docstring(body)
        if not claim or "\n" in claim.strip():
            yield f"{where} begins with its claim, a docstring of one line"
        last = body.body[-1]
        while isinstance(last, ast.For | ast.If | ast.With):
            last = last.body[-1]
        if not isinstance(last, ast.Assert):
            yield f"{where} ends with an assert: nbgrader may take another last value for points"
        for statement in ast.walk(body):
            if isinstance(statement, ast.Assert) and not _is_question(statement.msg):
                yield f"{where}, line {statement.lineno}: the assert's message is a question"


@rule
def takes_no_name_from_learners(notebook: NotebookNode) -> Complaints:
    """A check that binds `shares` would take the place of a helper that a learner calls so."""
    for where, cell in cells(notebook, "check"):
        for name in sorted(_bound(ast.parse(cell.source))):
            if not name.endswith("_"):
                yield f"{where} binds {name}: call it {name}_, as a learner may have a {name}"


@rule
def lets_the_learner_see_a_claim(notebook: NotebookNode) -> Complaints:
    checks = cells(notebook, "check")
    for where, solution in cells(notebook, "solution"):
        own = [c for _, c in checks if grade_id(c).startswith(f"{grade_id(solution)}-check-")]
        if not any("assert " in HIDDEN.sub("", check.source) for check in own):
            yield f"{where}: at least one of its checks has an assert that is not hidden"


@rule
def marks_its_solutions(notebook: NotebookNode) -> Complaints:
    for where, cell in cells(notebook, "solution"):
        if not SOLUTION.search(cell.source):
            yield f"{where} marks its answer with ### BEGIN SOLUTION and ### END SOLUTION"


@rule
def keeps_code_short(notebook: NotebookNode) -> Complaints:
    for where, cell in cells(notebook, "open", "solution", "check"):
        limit = 12 if role(cell) == "open" else 25
        for limit_of, source in ((limit, HIDDEN.sub("", cell.source)), (45, cell.source)):
            if (length := len(source.splitlines())) > limit_of:
                yield f"{where} has {length} lines, {limit_of} at most: split it, or call course/"


@rule
def says_why_before_code(notebook: NotebookNode) -> Complaints:
    for before, (where, cell) in zip(notebook.cells, cells(notebook)[1:], strict=False):
        if role(cell) == "open" and role(before) not in ("prose", "task", "solution"):
            yield f"{where}: a sentence before each code cell says why"


@rule
def keeps_prose_short(notebook: NotebookNode) -> Complaints:
    counts = []
    for where, cell in cells(notebook, "prose", "task"):
        text = prose(cell)
        if role(cell) == "task":  # what is there to judge stands in a list, of any length
            text = re.sub(r"^\s*([-*]|\d+\.) .*\n?(^ +.*\n?)*", "", text, flags=re.M)
        counts.append(len(re.findall(r"[^\W_][\w'.,-]*", text)))
        if counts[-1] > 90:
            yield f"{where} has {counts[-1]} words: 90 at most, 25 to 60 as a rule"
    if not 25 <= median(counts) <= 60:
        yield f"a markdown cell has {median(counts):.0f} words in the median: 25 to 60 is meant"


@rule
def nests_its_headings(notebook: NotebookNode) -> Complaints:
    before = 0
    for _, text, level in headings(notebook):
        if level > before + 1:
            yield f"the heading {text!r} has level {level} below one of level {before}"
        before = level


@rule
def describes_its_images(notebook: NotebookNode) -> Complaints:
    for where, cell in cells(notebook, "prose", "task"):
        images = re.findall(r"!\[\s*\]\([^)]*\)|<(?:img|svg)\b[^>]*>", cell.source)
        for image in images:
            if not re.search(r"""(alt|aria-label)=["'][^"']""", image):
                yield f"{where}: {image[:40]} needs a text alternative"


@rule
def holds_no_outputs(notebook: NotebookNode) -> Complaints:
    for where, cell in cells(notebook):
        if cell.get("outputs") or cell.get("execution_count"):
            yield f"{where} has been run: `make build` writes it without outputs"


def _is_question(message: ast.expr | None) -> bool:
    if isinstance(message, ast.JoinedStr):
        message = message.values[-1]
    return isinstance(message, ast.Constant) and str(message.value).endswith("?")


def _bound(tree: ast.AST) -> Iterator[str]:
    """Yield the names that a cell binds where learners' names are, but for what it imports."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.ExceptHandler) and node.name:
            yield node.name
        if not isinstance(node, SCOPES):
            yield from _bound(node)
