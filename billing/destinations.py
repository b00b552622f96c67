"""To which targets new records go."""

from django.conf import settings


def target_names() -> list[str]:
    """As the mapping file names them; none: records are kept here, and go nowhere."""
    return list(settings.BILLING_TARGETS)
