#!/usr/bin/env bash
# Two people talk: check.sh URL
set -euo pipefail
url=${1:?usage: check.sh URL, as up.sh printed it}
# Node.js 20 has WebSocket behind this option, later ones have it as it is.
exec node --experimental-websocket --no-warnings "$(dirname "$0")/talk.mjs" "${url/#http/ws}"
