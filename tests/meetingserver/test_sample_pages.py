import pytest
from django.conf import settings
from django.template.loader import get_template

from meetingserver.sample_pages import PAGES, person_at, request

LEFT_OUT = {"base.html", "_bare.html", "403_csrf.html", "streaming/offline.html"}


@pytest.mark.parametrize("template", PAGES)
def test_every_page_is_made_without_a_database(template: str) -> None:
    assert get_template(template).render(PAGES[template](), request(user=person_at(template)))


def test_no_page_is_forgotten() -> None:
    """Parts are seen in the pages that include them; those of the administration are Django's, but for its
    head; the style page is for developers."""
    home = settings.BASE_DIR / "templates"
    files = {str(path.relative_to(home)) for path in home.rglob("*") if path.is_file()}
    pages = {
        file
        for file in files
        if "/_" not in f"/{file}"
        and "/admin_" not in file
        and not file.startswith(("snippets/", "branding/", "style/"))
    }
    assert pages - LEFT_OUT == set(PAGES)
