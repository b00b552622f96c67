"""What may be dialled, and how numbers are written and masked. PURE.

`home` is the country of the installation, two letters; empty: numbers are written in full only, and every
country is abroad.
"""

import re
from collections.abc import Iterable

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberType

PLAIN = (
    PhoneNumberType.FIXED_LINE,
    PhoneNumberType.MOBILE,
    PhoneNumberType.FIXED_LINE_OR_MOBILE,
    PhoneNumberType.TOLL_FREE,
    PhoneNumberType.VOIP,
)
"""What costs what a call costs. All others (premium, shared cost, personal, pagers, unknown) must be allowed
by a prefix that is about them, not about their whole country."""

SHOWN_DIGITS = 3

_WRITTEN = re.compile(r"\+?\(?[0-9][0-9 ()./-]{1,38}")


class NumberRefused(Exception):
    """
    NumberRefused
    ├── NotANumber   nobody has such a number
    └── NotAllowed   it exists, and may not be called from here
    """


class NotANumber(NumberRefused):
    pass


class NotAllowed(NumberRefused):
    pass


def dialable(typed: str, *, home: str, allowed: Iterable[str] = ()) -> str:
    """The number in full (E.164), if it may be called. `allowed`: prefixes in full, as +33 or +4930. Raises
    NumberRefused."""
    number = _parsed(typed, home)
    if number is None or not phonenumbers.is_possible_number(number):
        raise NotANumber
    full = e164(number)
    prefixes = [prefix for prefix in allowed if full.startswith(prefix)]
    if phonenumbers.number_type(number) not in PLAIN:
        prefixes = [prefix for prefix in prefixes if len(prefix) > len(f"+{number.country_code}")]
        if not prefixes:
            raise NotAllowed if phonenumbers.is_valid_number(number) else NotANumber
    elif not prefixes and phonenumbers.region_code_for_number(number) != (home or None):
        raise NotAllowed
    return full


def full_number(given: str, *, home: str) -> str:
    """A caller's number as the network gave it, in full if it can be understood; else as it is."""
    number = _parsed(given, home)
    if number is None or not phonenumbers.is_valid_number(number):
        return given
    return e164(number)


def written(full: str) -> str:
    """A number in full as people read it: `+49 30 123456`."""
    number = _parsed(full, "")
    if number is None:
        return full
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))


def masked(number: str) -> str:
    """What people may see of it: `+49 … 123`. Empty for a number that was withheld."""
    digits = "".join(character for character in number if character.isdigit())
    if not digits:
        return ""
    parsed = _parsed(number, "")
    country = f"+{parsed.country_code} " if parsed else ""
    return f"{country}… {digits[-SHOWN_DIGITS:]}"


def e164(number: PhoneNumber) -> str:
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _parsed(typed: str, home: str) -> PhoneNumber | None:
    """None for whatever is not written as people write numbers; letters and extensions are none."""
    if not _WRITTEN.fullmatch(typed.strip()):
        return None
    try:
        return phonenumbers.parse(typed, home or None)
    except NumberParseException:
        return None
