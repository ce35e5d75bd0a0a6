#!/usr/bin/env bash
# Compiles the function into its folder.
set -euo pipefail
CDPATH='' cd "$(dirname "$0")/functions/greeter-java"
export PATH=${JAVA_HOME:+$JAVA_HOME/bin:}$PATH
javac --release 17 -d target/classes Greeter.java
