"""Issues as data: the shipped ones, a user's file, its mistakes, and the verb that shows them. All issues here are invented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from legation import cli
from legation.errors import IssuesError, LegationError, SourceNotFoundError
from legation.positions.issues import all_issues, load_issues, user_file
from legation.positions.library import library_with
from legation.positions.matching import Matcher
from legation.positions.terms import fault_of_term
from training.position_corpus import options_of_issues

DOCS = Path(__file__).parent.parent / "docs" / "issues.md"
FERRY = """\
[[issue]]
id = "lake-ferry"
name = "The ferry"
words = ["ferry"]

[[issue.option]]
id = "run"
means = "to run it"
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return path


def faults(folder: Path, text: str) -> list[str]:
    with pytest.raises(IssuesError) as caught:
        load_issues(write(folder, text))
    return [line.partition("own.toml")[2] for line in str(caught.value).splitlines()]


# ---------------------------------------------------------------- shipped


def test_every_shipped_issue_and_option_has_words() -> None:
    issues = load_issues()
    assert len(issues) >= 75
    for issue in issues.values():
        assert len(issue.words) >= 15, issue.id
        assert issue.default is not None
        assert issue.question
        assert issue.theme
        assert all(len(option.words) >= 8 for option in issue.options), issue.id


def test_the_shipped_issues_are_those_of_the_corpus() -> None:
    assert {issue.id: tuple(o.id for o in issue.options) for issue in load_issues().values()} == options_of_issues()


def test_no_shipped_word_is_a_hint_as_well() -> None:
    for issue in load_issues().values():
        assert not {*issue.words} & {*issue.hints}, issue.id


def test_a_change_of_the_answer_does_not_reach_the_next_one() -> None:
    load_issues().clear()
    assert load_issues()


# ---------------------------------------------------------------- a user's file


