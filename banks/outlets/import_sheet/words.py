"""The words by which banks' own lists say yes and no, and name the services."""

from banks.outlets.terms import CardService

YES = "是 有 1 √ ✓ ✔ y yes true 对 开放 已开放 开办 已开办 办理 可办理"
NO = "否 无 0 × ✗ ✘ x n no false 不 未开放 不开放 未开办 不开办 未办理 不办理"
ALL = "全部 所有 全部服务 所有服务 全部业务 所有业务 全部开办 全部办理 均可办理 以上全部"
CALLED: dict[CardService, str] = {
    CardService.APPLY: "申请 申领 申办 办卡 开卡 新办 申请办卡 制卡申请 申请业务",
    CardService.COLLECT: "领卡 领取 领取卡 领取社保卡 发卡 发放",
    CardService.ACTIVATE: "激活 启用 卡激活 社保卡激活 激活启用",
    CardService.LOSS: "挂失解挂 解挂挂失 挂失解除",
    CardService.PASSWORD: "密码 密码维护 密码服务 密码管理 密码重置 重置密码 密码修改 修改密码 密码修改重置",
    CardService.REPLACEMENT: "补换卡 补卡换卡 换补卡 补换 更换 补办换卡",
    CardService.CANCELLATION: "注销 销卡 注销卡 社保卡注销 销户",
}
HALVES: dict[CardService, tuple[str, str]] = {
    CardService.LOSS: ("挂失", "解挂"),
    CardService.REPLACEMENT: ("补卡", "换卡"),
}
"""Services that are two things in one: only both together are the service."""
