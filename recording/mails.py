"""E-mails about recordings, in the language of who gets them."""

import logging
from collections.abc import Sequence
from smtplib import SMTPException

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from auth_gateway.models import User
from auth_gateway.uploads import brands_unpack
from meetingserver.branding.choosing import branded
from meetingserver.branding.mail import mail_send
from meetingserver.speaking import first_spoken
from recording.models import Recording

logger = logging.getLogger(__name__)


def warning_mail(*, owner: User, recordings: Sequence[Recording]) -> None:
    """That these will be deleted soon. Where e-mail is off, or they have no address, nothing is sent; a mail
    that cannot be sent is logged, for the pages warn too."""
    if not owner.email:
        return
    brands_unpack()  # a worker's machine may have none of its own that brings them
    link = settings.PUBLIC_URL + reverse("recording:list")
    looks = {recording.conference.room.brand for recording in recordings}
    look = looks.pop() if len(looks) == 1 else ""
    with branded(look, owner.brand), translation.override(first_spoken(owner.language)):
        words = {"owner": owner, "recordings": recordings, "link": link}
        subject = render_to_string("recording/warning_subject.txt", words)
        text = render_to_string("recording/warning.txt", words)
        try:
            mail_send(subject=" ".join(subject.split()), text=text, to=[owner.email])
        except (SMTPException, OSError):
            logger.warning("An e-mail about recordings could not be sent.", exc_info=True)
