"""What shipped brands make of the pages that people see most is as screen readers and weak eyes need it."""

import pytest

from tests.e2e.axe import ALL, OF_COLOURS, violations
from tests.e2e.branded import BRANDS, pages
from tests.e2e.conftest import Cast
from tests.e2e.office import Office


@pytest.fixture
def camera() -> bool:
    return False


@pytest.mark.parametrize(
    "brand",
    [pytest.param(brand, marks=pytest.mark.campaign if brand == "default" else ()) for brand in BRANDS],
)
def test_axe_finds_nothing_in_any_language(brand: str, office: Office, cast: Cast) -> None:
    """Colours are the same in all languages: dark pages are looked at in one. Those of the default brand are
    seen by other tests as well."""
    found: list[str] = []
    for seen in pages(office, cast, brand):
        page = seen.person.page
        assert page.locator(f"link[href*='/{brand}/']").count() > 0
        assert page.locator("html").get_attribute("lang") == seen.language
        found += [f"{seen.page} {seen.language}: {wrong}" for wrong in violations(page, rules=ALL)]
        if seen.language == "en":
            page.emulate_media(color_scheme="dark")
            found += [f"{seen.page}, dark: {wrong}" for wrong in violations(page, rules=OF_COLOURS)]
            page.emulate_media(color_scheme="light")
    assert not found, "\n".join(found)
