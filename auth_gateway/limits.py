"""What a customer's people may use, together and each: of their account here, and of what the sign-in service
last said, which goes before."""

from dataclasses import dataclass

from auth_gateway.models import Account, User


@dataclass(frozen=True)
class Limits:
    """0: no limit. `ports` and `recording_minutes` are counted for all of `account`; empty: nobody's."""

    account: str = ""
    ports: int = 0
    ports_per_conference: int = 0
    recording_minutes: int = 0
    denied: frozenset[str] = frozenset()
    """Features that may not be used: record, share, files, dial_out."""

    def allows(self, feature: str) -> bool:
        return feature not in self.denied


NO_LIMITS = Limits()


def limits_of_user(user: User) -> Limits:
    """Of the conferences that this user owns."""
    account = Account.objects.filter(code=user.account).first() if user.account else None
    features = _features_of(account) | {name: bool(had) for name, had in user.features.items()}
    return Limits(
        account=user.account,
        ports=account.ports if account else 0,
        ports_per_conference=user.max_participants or (account.ports_per_conference if account else 0),
        recording_minutes=account.recording_minutes if account else 0,
        denied=frozenset(name for name, had in features.items() if not had),
    )


def _features_of(account: Account | None) -> dict[str, bool]:
    if account is None:
        return {}
    return {
        "record": account.may_record,
        "share": account.may_share,
        "files": account.may_send_files,
        "dial_out": account.may_dial_out,
    }
