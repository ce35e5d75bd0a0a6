package io.portico.conformance.client;

import io.portico.conformance.server.Endpoint;
import java.util.Optional;

/** boto3, in whichever Python has it. */
final class Boto3 {
  private Boto3() {}

  static Optional<LineDriver> installed(Endpoint endpoint) {
    return Python.thatRuns("import boto3")
        .map(
            python ->
                new LineDriver(
                    LineProcess.start(
                        "boto3", endpoint, Python.SCRIPTS, Python.command(python, "driver.py"))));
  }
}
