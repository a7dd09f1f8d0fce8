#!/bin/sh
# What the tests of the website need from outside Python, installed where that is possible. Chromium must be there;
# without nginx, or without node, the tests that need them say so and are skipped.
cd "$(dirname "$0")/.." || exit 2
root() { command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; }

# Unpacked and not installed: an installed nginx would start to serve.
fetch_nginx() {
    mkdir -p .venv/nginx && cd .venv/nginx && apt-get -qq download "$@" >/dev/null 2>&1 && for package in *.deb; do dpkg -x "$package" .; done && rm -f ./*.deb
}
if ! command -v nginx >/dev/null && [ ! -x .venv/nginx/usr/sbin/nginx ] && command -v dpkg >/dev/null && command -v apt-get >/dev/null; then
    (fetch_nginx nginx libnginx-mod-http-brotli-static) || { root && apt-get update -qq >/dev/null && (fetch_nginx nginx libnginx-mod-http-brotli-static); } || true
fi
tools=tests/website/node_modules/.package-lock.json
if command -v npm >/dev/null && { [ ! -e "$tools" ] || [ tests/website/package-lock.json -nt "$tools" ]; }; then
    npm ci --silent --prefix tests/website || true
fi

command -v chromium >/dev/null && exit 0
if root; then
    echo "Installing chromium for the browser tests ..."
    apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium fonts-dejavu-core >/dev/null && exit 0
fi
echo "The browser tests need chromium. Install it with: sudo apt-get install chromium" >&2
exit 2
