"""Django's templates, with `brand` in every context. What breaks in a brand's files costs its looks, never
the page."""

import logging
from typing import Any

from django.http import HttpRequest
from django.template.backends.django import DjangoTemplates, Template
from django.utils.safestring import SafeString

from meetingserver.branding.brand import Problem
from meetingserver.branding.choosing import current
from meetingserver.branding.loader import blame, is_plain, plain
from meetingserver.branding.page import described

logger = logging.getLogger(__name__)

TRIES = 5
"""So many files of a brand may break in one page before it goes without the rest."""


class BrandedTemplates(DjangoTemplates):
    def get_template(self, template_name: str) -> "BrandedTemplate":
        return BrandedTemplate(super().get_template(template_name).template, self, template_name)


class BrandedTemplate(Template):
    def __init__(self, template: Any, backend: BrandedTemplates, asked: str) -> None:
        super().__init__(template, backend)
        self.asked = asked

    def render(self, context: dict[str, Any] | None = None, request: HttpRequest | None = None) -> SafeString:
        template: Template = self
        for _try in range(TRIES):
            try:
                return _rendered(template, context, request)
            except Exception as error:
                if is_plain() or not current().folders:
                    raise
                if not blame(error):
                    return self._without_brand(context, request, error)
            template = DjangoTemplates.get_template(self.backend, self.asked)
        return self._without_brand(context, request, None)

    def _without_brand(
        self, context: dict[str, Any] | None, request: HttpRequest | None, error: Exception | None
    ) -> SafeString:
        """What breaks like this too is a mistake of ours."""
        with plain():
            made = _rendered(DjangoTemplates.get_template(self.backend, self.asked), context, request)
        if error is not None:
            words = f"{self.asked} cannot be made with this brand: {type(error).__name__}."
            current().note(Problem("templates", 1, words))
        return made


def _rendered(template: Template, context: dict[str, Any] | None, request: HttpRequest | None) -> SafeString:
    return SafeString(Template.render(template, {"brand": described(), **(context or {})}, request))
