"""Sessions name browser and system in words; what is not known is not guessed."""

import pytest

from zsbank.base.accounts.devices import device_in_words

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36"
ANDROID = "Mozilla/5.0 (Linux; Android 14; V2309A) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36"
SAFARI = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17 Safari/605.1"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile Safari/604.1"


@pytest.mark.parametrize(
    ("user_agent", "said"),
    [
        (CHROME, "Chrome · Windows"),
        (f"{CHROME} Edg/130.0", "Edge · Windows"),
        (f"{CHROME} OPR/110", "Opera · Windows"),
        (ANDROID, "Chrome · 安卓"),
        (f"{ANDROID} MicroMessenger/8.0", "微信 · 安卓"),
        (SAFARI, "Safari · macOS"),
        (IPHONE, "Safari · iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox · Linux"),
        ("Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko", "Internet Explorer · Windows"),
        ("curl/8.4", "未知浏览器 · 未知系统"),
        ("", "未知浏览器 · 未知系统"),
    ],
)
def test_device_is_said_in_words(user_agent: str, said: str) -> None:
    assert device_in_words(user_agent) == said
