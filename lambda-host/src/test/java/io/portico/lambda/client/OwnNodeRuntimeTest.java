package io.portico.lambda.client;

import io.portico.lambda.RunningHost;
import io.portico.lambda.Zips;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Portico's own runtime for Node.js, which functions of {@code nodejs20.x} get. */
final class OwnNodeRuntimeTest extends RuntimeClientContract {

  @Override
  void prepare() {}

  @Override
  ObjectNode function(String name, String module) {
    return RunningHost.creation(
        name, "nodejs20.x", module + ".handler", source("nodejs", module + ".js"));
  }

  /** A zip of one of the sources. */
  static byte[] source(String language, String file) {
    try {
      return Zips.of(Map.of(file, Files.readString(Path.of("src/test/clients", language, file))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  String stack() {
    return "trace";
  }

  @Override
  String typeOfBroken() {
    return "RangeError";
  }
}
