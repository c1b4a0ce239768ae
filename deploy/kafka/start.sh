#!/usr/bin/env bash
# Runs one Kafka broker in the foreground until Ctrl-C. Needs Java 17 or newer, and mvn the first time. Settings:
#   KAFKA_PORT             port for clients (9092)
#   KAFKA_CONTROLLER_PORT  port the node needs for itself (KAFKA_PORT + 1)
#   KAFKA_DATA_DIR         where the messages are kept (data/ beside this file)
#   KAFKA_HEAP             Java's heap (512m)
#   KAFKA_FAR_PORT         another port for clients that come by a way of their own, as through a proxy (none)
#   KAFKA_FAR_ADDRESS      host:port by which the broker names itself to those
set -euo pipefail
cd "$(dirname "$0")"
port="${KAFKA_PORT:-9092}"
controller_port="${KAFKA_CONTROLLER_PORT:-$((port + 1))}"
data="${KAFKA_DATA_DIR:-$PWD/data}"
heap="${KAFKA_HEAP:-512m}"
far="${KAFKA_FAR_PORT:+,FAR://127.0.0.1:$KAFKA_FAR_PORT}"
far_advertised="${far:+,FAR://$KAFKA_FAR_ADDRESS}"

./fetch.sh
mkdir -p "$data"
data="$(cd "$data" && pwd)"
{
	cat server.properties
	echo "listeners=PLAINTEXT://127.0.0.1:$port,CONTROLLER://127.0.0.1:$controller_port$far"
	echo "advertised.listeners=PLAINTEXT://127.0.0.1:$port,CONTROLLER://127.0.0.1:$controller_port$far_advertised"
	echo "controller.quorum.bootstrap.servers=127.0.0.1:$controller_port"
	echo "log.dirs=$data/log"
} >"$data/server.properties"

# Any id will do for a cluster of one; it is the same each time, so that the data can be opened again.
cluster_id=MkU3OEVBNTcwNTJENDM2Qg
[ -f "$data/log/meta.properties" ] ||
	java -Xmx128m -XX:TieredStopAtLevel=1 -Dlog4j2.configurationFile=log4j2.properties -cp 'libs/*' \
		kafka.tools.StorageTool format --standalone -t "$cluster_id" -c "$data/server.properties"
exec java -Xms256m "-Xmx$heap" -XX:+UseG1GC -Djava.awt.headless=true -Dlog4j2.configurationFile=log4j2.properties \
	-cp 'libs/*' kafka.Kafka "$data/server.properties"
