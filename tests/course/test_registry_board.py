"""The board shows the registry as it is, and what is pressed on it happens there."""

import re

import mlflow
import pytest
from traitlets import TraitError

from course import champions
from course.drills import new_model
from course.lessons import CourseError
from course.widgets.registry import RegistryBoard
from course.workspace import ROOT_VARIABLE, open_workspace

MEASURED = {1: (0.6, 0.7, 0.65, 0.66), 2: (0.7, 0.75, 0.6, 0.7), 3: (0.72, 0.76, 0.7, 0.73)}


@pytest.fixture
def client(tmp_path, monkeypatch):
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path / "ä #1 %41"))
    open_workspace("07-model-versioning")
    return mlflow.MlflowClient()


@pytest.fixture
def name(client) -> str:
    """Three versions: the second is better on average, and worse at La Guardia."""
    name = new_model(versions=3)
    for version, aucs in MEASURED.items():
        with mlflow.start_run() as run:
            mlflow.log_param("since", version)
            for place, auc in zip(("EWR", "JFK", "LGA", "all"), aucs, strict=True):
                mlflow.log_metric(f"auc_{place}", auc)
        tags = {"run": run.info.run_id, "data_hash": f"{version}" * 64, "git_commit": "c" * 40}
        for key, value in tags.items():
            client.set_model_version_tag(name, str(version), key, value)
    return name


def cells(board: RegistryBoard) -> list[list[str]]:
    """Return the texts of the board's first table, row by row."""
    drawn = board.draw().replace("\N{NO-BREAK SPACE}", " ")
    rows = re.findall(r"<tr.*?</tr>", drawn.split("</table>")[0])
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]


def facts(board: RegistryBoard) -> dict[str, str]:
    return dict(re.findall(r"<th scope='row'>([^<]*)</th><td>(.*?)</td>", board.draw()))


def press(board: RegistryBoard, name: object) -> None:
    """Let a board take what its page sends when a button is pressed."""
    data = {"method": "custom", "content": {"press": name}}
    board._handle_msg({"content": {"data": data}, "buffers": []})


def test_what_is_promoted_and_rolled_back_on_the_board_is_so_in_the_registry(client, name):
    board = RegistryBoard(name)
    for version in (1, 2, 3):
        board.version = version
        board.promote()
        assert int(client.get_model_version_by_alias(name, "champion").version) == version
    board.roll_back()
    assert (board.version, champions.champion(client, name)) == (2, 2)
    board.roll_back()
    assert (board.version, champions.champion(client, name)) == (1, 1)


def test_what_is_changed_in_python_shows_on_the_board(client, name):
    board = RegistryBoard(name)
    board._repr_mimebundle_()
    assert board._shown["sentence"].startswith("No version is champion yet")
    champions.crown(client, name, 1)
    champions.crown(client, name, 3)
    client.set_registered_model_alias(name, "challenger", "2")
    board.reread()
    assert board._shown["sentence"].startswith(
        "Version 3 is champion. Before it came version 1, which a rollback would bring back."
    )
    assert [row[1] for row in cells(board)[1:]] == ["none", "challenger", "champion"]


def test_a_version_that_is_registered_later_can_be_chosen(client, name):
    board = RegistryBoard(name)
    board._repr_mimebundle_()
    with pytest.raises(TraitError, match="version cannot be 4"):
        board.version = 4
    client.create_model_version(name, source="nowhere")
    press(board, "reread")
    assert board.version == 3
    board.version = 4
    (offered,) = [control for control in board._controls if control["name"] == "version"]
    assert offered["texts"][-1] == "version 4"
    assert facts(board)["Data hash"] == facts(board)["Parameters"] == "not recorded"
    assert cells(board)[4][2:] == ["not measured"] * 4
    press(board, "promote")
    assert champions.champion(client, name) == 4


def test_slices_are_shown_beside_the_champions(client, name):
    champions.crown(client, name, 1)
    board = RegistryBoard(name)
    head, first, second, _ = cells(board)
    assert head == ["Version", "Alias", "AUC EWR", "AUC JFK", "AUC LGA", "AUC all"]
    assert first == ["1 (shown)", "champion", "0.600", "0.700", "0.650", "0.660"]
    assert second[2:] == ["0.700 (+0.100)", "0.750 (+0.050)", "0.600 (-0.050)", "0.700 (+0.040)"]
    board.version = 2
    assert board.describe().endswith(
        "Version 2, which you are looking at, is better at EWR and JFK and worse at LGA than "
        "version 1, +0.040 of AUC overall."
    )


def test_the_champion_is_compared_with_the_one_that_it_replaced(client, name):
    for version in (1, 2):
        champions.crown(client, name, version)
    assert "worse at LGA than version 1, +0.040" in RegistryBoard(name).describe()


def test_the_lineage_is_that_of_the_version_shown(name, client):
    board = RegistryBoard(name)
    for version in (3, 1):
        board.version = version
        run = client.get_model_version(name, str(version)).tags["run"]
        shown = facts(board)
        assert (shown["Data hash"], shown["Git commit"]) == (f"{version}" * 12, "c" * 12)
        assert (shown["Run"], shown["Parameters"]) == (run[:12], f"since = {version}")
        assert f"Where version {version} comes from" in board.draw()


def test_where_there_is_nothing_to_go_back_to_the_page_says_so(client, name):
    champions.crown(client, name, 2)
    board = RegistryBoard(name)
    board._repr_mimebundle_()
    assert "None was before" in board.describe()
    press(board, "roll_back")
    assert "That was not done (ValueError: No version of" in board._shown["sentence"]
    assert "<table>" in board._shown["figure"]
    assert champions.champion(client, name) == 2


@pytest.mark.parametrize(
    "nonsense", ["refresh", "close", "__init__", "version", None, 3, ["promote"]]
)
def test_a_page_presses_nothing_but_buttons(client, name, nonsense):
    board = RegistryBoard(name)
    board._repr_mimebundle_()
    before = board._shown
    press(board, nonsense)
    assert board._shown == before
    assert champions.champion(client, name) is None


def test_what_others_wrote_into_the_registry_is_text_and_not_html(client, name):
    client.set_model_version_tag(name, "3", "git_commit", "<b onclick='x()'>")
    client.set_registered_model_alias(name, "a-b", "3")
    drawn = RegistryBoard(name).draw()
    assert "<b " not in drawn
    assert "&lt;b onclick" in drawn


def test_a_deleted_version_and_a_run_that_is_gone_do_not_break_the_board(client, name):
    board = RegistryBoard(name)
    client.delete_model_version(name, "2")
    client.set_model_version_tag(name, "1", "run", "gone")
    board.version = 2
    assert "Version 2 has been deleted." in board.describe()
    assert [row[0] for row in cells(board)[1:]] == ["1", "3"]
    assert cells(board)[1][2:] == ["not measured"] * 4


def test_a_model_without_versions_is_named(client):
    client.create_registered_model("empty")
    for name in ("empty", "nobody"):
        with pytest.raises(CourseError, match=f"No version of '{name}' is registered"):
            RegistryBoard(name)
