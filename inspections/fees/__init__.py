"""Fee notices (非税收入缴款通知书): the first card's fee, which banks remit on time (criterion 19)."""