def test_the_example_of_the_docs_loads_and_is_found(tmp_path: Path) -> None:
    example = re.search(r"```toml\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.S)
    assert example is not None
    issues = load_issues(write(tmp_path, example[1]))
    ferry = issues["lake-ferry"]
    assert [option.id for option in ferry.options] == ["run", "stop"]
    assert ferry.excluded == ("ferry tale",)
    assert issues["sanctions"].words[-1] == "Lakeland Measures"
    matcher = Matcher(library_with(issues))
    best = matcher.match("the night ferry must be moored", "The night ferry must be moored by winter")[0]
    assert (best.issue, best.option) == ("lake-ferry", "stop")
    by_pattern = matcher.match("day boats only", "On the lake crossing I want day boats only")[0]
    assert (by_pattern.issue, by_pattern.option) == ("lake-ferry", "stop")


def test_the_docs_name_every_key(tmp_path: Path) -> None:
    told = faults(tmp_path, FERRY.replace("name =", "nom =").replace("means", "meaning"))
    keys = {key.strip(". ") for line in told if "keys are" in line for key in line.partition("keys are")[2].split(",")}
    assert len(keys) >= 11
    text = DOCS.read_text(encoding="utf-8")
    assert all(f"`{key}`" in text or f"[[issue.{key}]]" in text for key in keys)


def test_a_user_adds_an_issue(tmp_path: Path) -> None:
    issues = load_issues(write(tmp_path, FERRY))
    assert issues.keys() == {*load_issues(), "lake-ferry"}
    assert issues["lake-ferry"].question is None


def test_a_shipped_issue_keeps_what_it_has_and_gets_more(tmp_path: Path) -> None:
    text = '[[issue]]\nid = "sanctions"\nwords = ["lake act", "embargo"]\n[[issue.option]]\nid = "relieve"\nwords = ["thaw"]\n'
    shipped, own = load_issues()["sanctions"], load_issues(write(tmp_path, text))["sanctions"]
    assert own.words == (*shipped.words, "lake act")
    assert own.name == shipped.name
    assert [option.id for option in own.options] == [option.id for option in shipped.options]
    relieve, before = own.option("relieve"), shipped.option("relieve")
    assert relieve is not None
    assert before is not None
    assert relieve.words == (*before.words, "thaw")
    assert relieve.verbs == before.verbs


def test_a_shipped_issue_gets_another_option_and_another_name(tmp_path: Path) -> None:
    text = '[[issue]]\nid = "sanctions"\nname = "Measures"\n[[issue.option]]\nid = "target"\nmeans = "to aim them"\n'
    own = load_issues(write(tmp_path, text))["sanctions"]
    assert own.name == "Measures"
    assert [option.id for option in own.options] == ["impose", "keep", "relieve", "target"]


def test_an_issue_that_replaces_a_shipped_one_keeps_nothing_of_it(tmp_path: Path) -> None:
    own = load_issues(write(tmp_path, FERRY.replace("lake-ferry", "sanctions").replace("name", "replace = true\nname")))
    assert own["sanctions"].words == ("ferry",)
    assert [option.id for option in own["sanctions"].options] == ["run"]
    assert own["sanctions"].default is None


def test_the_users_file_lies_in_the_config_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert all_issues() == load_issues()
    user_file().parent.mkdir()
    user_file().write_text(FERRY, encoding="utf-8")
    assert user_file() == tmp_path / "legation" / "issues.toml"
    assert "lake-ferry" in all_issues()


# ---------------------------------------------------------------- mistakes


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ('id = "lake-ferry"', 'id = "Lake Ferry"', 2, "small letters, digits and hyphens"),
        ('id = "lake-ferry"\n', "", 1, "The id is missing"),
        ('name = "The ferry"', 'name = ""', 3, "name must be text"),
        ('name = "The ferry"', "name = 4", 3, "name must be text"),
        ('name = "The ferry"\n', "", 1, "The name is missing"),
        ('name = "The ferry"', 'nmae = "The ferry"', 3, "'nmae' is no key of an issue. The keys are default, hints"),
        ('["ferry"]', '"ferry"', 4, 'words must be a list of texts, such as ["one", "two"]'),
        ('["ferry"]', '["ferry", 3]', 4, "words must be a list of texts"),
        ('["ferry"]', '["fe*rry"]', 4, 'a "*" stands inside a word'),
        ('["ferry"]', '["fe*"]', 4, "would match too much"),
        ('["ferry"]', '["..."]', 4, "has no letters"),
        ('["ferry"]', '["2 % ferry"]', 4, "The term '2 % ferry' has no letters in '%'"),
        ('words = ["ferry"]', "words = []", 1, "Nothing names it: write words, or patterns."),
        ('words = ["ferry"]', "patterns = ['fer(ry']", 4, "is no regular expression"),
        ('words = ["ferry"]', 'words = ["ferry"]\ndefault = "sail"', 5, "'sail' is none of its options"),
        ('words = ["ferry"]', 'words = ["ferry"]\nreplace = "yes"', 5, "replace is true or false"),
        ('means = "to run it"', "", 6, "means is missing"),
        ('means = "to run it"', 'means = "to run it"\ncourse = "middle"', 9, "write begin or end"),
        ('means = "to run it"', 'means = "to run it"\ncolour = "red"', 9, "'colour' is no key of an option"),
        ('id = "run"', "id = 7", 7, "id must be text"),
        ("[[issue.option]]", "[issue.options]", 6, "'options' is no key of an issue"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_what_to_do(
    tmp_path: Path, old: str, new: str, line: int, told: str
) -> None:
    assert old in FERRY
    found = faults(tmp_path, FERRY.replace(old, new, 1))
    assert any(text.startswith(f", line {line}: ") and told in text for text in found), found


def test_all_mistakes_are_told_at_once_in_the_order_of_their_lines(tmp_path: Path) -> None:
    found = faults(tmp_path, FERRY.replace('name = "The ferry"', "name = 1").replace("means", "mean"))
    assert [int(text.split()[2].strip(":")) for text in found] == [3, 6, 8]


def test_an_issue_that_stands_twice_is_told(tmp_path: Path) -> None:
    assert faults(tmp_path, FERRY + FERRY) == [", line 10: lake-ferry stands in line 2 already."]


def test_an_option_that_stands_twice_is_told(tmp_path: Path) -> None:
    again = '[[issue.option]]\nid = "run"\nmeans = "again"\n'
    assert faults(tmp_path, FERRY + again) == [", line 10: The option run stands twice: make the two one."]


def test_an_issue_without_options_is_told(tmp_path: Path) -> None:
    assert "It has no options" in faults(tmp_path, FERRY.partition("[[issue.option]]")[0])[0]


def test_what_is_no_table_of_issues_is_told(tmp_path: Path) -> None:
    assert "needs a table [[issue]]" in faults(tmp_path, "issue = 3\n")[0]
    assert "'isue' is no key here" in "".join(faults(tmp_path, '[[isue]]\nid = "a"\n'))


def test_what_is_no_toml_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(IssuesError, match=r"is not TOML: .*line 2"):
        load_issues(write(tmp_path, "a = 1\nb =\n"))


def test_a_file_that_is_missing_or_no_text_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFoundError, match="There is no file"):
        load_issues(tmp_path / "none.toml")
    path = tmp_path / "bytes.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(IssuesError, match="not UTF-8"):
        load_issues(path)


VALUES = st.one_of(
    st.integers(), st.booleans(), st.text("ab*. (", max_size=5), st.lists(st.text("ab*(", max_size=4), max_size=2)
)


@given(
    st.dictionaries(
        st.sampled_from(["id", "name", "words", "hints", "not", "patterns", "default", "option", "x"]), VALUES
    )
)
def test_any_values_are_taken_or_told(tmp_path_factory: pytest.TempPathFactory, entry: dict[str, object]) -> None:
    lines = "".join(f"{key} = {_toml(value)}\n" for key, value in entry.items())
    path = write(tmp_path_factory.mktemp("own"), f"[[issue]]\n{lines}")
    try:
        load_issues(path)
    except IssuesError as error:
        assert all(re.search(r"line \d+: .+[.\]]$", line) for line in str(error).splitlines())


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return f'"{value}"' if isinstance(value, str) else str(value)


@given(st.text(max_size=12))
def test_a_term_is_sound_or_told(term: str) -> None:
    fault = fault_of_term(term)
    assert fault is None or fault.endswith(".")


# ---------------------------------------------------------------- the verb


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return CliRunner()


def test_the_verb_lists_the_issues(run: CliRunner) -> None:
    result = run.invoke(cli.app, ["issues"])
    assert result.exit_code == 0
    assert re.search(r"^economy +sanctions +impose, keep, relieve$", result.stdout, re.M)


def test_the_verb_shows_one_issue(run: CliRunner) -> None:
    result = run.invoke(cli.app, ["issues", "sanctions"])
    assert result.stdout.startswith("Sanctions (sanctions). Whether")
    assert "impose, the default:" in result.stdout


def test_the_verb_prints_json(run: CliRunner) -> None:
    import json

    (issue,) = json.loads(run.invoke(cli.app, ["issues", "sanctions", "--json"]).stdout)
    assert [option["id"] for option in issue["options"]] == ["impose", "keep", "relieve"]


def test_an_unknown_issue_is_wrong_usage(run: CliRunner) -> None:
    result = run.invoke(cli.app, ["issues", "sanktions"])
    assert result.exit_code == 2
    assert "There is no issue sanktions" in result.stderr


def test_a_file_is_checked(run: CliRunner, tmp_path: Path) -> None:
    path = write(tmp_path, FERRY + '[[issue]]\nid = "sanctions"\nhints = ["lake"]\n')
    result = run.invoke(cli.app, ["issues", "--check", str(path)])
    assert result.exit_code == 0
    assert result.stdout == "new: lake-ferry\nchanged: sanctions\n"
    assert "Nothing is wrong" in result.stderr


def test_a_file_with_a_mistake_fails_the_check(run: CliRunner, tmp_path: Path) -> None:
    result = run.invoke(cli.app, ["issues", "--check", str(write(tmp_path, FERRY.replace("name", "nome")))])
    assert result.exit_code == 1
    assert "line 3: 'nome' is no key of an issue." in result.stderr


def test_the_errors_of_issues_are_of_the_tree() -> None:
    assert issubclass(IssuesError, LegationError)
