import stat
from pathlib import Path

import pytest

from meetingserver import env
from meetingserver.env import WrongSetting


def test_what_is_unset_has_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LIMIT", raising=False)
    assert env.number("LIMIT", 7, lowest=1, highest=9) == 7
    assert env.flag("LIMIT") is False
    assert env.text("LIMIT") == ""
    assert env.words("LIMIT", ["a"]) == ["a"]
    assert env.address("LIMIT") == ""


def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIMIT", "")
    assert env.number("LIMIT", 7, lowest=1, highest=9) == 7
    assert env.text("LIMIT", "default") == "default"


@pytest.mark.parametrize("value", ["0", "10", "many", "1.5", "٣x"])
def test_a_wrong_number_stops_the_start_with_one_sentence(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("LIMIT", value)
    with pytest.raises(WrongSetting) as wrong:
        env.number("LIMIT", 7, lowest=1, highest=9)
    assert str(wrong.value) == f"LIMIT must be a whole number from 1 to 9, but it is {value!r}."


@pytest.mark.parametrize(("value", "meant"), [("yes", True), ("True", True), ("0", False), ("off", False)])
def test_flags_are_said_in_several_ways(monkeypatch: pytest.MonkeyPatch, value: str, *, meant: bool) -> None:
    monkeypatch.setenv("SWITCH", value)
    assert env.flag("SWITCH", default=not meant) is meant


def test_a_wrong_flag_names_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SWITCH", "perhaps")
    with pytest.raises(WrongSetting, match="SWITCH must be true or false"):
        env.flag("SWITCH")


def test_a_choice_lists_what_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLE", "boss")
    with pytest.raises(WrongSetting, match="ROLE must be one of all, conference"):
        env.choice("ROLE", "all", ("conference", "all"))


def test_networks_are_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEAR", "10.0.0.0/8, ::1")
    assert [str(network) for network in env.networks("NEAR", [])] == ["10.0.0.0/8", "::1/128"]
    monkeypatch.setenv("NEAR", "here")
    with pytest.raises(WrongSetting, match="NEAR must be addresses or networks"):
        env.networks("NEAR", [])


def test_an_address_is_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLIC", "meet.example.org")
    with pytest.raises(WrongSetting, match="PUBLIC must be an IP address"):
        env.address("PUBLIC")


def test_a_url_needs_one_of_the_schemes_and_a_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLACE", "https://meet.example.org/")
    assert env.url("PLACE", "", schemes=("https",)) == "https://meet.example.org"
    for wrong in ("meet.example.org", "ftp://meet.example.org", "https:///x"):
        monkeypatch.setenv("PLACE", wrong)
        with pytest.raises(WrongSetting, match="PLACE must be an address that begins with https://"):
            env.url("PLACE", "", schemes=("https",))


def test_an_unknown_database_is_refused_without_telling_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROWS", "oracle://me:hush@host/name")
    with pytest.raises(WrongSetting) as wrong:
        env.database("ROWS", "")
    assert "hush" not in str(wrong.value)


def test_a_postgres_address_becomes_django_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROWS", "postgres://me:hush@db.example.org:5433/meeting")
    found = env.database("ROWS", "")
    assert (found["ENGINE"], found["HOST"], found["PORT"]) == (
        "django.db.backends.postgresql",
        "db.example.org",
        5433,
    )


def test_choices_are_among_those_that_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KINDS", raising=False)
    assert env.choices("KINDS", ["tea"], ["tea", "pie"]) == ["tea"]
    monkeypatch.setenv("KINDS", "pie, tea")
    assert env.choices("KINDS", ["tea"], ["tea", "pie"]) == ["pie", "tea"]
    monkeypatch.setenv("KINDS", "tea,gin")
    with pytest.raises(WrongSetting, match="KINDS must be some of tea, pie"):
        env.choices("KINDS", ["tea"], ["tea", "pie"])


def test_a_folder_is_made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATA", str(tmp_path / "deep" / "down"))
    assert env.folder("DATA", tmp_path).is_dir()


def test_a_file_is_no_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("DATA", str(tmp_path / "file"))
    with pytest.raises(WrongSetting, match="DATA must be a folder that can be created"):
        env.folder("DATA", tmp_path)


def test_the_secret_is_made_once_and_read_by_its_owner_only(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("KEY", raising=False)
    file = tmp_path / "key"
    first = env.secret("KEY", kept_in=file)
    assert len(first) > 40
    assert env.secret("KEY", kept_in=file) == first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_a_given_secret_is_not_written_down(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KEY", "given")
    assert env.secret("KEY", kept_in=tmp_path / "key") == "given"
    assert not (tmp_path / "key").exists()


def test_files_are_kept_in_a_folder_or_a_bucket(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert env.storage("KEPT_IN", folder=tmp_path)["OPTIONS"]["location"] == tmp_path
    monkeypatch.setenv("KEPT_IN", "s3://key:se%2Fcret@bucket/films?endpoint=https://s3.example&region=eu")
    options = env.storage("KEPT_IN", folder=tmp_path)["OPTIONS"]
    assert (options["bucket_name"], options["location"], options["secret_key"]) == (
        "bucket",
        "films",
        "se/cret",
    )
    assert (options["endpoint_url"], options["region_name"]) == ("https://s3.example", "eu")


@pytest.mark.parametrize("value", ["/srv/films", "ftp://host/films", "s3://bucket?colour=red"])
def test_files_are_kept_nowhere_else(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, value: str) -> None:
    monkeypatch.setenv("KEPT_IN", value)
    with pytest.raises(env.WrongSetting):
        env.storage("KEPT_IN", folder=tmp_path)
