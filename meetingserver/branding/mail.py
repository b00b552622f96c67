"""Mails are the brand's: its sender, and where answers go."""

from collections.abc import Sequence

from django.core.mail import EmailMessage

from meetingserver.branding.choosing import current


def mail_send(*, subject: str, text: str, to: Sequence[str]) -> None:
    """Raises SMTPException, OSError."""
    said = current().brand.email
    reply_to = [said.reply_to] if said.reply_to else None
    EmailMessage(subject, text, said.sender or None, list(to), reply_to=reply_to).send()
