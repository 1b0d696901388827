from gezhi.cases.rules.entries import Versions


def test_of_a_register_in_which_nothing_was_ever_entered_the_version_is_nought() -> None:
    assert {name: getattr(Versions(), name) for name in Versions.__struct_fields__} == dict.fromkeys(
        ("catalog", "calendars", "duties", "levels", "policy", "matrix", "ground", "people"), 0
    )
