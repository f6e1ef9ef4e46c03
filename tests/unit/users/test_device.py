"""A reader recognises her device by its kind, and the shop learns no more."""

import pytest

from entrypoints.http.users.device import kind_of_device

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "kind"),
    [
        ("", "Another program"),
        ("curl/8.5.0", "curl"),
        ("python-httpx/0.28", "Another program"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox on Linux"),
        (
            f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/126.0 Safari/537.36",
            "Chrome on Windows",
        ),
        (f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Chrome/126.0 Safari/537.36 Edg/126.0", "Edge on Windows"),
        (f"Mozilla/5.0 (Linux; Android 14) {WEBKIT} Chrome/126.0 Mobile Safari/537.36", "Chrome on Android"),
        (
            f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {WEBKIT} Version/17 Safari/605",
            "Safari on macOS",
        ),
        (f"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) {WEBKIT} Safari/604", "Safari on iPhone"),
        ("<script>alert(1)</script> jane@example.org", "Another program"),
    ],
)
def test_a_device_is_called_by_its_family(user_agent: str, kind: str) -> None:
    assert kind_of_device(user_agent) == kind
