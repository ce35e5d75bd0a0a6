package io.portico.conformance.client;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * An SDK in another language, held by a script: an operation with its input goes in, its result or
 * the error that the SDK raised comes out.
 */
record LineDriver(LineProcess script) implements AwsClient, Closeable {

  @Override
  public JsonNode call(AwsService service, String operation, Map<String, ?> input) {
    JsonNode answer =
        script.exchange(
            Map.of(
                "service",
                service.command(),
                "operation",
                operation,
                "input",
                input,
                "blobs",
                Blobs.givenTo(operation),
                "archive",
                Blobs.isArchive(operation)));
    if (answer.has("error")) {
      JsonNode error = answer.get("error");
      throw new AwsFailure(
          error.path("code").asString(),
          error.path("type").asString(),
          error.path("status").asInt(),
          error.path("message").asString());
    }
    if (!answer.has("output")) {
      throw new AssertionError(script + " failed by itself: " + answer);
    }
    return answer.get("output");
  }

  @Override
  public void close() throws IOException {
    script.close();
  }
}
