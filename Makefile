# DeltaEdge: the two commands a newcomer needs are `make run` and `make test`.
CONFIGURATION ?= Release
# Programs are in artifacts/bin/PROJECT/$(OUTPUT).
OUTPUT := $(shell echo $(CONFIGURATION) | tr A-Z a-z)
CLI := artifacts/bin/DeltaEdge.Cli/$(OUTPUT)/deltaedge
NPM_FLAGS := --no-audit --no-fund --loglevel=error --no-update-notifier --ignore-scripts
# With GPU=1 every program gets the ONNX Runtime that can load the CUDA and TensorRT providers (`make gpu-providers` first).
# Not `dotnet build`: it ends with a summary of nothing, whatever it is told.
BUILD := dotnet msbuild -restore -p:Configuration=$(CONFIGURATION) -v:quiet -nologo '-clp:NoSummary;ErrorsOnly' $(if $(GPU),-p:OrtGpu=true)

.DEFAULT_GOAL := help
.PHONY: help run cluster load test chaos soak fuzz test-unit test-component test-e2e test-chaos test-dashboard test-training restore gpu-providers build build-cli build-chaos dashboard model \
        bench bench-smoke bench-control k8s-validate k8s-rules k8s-demo report-control validate-simulator monitoring-validate format check-format ci clean first-build setup-run setup-cluster setup-report setup-test

# A goal's line ends with "## GROUP: what it does"; several goals of one line are listed one by one.
help:
	@for group in Start Test Measure Operate Build; do printf '\n%s\n' "$$group"; \
	  sed -nE "s/^([a-z0-9 -]+):.*## $$group: (.*)/\1\t\2/p" $(MAKEFILE_LIST) | awk -F'\t' '{n = split($$1, goals, " "); for (i = 1; i <= n; i++) printf "  make %-19s %s\n", goals[i], $$2}'; done

run: setup-run first-build dashboard build-cli ## Start: Start everything in one process: four demo cameras, the live page, metrics
	$(CLI) up

cluster: setup-cluster first-build dashboard build-cli ## Start: Start redis-server, two workers, two gateways and a controller as processes here (ARGS="--controllers 2")
	$(CLI) cluster --demo $(ARGS)

load: build-cli ## Start: Add load to what `make run` started; the budget steps down and climbs back (DURATION=20, ASKS=n a second)
	$(CLI) load $(if $(ASKS),--rate $(ASKS)) --seconds $(or $(DURATION),20)

test: setup-test dashboard build ## Test: Every test: unit, component (real Redis, ffmpeg, Kestrel, engine), end to end
	eng/test.sh

# One suite at a time, while working on it.
test-unit test-component test-e2e test-chaos test-dashboard test-training: test-%: setup-test build ## Test: That suite alone
	eng/test.sh $*

CHAOS := artifacts/bin/DeltaEdge.ChaosTests/$(OUTPUT)/DeltaEdge.ChaosTests -noLogo -noColor -explicit on -showliveoutput

build-chaos: eng/OnnxRuntime/node_modules/.package-lock.json
	$(BUILD) tests/DeltaEdge.ChaosTests

chaos: setup-test build-chaos ## Test: The twelve promises under faults, on real processes; figures go to artifacts/chaos/report.md (SINK_DOWN=30 POISON_WINDOW=20 POISON_PAIRS=5; the long form: 600, 60, 40)
	DELTAEDGE_SINK_DOWN_SECONDS=$(or $(SINK_DOWN),30) DELTAEDGE_POISON_WINDOW_SECONDS=$(or $(POISON_WINDOW),20) DELTAEDGE_POISON_PAIRS=$(or $(POISON_PAIRS),5) $(CHAOS)

soak: setup-test build-chaos ## Test: A cluster under ordinary work for a while: memory, handles, threads (MINUTES=30); artifacts/chaos/soak.svg
	DELTAEDGE_SOAK_MINUTES=$(or $(MINUTES),30) $(CHAOS) -class '*Promise10*'

fuzz: setup-test build-chaos ## Test: Hostile images and requests (COUNT=100000)
	DELTAEDGE_FUZZ_COUNT=$(or $(COUNT),100000) $(CHAOS) -class '*Promise12*'

restore: eng/OnnxRuntime/node_modules/.package-lock.json ## Build: Fetch packages
	dotnet restore -v quiet

gpu-providers: eng/OnnxRuntime/node_modules/.package-lock.json ## Start: Fetch ONNX Runtime for NVIDIA GPUs (550 MB unpacked); then make run GPU=1
	cd eng/OnnxRuntime && npm install --no-save --no-package-lock $(NPM_FLAGS) com.github.asus4.onnxruntime.linux-x64-gpu@0.4.9 onnxruntime-node@1.29.0 >/dev/null
	@touch eng/OnnxRuntime/node_modules/.package-lock.json

build: eng/OnnxRuntime/node_modules/.package-lock.json ## Build: Build everything
	$(BUILD)

build-cli: eng/OnnxRuntime/node_modules/.package-lock.json
	$(BUILD) services/DeltaEdge.Cli

dashboard: gateway/dashboard/dist/index.html ## Build: Build the live page

gateway/dashboard/dist/index.html: gateway/dashboard/node_modules/.package-lock.json $(shell find gateway/dashboard/src gateway/dashboard/index.html -type f 2>/dev/null)
	cd gateway/dashboard && npm run --silent --no-update-notifier build -- --logLevel warn

