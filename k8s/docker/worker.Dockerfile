# A worker on the CPU, with the model that ships and the deltaedge command line.
# Build from the repository's root: docker build -f k8s/docker/worker.Dockerfile -t deltaedge/worker:0.1.0 .
FROM node:22.20-bookworm-slim AS onnxruntime
WORKDIR /src
COPY eng/OnnxRuntime eng/OnnxRuntime
RUN cd eng/OnnxRuntime && npm ci --no-audit --no-fund --ignore-scripts

FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
WORKDIR /src
COPY Directory.Build.props Directory.Packages.props global.json .editorconfig ./
COPY eng eng
COPY services services
COPY gateway gateway
COPY models/DeltaEdge.ModelCompiler models/DeltaEdge.ModelCompiler
COPY --from=onnxruntime /src/eng/OnnxRuntime/node_modules eng/OnnxRuntime/node_modules
RUN dotnet publish services/DeltaEdge.Worker -c Release -o /out
RUN dotnet publish services/DeltaEdge.Cli -c Release -o /out
# Compiled here, so that a worker that starts needs no writable model folder and no compile time.
COPY models/nano /models/nano
RUN dotnet /out/deltaedge.dll model compile /models/nano

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble AS dotnet

# Debian 12 is what the codecs and ffmpeg are tested on (eng/setup.sh); .NET's files are the same for every glibc distribution.
FROM debian:12.12-slim
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
       ca-certificates libstdc++6 libgomp1 ffmpeg util-linux libturbojpeg0 libpng16-16 libwebp7 \
    && rm -rf /var/lib/apt/lists/*
COPY --from=dotnet /usr/share/dotnet /usr/share/dotnet
WORKDIR /app
COPY --from=build /out .
COPY --from=build /models/nano models/nano
ENV PATH=/app:/usr/share/dotnet:/usr/local/bin:/usr/bin:/bin DOTNET_ROOT=/usr/share/dotnet DOTNET_EnableDiagnostics=0 \
    ASPNETCORE_HTTP_PORTS=8081 XDG_CACHE_HOME=/var/lib/deltaedge/cache XDG_DATA_HOME=/var/lib/deltaedge
EXPOSE 8081
USER 10001:10001
ENTRYPOINT ["dotnet", "DeltaEdge.Worker.dll"]
