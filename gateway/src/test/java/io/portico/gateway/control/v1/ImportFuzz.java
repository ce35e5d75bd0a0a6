package io.portico.gateway.control.v1;

import io.portico.gateway.json.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Fuzzes the importers: the fuzzer's bytes are a document, and a list of API keys. Each is refused
 * and has changed nothing, or is an API that can be merged with itself, put in its own place,
 * documented by itself, deployed, exported in every form, and called by a generated client.
 */
public final class ImportFuzz {
  private static final HostilePlane PLANE = new HostilePlane();
  private static final Object EMPTY = PLANE.control.store.state();
  private static final MadeOfAnApi MADE = new MadeOfAnApi(PLANE.control);

  private ImportFuzz() {}

  /** What Jazzer calls. */
  public static void fuzzerTestOneInput(byte[] document) {
    PLANE.control.store.restore(EMPTY);
    MADE.attempt("ImportApiKeys", Json.object().put("body", document).put("format", "csv"));
    if (!MADE.attempt("ImportRestApi", Json.object().put("body", document))) {
      return;
    }
    JsonNode apis = PLANE.control.call("GetRestApis", Json.object()).get("item");
    String api = apis.get(0).get("id").asString();
    for (String mode : List.of("merge", "overwrite")) {
      MADE.attempt("PutRestApi", MadeOfAnApi.of(api).put("body", document).put("mode", mode));
      MADE.attempt(
          "ImportDocumentationParts", MadeOfAnApi.of(api).put("body", document).put("mode", mode));
    }
    MADE.make(api);
    MADE.makeClient(api, document.length);
  }
}
