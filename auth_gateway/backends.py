"""Whose session is good: of active users, until the time for which somebody vouched for them is over."""

import time
from typing import Any

from django.contrib.auth.backends import ModelBackend


class OwnBackend(ModelBackend):
    def user_can_authenticate(self, user: Any) -> bool:
        known = not user.expires_at or time.time() < user.expires_at
        return known and super().user_can_authenticate(user)
