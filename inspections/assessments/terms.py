"""The official reasons for which an order after failing years is withdrawn."""

GROUNDLESS = "考核结果经复核变更，整改依据不再成立。"
JOINED = "该整改通知所涉年度与另一份整改通知属于同一连续不合格年度，合并办理。"
