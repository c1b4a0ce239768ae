#!/usr/bin/env bash
# Copies Apache Kafka (44 MB) from Maven Central into libs/, once. Needs mvn.
set -euo pipefail
cd "$(dirname "$0")"
[ -d libs ] && exit 0
# Into another folder first: a download that was cut short must not pass for a whole one.
part="data/libs.$$"
mkdir -p data
trap 'rm -rf "$part"' EXIT
mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies \
	-DincludeScope=runtime -DoutputDirectory="$PWD/$part"
[ -d libs ] || mv "$part" libs
