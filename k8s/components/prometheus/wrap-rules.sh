#!/usr/bin/env bash
# Writes rules.yaml, the PrometheusRule of the same groups that k8s/monitoring/rules holds for a Prometheus without the operator.
set -euo pipefail
cd "$(dirname "$0")"
{
  cat <<'YAML'
# Written by wrap-rules.sh from k8s/monitoring/rules: change it there.
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: deltaedge
  labels:
    app.kubernetes.io/name: deltaedge
spec:
  groups:
YAML
  sed -e '/^#/d' -e '/^groups:$/d' -e 's/^\(.\)/  \1/' ../../monitoring/rules/*.yaml
} > rules.yaml
