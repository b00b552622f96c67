"""`Refused`: the answer to a command that may not be. Words for people: `conferences/_reasons.html`."""

from enum import StrEnum


class Reason(StrEnum):
    """Why not. Stable: clients and tests rely on the values."""

    # of a message
    MALFORMED = "malformed"
    TOO_LARGE = "too_large"
    TOO_FAST = "too_fast"
    BUSY = "busy"
    # of a seat
    SEAT_INVALID = "seat_invalid"
    NAME_NEEDED = "name_needed"
    PIN_WRONG = "pin_wrong"
    GUESTS_NOT_ALLOWED = "guests_not_allowed"
    ROOM_NOT_ALLOWED = "room_not_allowed"
    SIGN_IN_REFUSED = "sign_in_refused"
    SIGN_IN_UNAVAILABLE = "sign_in_unavailable"
    ACCOUNT_FULL = "account_full"
    BILLING_CODE_NEEDED = "billing_code_needed"
    BILLING_CODE_WRONG = "billing_code_wrong"
    BILLING_CODE_TRIES = "billing_code_tries"
    # of joining
    LOCKED = "locked"
    FULL = "full"
    REMOVED = "removed"
    ENDED = "ended"
    # of a command
    NOT_ALLOWED = "not_allowed"
    NOT_HERE = "not_here"
    IS_WAITING = "is_waiting"
    NOT_WAITING = "not_waiting"
    LAST_HOST = "last_host"
    SHARING_OFF = "sharing_off"
    NOT_INCLUDED = "not_included"
    TEXT_NEEDED = "text_needed"
    # of a document
    UNKNOWN_FORMAT = "unknown_format"
    NEEDS_OFFICE = "needs_office"
    TOO_MANY_DOCUMENTS = "too_many_documents"
    NO_DOCUMENT = "no_document"
    NO_PAGE = "no_page"
    # of a drawing
    DRAWING_OFF = "drawing_off"
    PAGE_FULL = "page_full"
    TOO_MUCH_DRAWN = "too_much_drawn"
    # of a poll or a question
    GONE = "gone"
    TOO_MANY = "too_many"
    OPTIONS_NEEDED = "options_needed"
    CHOICE_NEEDED = "choice_needed"
    POLL_STOPPED = "poll_stopped"
    ANSWERED = "answered"
    # of a file in the chat
    FILES_OFF = "files_off"
    FILE_EMPTY = "file_empty"
    FILE_TYPE = "file_type"
    TOO_MANY_FILES = "too_many_files"
    PICTURE_BROKEN = "picture_broken"
    # of a link for everyone
    ADDRESS_WRONG = "address_wrong"
    # of a phone call
    CALLERS_OFF = "callers_off"
    CALLING_OFF = "calling_off"
    NUMBER_WRONG = "number_wrong"
    TOO_MANY_CALLS = "too_many_calls"
    NO_CALL = "no_call"
    NOT_A_CALLER = "not_a_caller"
    ON_THE_PHONE = "on_the_phone"
    NOT_ON_THE_PHONE = "not_on_the_phone"
    UNMUTE_OFF = "unmute_off"
    # of a recording
    RECORDING_OFF = "recording_off"
    RECORDED_ALWAYS = "recorded_always"
    NOT_RECORDED = "not_recorded"


class Refused(Exception):
    """The command may not be, for this reason; nothing happened."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
