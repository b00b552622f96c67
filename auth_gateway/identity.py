"""Who somebody is, wherever that was learnt: from our own table, from a site's sign-in server, or by OpenID
Connect. PURE."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

Role = Literal["guest", "presenter", "host"]
Code = Annotated[str, Meta(max_length=64)]
DISPLAY_NAME = 60
"""Characters of a name that others see."""


class Identity(Struct, frozen=True):
    """`user_id` empty: somebody without a name of their own, who is not known the next time.

    `conferences` None: any; else slugs or access codes of the rooms they may enter. `max_participants` 0: as
    the server has it. `features` holds what was said to be had or not. `expires_at` in seconds since 1970, 0:
    never. `message` is shown to them.
    """

    user_id: str = ""
    display_name: str = ""
    email: str = ""
    role: Role = "guest"
    account: Code = ""
    billing_code: Code = ""
    conferences: tuple[str, ...] | None = None
    max_participants: int = 0
    features: dict[str, bool] = {}
    language: str = ""
    brand: str = ""
    expires_at: int = 0
    message: str = ""

    def may_enter(self, *names: str) -> bool:
        """`names`: slug and access code of a room."""
        return self.conferences is None or not set(names).isdisjoint(self.conferences)

    def is_host_of(self, *names: str) -> bool:
        """Host by name only: nobody becomes host of all rooms there are."""
        return self.role == "host" and self.conferences is not None and self.may_enter(*names)