gateway/dashboard/node_modules/.package-lock.json: gateway/dashboard/package-lock.json
	@# Not `npm ci`: it refuses a lock file without entries for other platforms' optional binaries, which not every registry has.
	cd gateway/dashboard && npm install --no-save $(NPM_FLAGS) >/dev/null
	@touch $@

eng/OnnxRuntime/node_modules/.package-lock.json: eng/OnnxRuntime/package-lock.json
	cd eng/OnnxRuntime && npm ci $(NPM_FLAGS) >/dev/null
	@touch $@

model: build-cli ## Start: Compile the model that ships (done by itself at first start)
	$(CLI) model compile

bench: build ## Measure: Benchmarks of single parts: read ratios and allocations, not absolute times
	artifacts/bin/DeltaEdge.Benchmarks/$(OUTPUT)/DeltaEdge.Benchmarks --filter "*"

CONTROL_POLICIES ?= deltaedge fixed-576 fixed-144 fixed-36 fixed-16 fixed-1 admission-576 admission-36 yield-36 yield-16 drop-oldest-576 aimd-576 frame-rate-576 \
        infaas-accuracy sommelier-local proteus slackfit-batch slackfit-budget brownout ablation
REPORT_WORKLOADS ?= w1-rho0.3 w1-rho0.6 w1-rho0.8 w1-rho1 w1-rho1.5 w1-rho2 w1-rho3 w1-rho4 w2-cv1-rho3 w2-cv2-rho3 w2-cv4-rho3 w2-cv8-rho3 w2-cv4-rho4 \
        w3-ramp-50 w3-ramp-250 w3-ramp-1000 w4-functions-rho2 w5-diurnal-rho2 w6-cameras-rho1 w6-cameras-rho2 w6-cameras-rho3 step step-rho3
CONTROL_WORKLOADS ?= w1-rho0.8 w2-cv4-rho3 w6-cameras-rho2 step

bench-control: setup-run dashboard build-cli ## Measure: Policies against each other on this machine, graded against the truth (SEEDS=1 SECONDS=12; stopped, it goes on)
	$(CLI) bench --policy $(CONTROL_POLICIES) --workload $(CONTROL_WORKLOADS) --seeds $(or $(SEEDS),1) --seconds $(or $(SECONDS),12) \
	  --twins --out artifacts/bench-control

report-control: setup-report build-cli ## Measure: The same comparison in simulation, over all workloads: nano on one worker, a 7B model on four; with the oracle's bound
	$(CLI) simulate --profile nano --workers 1 --policy all ablation --workload $(REPORT_WORKLOADS) --seeds 5 --seconds 60 --oracle --out artifacts/report-control/nano
	$(CLI) simulate --profile 7b-h200 --workers 4 --policy all ablation --workload $(REPORT_WORKLOADS) w7-worker-loss --seeds 3 --seconds 30 --oracle --out artifacts/report-control/7b-h200

validate-simulator: build ## Measure: Whole-system runs beside their simulated twins; needs a machine to itself
	artifacts/bin/DeltaEdge.ComponentTests/$(OUTPUT)/DeltaEdge.ComponentTests -explicit only -class '*SimulatorValidation' -showliveoutput

monitoring-validate: setup-test dashboard build ## Operate: Rules by promtool, dashboards against the code, all queries against a real Prometheus
	artifacts/bin/DeltaEdge.ComponentTests/$(OUTPUT)/DeltaEdge.ComponentTests -noLogo -namespace '*.Monitoring'
	artifacts/bin/DeltaEdge.EndToEndTests/$(OUTPUT)/DeltaEdge.EndToEndTests -noLogo -class '*PrometheusTests'

bench-smoke: setup-run dashboard build-cli ## Measure: Latency by stage and budget, requests/s by budget, the step-load experiment: table and SVG
	$(CLI) bench-smoke

k8s-validate: setup-test build ## Operate: Render every overlay of k8s/ and check it and the Dockerfiles against the programs; no cluster needed
	artifacts/bin/DeltaEdge.ComponentTests/$(OUTPUT)/DeltaEdge.ComponentTests -noLogo -namespace 'DeltaEdge.ComponentTests.Kubernetes'

k8s-rules: ## Operate: Wrap k8s/monitoring/rules for the Prometheus operator
	k8s/components/prometheus/wrap-rules.sh

k8s-demo: ## Operate: Apply the demonstration to the cluster that kubectl points at; the images must be there (docs/kubernetes.md)
	k8s/secrets.sh
	kubectl apply -k k8s/overlays/cpu-demo

format: ## Build: Format the code
	dotnet format --exclude eng/OnnxRuntime/node_modules

check-format: ## Test: Fail if the code is not formatted
	dotnet format --verify-no-changes --exclude eng/OnnxRuntime/node_modules

ci: check-format test ## Test: check-format and test: to be run before a change is handed in

clean: ## Build: Remove what was built
	rm -rf artifacts gateway/dashboard/dist models/nano/.compiled

# Says so before the long silence of a first build.
first-build:
	@[ -e $(CLI) ] || echo "Building, about two minutes the first time ..."

setup-run:
	@eng/setup.sh run

setup-cluster:
	@eng/setup.sh cluster

setup-report:
	@eng/setup.sh report

setup-test:
	@eng/setup.sh test
