"""Names and limits of the set-up."""

TEST_MAIL = "test-mail:"
"""How the keys of test mails begin."""

TESTS_A_DAY = 10
OFFICE_SETTINGS = {
    "name": "ZSBANK_OFFICE",
    "phone": "ZSBANK_OFFICE_PHONE",
    "hours": "ZSBANK_OFFICE_HOURS",
    "address": "ZSBANK_OFFICE_ADDRESS",
}
"""The variables that set the office whom banks can ask, by the part of `office()`."""
