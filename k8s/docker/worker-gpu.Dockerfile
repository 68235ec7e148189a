# A worker for NVIDIA GPUs: CUDA 13, cuDNN 9, TensorRT 10. The model comes from a volume; the one that ships is there to try it.
# Build from the repository's root: docker build -f k8s/docker/worker-gpu.Dockerfile -t deltaedge/worker-gpu:0.1.0 .
FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
WORKDIR /src
COPY Directory.Build.props Directory.Packages.props global.json .editorconfig ./
COPY eng eng
COPY services services
COPY gateway gateway
COPY models/DeltaEdge.ModelCompiler models/DeltaEdge.ModelCompiler
# ONNX Runtime with its GPU providers is the NuGet package (docs/adr/0002).
RUN dotnet publish services/DeltaEdge.Worker -c Release -r linux-x64 --self-contained false -p:OrtDistribution=nuget -o /out
RUN dotnet publish services/DeltaEdge.Cli -c Release -r linux-x64 --self-contained false -p:OrtDistribution=nuget -o /out

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble AS dotnet

FROM nvidia/cuda:13.0.1-cudnn-runtime-ubuntu24.04
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
       ca-certificates libstdc++6 libgomp1 ffmpeg util-linux libturbojpeg libpng16-16t64 libwebp7 libnvinfer10 libnvinfer-plugin10 libnvonnxparsers10 \
    && rm -rf /var/lib/apt/lists/*
COPY --from=dotnet /usr/share/dotnet /usr/share/dotnet
WORKDIR /app
COPY --from=build /out .
COPY models/nano models/nano
ENV PATH=/app:/usr/share/dotnet:/usr/local/cuda/bin:/usr/local/bin:/usr/bin:/bin DOTNET_ROOT=/usr/share/dotnet DOTNET_EnableDiagnostics=0 \
    ASPNETCORE_HTTP_PORTS=8081 XDG_CACHE_HOME=/var/lib/deltaedge/cache XDG_DATA_HOME=/var/lib/deltaedge
EXPOSE 8081
USER 10001:10001
ENTRYPOINT ["dotnet", "DeltaEdge.Worker.dll"]
