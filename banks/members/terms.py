"""Roles at a bank in official Chinese."""

from zsbank.base.roles import Role

ROLE_NAMES: dict[Role, str] = {Role.BANK_ADMINISTRATOR: "银行管理员", Role.BANK_CLERK: "银行经办员"}
"""Roles at a bank in official Chinese, for mail and messages."""
