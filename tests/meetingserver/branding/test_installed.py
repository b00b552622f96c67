from django.conf import settings

from meetingserver.branding.installed import library


def test_the_shipped_brands_are_without_a_fault() -> None:
    assert "default" in library().all()
    shipped = {path.parent.name for path in (settings.BASE_DIR / "brands").glob("*/brand.toml")}
    assert [problem for key, problem in library().problems() if key in shipped] == []
