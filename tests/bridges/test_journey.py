"""From the first ring to the room."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridges import journey as j
from bridges.base import Admit, Again, Refuse
from bridges.journey import Action, Journey, Stage, begun, step
from bridges.types import EndCause

CODE = "123456789"
GUEST = Admit(room=1, code=CODE)
HOST = Admit(room=1, code=CODE, host=True)


class Walk:
    """A caller on their way; `done` is all that was to be done."""

    def __init__(self, *languages: str) -> None:
        self.done: list[Action] = []
        self.journey: Journey
        self.takes(begun(languages or ("en",), listens=True))

    def takes(self, taken: j.Step) -> list[Action]:
        self.journey, actions = taken
        self.done += actions
        return actions

    def presses(self, digits: str) -> list[Action]:
        return [action for digit in digits for action in self.takes(step(self.journey, j.Pressed(digit)))]

    def hears(self) -> list[Action]:
        return self.takes(step(self.journey, j.Played()))

    def waits(self) -> list[Action]:
        return self.takes(step(self.journey, j.Waited()))

    def is_told(self, answer: Admit | Again | Refuse) -> list[Action]:
        return self.takes(step(self.journey, j.Checked(answer)))

    def pays(self, *, accepted: bool) -> list[Action]:
        return self.takes(step(self.journey, j.BillingChecked(accepted)))

    @property
    def said(self) -> list[str]:
        """The last prompts."""
        said = [action for action in self.done if isinstance(action, j.Say | j.HangUp)]
        return [line.prompt for line in said[-1].lines]

    @property
    def last(self) -> Action:
        return self.done[-1]


def test_who_is_known_hears_their_own_language() -> None:
    walk = Walk("en", "fr")
    walk.presses("1" + CODE + "#")
    walk.is_told(Admit(room=1, code=CODE, language="de", host=True, asks_billing_code="optional"))
    assert walk.journey.language == "de"


# The plain way


def test_a_guest_presses_the_code_and_enters() -> None:
    walk = Walk()
    assert walk.said == ["welcome", "enter_code"]
    walk.presses(f"{CODE}#")
    assert walk.last == j.Check(CODE, "")
    walk.is_told(GUEST)
    assert walk.said == ["enter_pin"]
    walk.presses("#")
    assert walk.last == j.Enter(GUEST, "en", "")
    assert walk.journey.stage is Stage.ENTERED


def test_a_guest_who_says_nothing_to_the_question_for_a_pin_enters() -> None:
    walk = Walk()
    walk.presses(f"{CODE}#")
    walk.is_told(GUEST)
    assert walk.hears() == [j.Wait(j.PIN_S)]
    walk.waits()
    assert walk.last == j.Enter(GUEST, "en", "")


def test_a_host_presses_star_and_pin() -> None:
    walk = Walk()
    walk.presses(f"{CODE}#")
    walk.is_told(GUEST)
    walk.presses("*246810#")
    assert walk.last == j.Check(CODE, "246810")
    walk.is_told(HOST)
    assert walk.last == j.Enter(HOST, "en", "")


def test_who_knows_the_way_need_not_wait_for_the_questions() -> None:
    walk = Walk()
    walk.presses(f"{CODE}#*246810#")
    assert walk.last == j.Check(CODE, "")
    walk.is_told(GUEST)
    assert walk.last == j.Check(CODE, "246810")


def test_who_forgets_the_hash_is_understood() -> None:
    walk = Walk()
    assert walk.presses(CODE)[-1] == j.Wait(j.LAST_DIGIT_S)
    walk.waits()
    assert walk.last == j.Check(CODE, "")


def test_a_star_begins_the_code_anew() -> None:
    walk = Walk()
    walk.presses(f"999*{CODE}#")
    assert walk.last == j.Check(CODE, "")


def test_the_first_digit_hushes_the_question() -> None:
    walk = Walk()
    assert walk.presses("1") == [j.Hush(), j.Wait(j.DIGIT_S)]
    assert walk.presses("2") == [j.Wait(j.DIGIT_S)]


# Languages


def test_a_number_of_several_languages_asks_in_each() -> None:
    walk = Walk("de", "en")
    assert walk.done[-1] == j.Say((j.Line("language_1", "de"), j.Line("language_2", "en")))
    walk.presses("2")
    assert walk.done[-1] == j.Say((j.Line("welcome", "en"), j.Line("enter_code", "en")))


def test_who_chooses_none_or_nonsense_hears_the_numbers_own() -> None:
    walk = Walk("de", "en")
    walk.presses("7")
    walk.waits()
    assert walk.journey.stage is Stage.LANGUAGE
    walk.waits()
    assert (walk.journey.stage, walk.journey.language) == (Stage.CODE, "de")


# Failures


def test_three_wrong_codes_and_goodbye() -> None:
    walk = Walk()
    for _ in range(2):
        walk.presses("111111111#")
        walk.is_told(Again())
        assert walk.said == ["code_wrong", "enter_code"]
    walk.presses("111111111#")
    walk.is_told(Again())
    assert walk.last == j.HangUp((j.Line("code_wrong", "en"), j.Line("goodbye", "en")), EndCause.BAD_PIN)
    assert walk.presses("1") == []


def test_three_wrong_pins_and_goodbye() -> None:
    walk = Walk()
    walk.presses("111111111#")
    walk.is_told(Again())
    walk.presses(f"{CODE}#")
    walk.is_told(GUEST)
    for _ in range(3):
        walk.presses("*000000#")
        assert walk.last == j.Check(CODE, "000000")
        walk.is_told(Again())
    assert isinstance(walk.last, j.HangUp)
    assert walk.last.cause is EndCause.BAD_PIN


def test_a_star_without_a_pin_is_a_wrong_pin() -> None:
    walk = Walk()
    walk.presses(f"{CODE}#")
    walk.is_told(GUEST)
    walk.presses("*#")
    assert isinstance(walk.last, j.Check)
    assert walk.last.pin


def test_who_is_refused_hears_goodbye() -> None:
    walk = Walk()
    walk.presses("1#")
    walk.is_told(Refuse(EndCause.BAD_PIN))
    assert isinstance(walk.last, j.HangUp)


def test_who_presses_nothing_is_asked_three_times() -> None:
    walk = Walk()
    for _ in range(2):
        assert walk.hears() == [j.Wait(j.ANSWER_S)]
        walk.waits()
        assert walk.said == ["enter_code"]
    walk.waits()
    assert walk.last == j.HangUp((j.Line("goodbye", "en"),), EndCause.TIMEOUT)


def test_a_hash_alone_is_nothing() -> None:
    walk = Walk()
    walk.presses("#")
    assert walk.said == ["enter_code"]


# Who pays


def asked_for_billing(mode: str) -> Walk:
    walk = Walk()
    walk.presses(f"{CODE}#")
    admit = Admit(room=1, code=CODE, asks_billing_code=mode)  # type: ignore[arg-type] # one of its words
    walk.is_told(admit)
    walk.presses("#")
    assert walk.said == ["enter_billing_code"]
    return walk


def test_a_billing_code_is_asked_for_and_checked() -> None:
    walk = asked_for_billing("mandatory")
    walk.presses("4711#")
    assert walk.last == j.CheckBilling(1, "4711")
    walk.pays(accepted=True)
    assert isinstance(walk.last, j.Enter)
    assert walk.last.billing_code == "4711"


def test_a_billing_code_that_is_optional_may_be_left_out() -> None:
    walk = asked_for_billing("optional")
    walk.presses("#")
    assert isinstance(walk.last, j.Enter)
    assert walk.last.billing_code == ""


def test_without_a_mandatory_billing_code_nobody_enters() -> None:
    walk = asked_for_billing("mandatory")
    walk.presses("###")
    assert isinstance(walk.last, j.HangUp)
    assert walk.last.cause is EndCause.TIMEOUT


def test_three_wrong_billing_codes_and_goodbye() -> None:
    walk = asked_for_billing("optional")
    for _ in range(3):
        walk.presses("1#")
        walk.pays(accepted=False)
    assert isinstance(walk.last, j.HangUp)
    assert walk.last.cause is EndCause.BAD_PIN


# The name

NAMELESS = Admit(room=1, code=CODE, asks_name=True)


def asked_for_name(admit: Admit = NAMELESS) -> Walk:
    walk = Walk()
    walk.presses(f"{CODE}#")
    walk.is_told(admit)
    walk.presses("#")
    return walk


def test_who_is_not_known_says_their_name_after_the_tone() -> None:
    walk = asked_for_name()
    assert walk.said == ["say_name", "notice"]
    assert walk.hears() == [j.Record(), j.Wait(j.RECORDING_S)]
    assert walk.presses("1") == []
    assert walk.presses("#") == [j.StopRecording()]
    walk.takes(step(walk.journey, j.Recorded(b"Zoe")))
    assert walk.last == j.Enter(NAMELESS, "en", "", b"Zoe")


def test_who_says_nothing_or_would_rather_not_enters_all_the_same() -> None:
    for way in ("before the tone", "in silence", "never recorded"):
        walk = asked_for_name()
        if way == "before the tone":
            walk.presses("#")
        else:
            walk.hears()
            walk.takes(step(walk.journey, j.Recorded(b"") if way == "in silence" else j.Waited()))
        assert walk.last == j.Enter(NAMELESS, "en", "", b"")
        assert step(walk.journey, j.Recorded(b"late")) == (walk.journey, [])


def test_the_name_comes_last() -> None:
    paying = Admit(room=1, code=CODE, host=True, asks_billing_code="mandatory", asks_name=True)
    walk = asked_for_name(paying)
    walk.presses("4711#")
    walk.pays(accepted=True)
    assert walk.said == ["say_name", "notice"]
    walk.presses("#")
    assert walk.last == j.Enter(paying, "en", "4711", b"")


def test_where_the_bridge_cannot_listen_nobody_is_asked() -> None:
    walk = Walk()
    walk.takes(begun(("en",)))
    walk.presses(f"{CODE}#")
    walk.is_told(NAMELESS)
    walk.presses("#")
    assert walk.last == j.Enter(NAMELESS, "en", "", b"")


# Whatever happens

INPUTS = st.one_of(
    st.sampled_from("0123456789*#").map(j.Pressed),
    st.just(j.Played()),
    st.just(j.Waited()),
    st.just(j.Recorded(b"Zoe")),
    st.sampled_from(
        [j.Checked(answer) for answer in (GUEST, HOST, NAMELESS, Again(), Refuse(EndCause.FULL))]
    ),
)


@given(st.lists(INPUTS, max_size=60), st.sampled_from([("en",), ("de", "en", "ar")]))
def test_whatever_happens_nobody_enters_without_an_admission_and_it_ends_once(
    inputs: list[j.Input], languages: tuple[str, ...]
) -> None:
    walk, admitted = Walk(*languages), False
    for input in inputs:
        if isinstance(input, j.Checked):
            if walk.journey.stage is not Stage.CHECKING:
                continue  # nobody asked
            admitted = admitted or isinstance(input.answer, Admit)
        walk.takes(step(walk.journey, input))
    endings = [action for action in walk.done if isinstance(action, j.Enter | j.HangUp)]
    assert len(endings) <= 1
    assert admitted or not any(isinstance(action, j.Enter) for action in endings)


@pytest.mark.parametrize("stage", [Stage.ENTERED, Stage.OVER])
def test_after_the_journey_nothing_is_heard_any_more(stage: Stage) -> None:
    journey = Journey(languages=("en",), language="en", stage=stage)
    for input in (j.Pressed("1"), j.Played(), j.Waited()):
        assert step(journey, input) == (journey, [])
