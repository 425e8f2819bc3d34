"""The roles at a bank as official Chinese names them."""

from zsbank.base.roles import Role

ROLE_NAMES: dict[Role, str] = {Role.BANK_ADMINISTRATOR: "银行管理员", Role.BANK_CLERK: "银行经办员"}
"""The roles at a bank as official Chinese names them, in mail and messages."""
