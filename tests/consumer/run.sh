#!/usr/bin/env bash
# A consumer outside the repository: the README's quickstart, compiled against the packed packages and nothing else of this repository,
# is run, then published self-contained and fully trimmed without a warning, and run again. What it sends is verified with Node's own crypto.
# usage: tests/consumer/run.sh <folder with the .nupkg files>
set -euo pipefail
packages=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

version=$(basename "$packages"/Webhooks.Sdk.[0-9]*.nupkg .nupkg)
version=${version#Webhooks.Sdk.}

# The first program of the README, as it stands there.
awk '/^```csharp/ { on = 1; next } /^```/ { if (on) exit } on' "$here/../../README.md" > "$work/Program.cs"
lines=$(wc -l < "$work/Program.cs")
[ "$lines" -lt 20 ] || { echo "the quickstart has $lines lines"; exit 1; }

cat > "$work/Directory.Build.props" <<< '<Project />'
cat > "$work/nuget.config" <<XML
<configuration>
  <packageSources>
    <add key="packed" value="$packages" />
  </packageSources>
</configuration>
XML
cat > "$work/consumer.csproj" <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <Nullable>enable</Nullable>
    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
    <PublishTrimmed>true</PublishTrimmed>
    <TrimMode>full</TrimMode>
    <TrimmerSingleWarn>false</TrimmerSingleWarn>
    <EnableTrimAnalyzer>true</EnableTrimAnalyzer>
    <EnableAotAnalyzer>true</EnableAotAnalyzer>
    <EnableSingleFileAnalyzer>true</EnableSingleFileAnalyzer>
    <!-- Packages of an earlier run with the same version must not be taken for these. -->
    <RestorePackagesPath>$work/packages</RestorePackagesPath>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Microsoft.Extensions.Hosting" Version="10.0.14" />
    <PackageReference Include="Webhooks.Sdk" Version="$version" />
  </ItemGroup>
</Project>
XML

cd "$work"
dotnet build -c Release --nologo -v quiet -o built
node "$here/receive.mjs" dotnet built/consumer.dll
dotnet publish -c Release -r linux-x64 --self-contained --nologo -v quiet -o trimmed
node "$here/receive.mjs" trimmed/consumer
