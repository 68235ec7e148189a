#!/usr/bin/env bash
# Makes the namespace and the secret that the manifests ask for, with random values, unless they are there: secrets.sh [namespace]
set -euo pipefail
namespace="${1:-deltaedge}"

random() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }

kubectl get namespace "$namespace" >/dev/null 2>&1 || kubectl create namespace "$namespace"
if kubectl -n "$namespace" get secret deltaedge-secrets >/dev/null 2>&1; then
  echo "The secret deltaedge-secrets is there already."
  exit 0
fi
# From a file descriptor: arguments can be read in the process list.
kubectl -n "$namespace" create secret generic deltaedge-secrets \
  --from-file=redis-password=<(random) --from-file=gateway-secret=<(random)
