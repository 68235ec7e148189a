# The gateway with the live page. Build from the repository's root: docker build -f k8s/docker/gateway.Dockerfile -t deltaedge/gateway:0.1.0 .
FROM node:22.20-bookworm-slim AS page
WORKDIR /src
COPY gateway/dashboard gateway/dashboard
RUN cd gateway/dashboard && npm install --no-save --no-audit --no-fund --ignore-scripts && npm run build

FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
WORKDIR /src
COPY Directory.Build.props Directory.Packages.props global.json .editorconfig ./
COPY eng eng
COPY services services
COPY gateway gateway
COPY --from=page /src/gateway/dashboard/dist gateway/dashboard/dist
RUN dotnet publish gateway/DeltaEdge.Gateway -c Release -o /out

# No shell, no package manager.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled
WORKDIR /app
COPY --from=build /out .
ENV ASPNETCORE_HTTP_PORTS=8080 DOTNET_EnableDiagnostics=0
EXPOSE 8080
USER 10001:10001
ENTRYPOINT ["dotnet", "DeltaEdge.Gateway.dll"]
