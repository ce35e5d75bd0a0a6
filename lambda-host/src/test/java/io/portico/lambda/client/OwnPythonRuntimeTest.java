package io.portico.lambda.client;

import io.portico.lambda.RunningHost;
import tools.jackson.databind.node.ObjectNode;

/** Portico's own runtime for Python, which functions of {@code python3.11} get. */
final class OwnPythonRuntimeTest extends RuntimeClientContract {

  @Override
  void prepare() {}

  @Override
  ObjectNode function(String name, String module) {
    return RunningHost.creation(
        name,
        "python3.11",
        module + ".handler",
        OwnNodeRuntimeTest.source("python", module + ".py"));
  }

  @Override
  String stack() {
    return "stackTrace";
  }

  @Override
  String typeOfBroken() {
    return "RuntimeError";
  }
}
