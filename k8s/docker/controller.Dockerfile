# The slow budget loop. Build from the repository's root: docker build -f k8s/docker/controller.Dockerfile -t deltaedge/controller:0.1.0 .
FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
WORKDIR /src
COPY Directory.Build.props Directory.Packages.props global.json .editorconfig ./
COPY eng eng
COPY services services
RUN dotnet publish services/DeltaEdge.Controller -c Release -o /out

# No shell, no package manager.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled
WORKDIR /app
COPY --from=build /out .
ENV ASPNETCORE_HTTP_PORTS=8082 DOTNET_EnableDiagnostics=0
EXPOSE 8082
USER 10001:10001
ENTRYPOINT ["dotnet", "DeltaEdge.Controller.dll"]
