"""Keys out of the environment; what is wrong with one is said without repeating it."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from entrypoints.environment import Environment, SettingError, decoded_key


def encryption_keys(name: str, env: Environment) -> tuple[bytes, ...]:
    """`id:base64[,id:base64…]`: the ids are for the people who rotate them; sealed data finds its own key."""
    env.secret(name)
    keys = {}
    for entry in env.words(name):
        label, colon, text = entry.partition(":")
        if not colon or not label or label in keys:
            raise SettingError(name, "write id:base64[,id:base64…] with each id once, the current key first.")
        keys[label] = decoded_key(name, text)
    return tuple(keys.values())


def signing_key(name: str, env: Environment) -> bytes:
    """An Ed25519 private key, as PEM or as its 32 bytes in base64."""
    given = env.secret(name)
    if not given.startswith("-----BEGIN"):
        return env.key(name)
    try:
        key = load_pem_private_key(given.encode(), password=None)
    except (ValueError, TypeError):
        key = None  # said below, without repeating the key
    if not isinstance(key, Ed25519PrivateKey):
        raise SettingError(name, "an Ed25519 private key is needed: `openssl genpkey -algorithm ed25519`.")
    return key.private_bytes_raw()
