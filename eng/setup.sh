#!/usr/bin/env bash
# Installs the Debian packages that a goal needs, if they are missing: setup.sh run | cluster | report | test
set -euo pipefail

run_packages=(ffmpeg util-linux libturbojpeg0 libpng16-16 libwebp7)
report_packages=("${run_packages[@]}" coinor-libclp1)
test_packages=("${report_packages[@]}" redis-server faketime mosquitto mosquitto-clients prometheus gcc libc6-dev python3-torch python3-numpy python3-pil
  gir1.2-gst-rtsp-server-1.0 python3-gi gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad gstreamer1.0-plugins-ugly glib-networking)

# Renders the manifests in k8s; any kubectl will do.
command -v kubectl >/dev/null || test_packages+=(kubernetes-client)

case "${1:-run}" in
  run) wanted=("${run_packages[@]}") ;;
  cluster) wanted=("${run_packages[@]}" redis-server) ;;
  report) wanted=("${report_packages[@]}") ;;
  test) wanted=("${test_packages[@]}") ;;
  *) echo "usage: $0 run|cluster|report|test" >&2; exit 2 ;;
esac

for tool in dotnet node npm; do
  command -v "$tool" >/dev/null || { echo "$tool is missing: install the .NET 10 SDK and Node.js 20.19, 22.12 or later first." >&2; exit 1; }
done
# What the page's build tool runs on.
node -e 'const [major, minor] = process.versions.node.split(".").map(Number); process.exit((major == 20 && minor >= 19) || (major == 22 && minor >= 12) || major > 22 ? 0 : 1)' ||
  { echo "Node.js $(node -v) does not build the live page: install 20.19, 22.12 or later." >&2; exit 1; }

missing=()
for package in "${wanted[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -ne 0 ]; then
  echo "These Debian packages are missing: ${missing[*]}" >&2
  echo "Run: sudo apt-get install -y ${missing[*]}" >&2
  exit 1
fi

echo "Installing Debian packages: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# Services that start by themselves (redis-server, prometheus) are not wanted: tests start their own on free ports.
policy=/usr/sbin/policy-rc.d
[ -e "$policy" ] || { printf '#!/bin/sh\nexit 101\n' > "$policy"; chmod +x "$policy"; made_policy=1; }
apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
[ -z "${made_policy:-}" ] || rm -f "$policy"
