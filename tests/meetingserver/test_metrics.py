from meetingserver import metrics


def test_an_offered_number_is_read_when_somebody_asks() -> None:
    running = [3.0]
    metrics.offer_gauge("tests_running", "Tests that run.", lambda: running[0])
    assert "meetingserver_tests_running 3.0" in metrics.page().decode()
    running[0] = 4.0
    assert "meetingserver_tests_running 4.0" in metrics.page().decode()


def test_a_counter_is_called_a_total() -> None:
    metrics.offer_counter("tests_done", "Tests that ran.", lambda: 5)
    assert "meetingserver_tests_done_total 5.0" in metrics.page().decode()


def test_a_name_offered_again_replaces_the_former() -> None:
    metrics.offer_gauge("tests_again", "Again.", lambda: 1)
    metrics.offer_gauge("tests_again", "Again.", lambda: 2)
    assert metrics.page().decode().count("\nmeetingserver_tests_again ") == 1


def test_an_invented_method_makes_no_new_series() -> None:
    metrics.request_answered("INVENTED", 405, 0.01)
    assert "INVENTED" not in metrics.page().decode()
