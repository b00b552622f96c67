from bridges.models import CAUSE_LABELS
from bridges.types import EndCause
from conferences.core.calls import CallCause


def test_the_journal_has_the_same_causes_and_the_admin_words_for_all() -> None:
    assert [cause.value for cause in EndCause] == [cause.value for cause in CallCause]
    assert set(CAUSE_LABELS) == set(EndCause)
