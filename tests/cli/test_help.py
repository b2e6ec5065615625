import pytest

from kamerton.cli import main


@pytest.mark.parametrize("command", main.COMMANDS)
def test_each_command_has_help_with_an_example_and_answers_in_json(command: str, capsys):
    with pytest.raises(SystemExit) as ended:
        main.parser([command]).parse_args([command, "--help"])
    assert ended.value.code == 0
    told = " ".join(capsys.readouterr().out.split())
    assert f"Example: kamerton {command}" in told
    assert "--json" in told


@pytest.mark.parametrize(
    ("spoken", "expected"),
    [("ru_RU.UTF-8", "ru"), ("en_GB.UTF-8", "en"), ("C.UTF-8", "en"), ("de_DE.UTF-8", "en")],
)
def test_the_shell_chooses_the_language(monkeypatch, spoken: str, expected: str):
    monkeypatch.setenv("LC_ALL", spoken)
    assert main.language() == expected  # the tests' installation speaks English


def test_all_commands_are_listed(capsys):
    with pytest.raises(SystemExit):
        main.parser([]).parse_args(["--help"])
    told = capsys.readouterr().out
    named = {line.split()[0] for line in told.splitlines() if line.startswith("    ")}
    assert named >= set(main.COMMANDS)
