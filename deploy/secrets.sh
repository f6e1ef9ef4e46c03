#!/bin/sh
# Prints a full set of fresh secrets as an env file: ./secrets.sh > secrets.env
set -eu
key() { openssl rand -base64 32; }
password() { openssl rand -hex 32; }
cat <<SECRETS
OCTAVO_ENCRYPTION_KEYS=1:$(key)
OCTAVO_BLIND_INDEX_KEY=$(key)
OCTAVO_TOKEN_SIGNING_KEY=$(key)
OCTAVO_COOKIE_KEY=$(key)
OCTAVO_PAYMENTS_API_KEY=$(password)
OCTAVO_PAYMENTS_WEBHOOK_SECRET=$(password)
OCTAVO_CARRIER_API_KEY=$(password)
OCTAVO_CARRIER_WEBHOOK_SECRET=$(password)
OCTAVO_BOOKS_API_KEY=$(password)
OCTAVO_BOOKSTORES_API_KEY=$(password)
OCTAVO_TYPESENSE_API_KEY=$(password)
SECRETS
