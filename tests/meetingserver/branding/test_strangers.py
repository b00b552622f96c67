from meetingserver.branding.strangers import problems_of


def test_words_and_links_are_welcome() -> None:
    source = """<p lang="de">Mit {{ brand.name }} <b>gut</b> beraten.<br>
    <a href="{{ brand.links.help }}" title="Hilfe">Hilfe</a> <a href="mailto:a@b.example">a@b.example</a>
    <img src="{{ brand.logo }}" alt=""></p>"""
    assert list(problems_of(source, "x")) == []


def test_a_long_snippet_is_refused() -> None:
    assert "10,000" in next(problems_of("x" * 20_000, "x")).words
