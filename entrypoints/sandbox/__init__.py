"""The stand-in outside world: servers that know nothing of the shop, whose ledgers tests trust."""
