"""What every contract suite shares."""

import pytest


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "needs(ability): a fact a stand-in without that ability can not prove; it says why"
    )
