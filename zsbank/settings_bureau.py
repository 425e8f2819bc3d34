"""Settings of the bureau that runs the register: names, office, letters, remedies. Part of zsbank.settings."""

from zsbank import environment

BUREAU_NAME = "".join(environment.comma_separated("ZSBANK_BUREAU", "中山市人力资源和社会保障局"))
SITE_NAME = environment.text("ZSBANK_SITE_NAME", "社会保障卡合作银行管理系统")
"""The name of the register in mails, in place of the host's."""

OFFICE_NAME = environment.text("ZSBANK_OFFICE")
OFFICE_PHONE = environment.text("ZSBANK_OFFICE_PHONE")
OFFICE_HOURS = environment.text("ZSBANK_OFFICE_HOURS")
OFFICE_ADDRESS = environment.text("ZSBANK_OFFICE_ADDRESS")
LETTER_REMEDIES = environment.comma_separated("ZSBANK_REMEDY_LETTERS", "admission_refusal,exit_notice")
REMEDY_ORGAN = "".join(environment.comma_separated("ZSBANK_REMEDY_ORGAN", "中山市人民政府"))
REMEDY_COURT = "".join(environment.comma_separated("ZSBANK_REMEDY_COURT", "有管辖权的人民法院"))
REMEDY_CHANNEL = "".join(environment.comma_separated("ZSBANK_REMEDY_CHANNEL"))
LETTER_MARK = "".join(environment.comma_separated("ZSBANK_LETTER_MARK", "中人社函"))
VERIFICATION_WORKING_DAYS = environment.integer("ZSBANK_VERIFICATION_DAYS", 15)
"""Working days in which the bureau means to verify a rectification report; nothing follows for the bank."""
