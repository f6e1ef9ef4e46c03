"""How readers who watch prices are told."""

from dataclasses import dataclass

from entrypoints.environment import Environment


@dataclass(frozen=True, kw_only=True)
class Watches:
    """Watching prices."""

    private_webhooks: bool  # OCTAVO_PRIVATE_WEBHOOKS: readers' servers may stand in the shop's own network


def watches(env: Environment) -> Watches:
    """From the environment."""
    return Watches(private_webhooks=env.choice("OCTAVO_PRIVATE_WEBHOOKS", "no", "yes") == "yes")
