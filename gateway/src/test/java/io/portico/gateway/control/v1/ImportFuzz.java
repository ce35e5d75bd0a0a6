package io.portico.gateway.control.v1;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fuzzes the importers: the fuzzer's bytes are a document. Each is refused, or is an API that can
 * be deployed, exported in every form, merged with itself, and put in its own place.
 */
public final class ImportFuzz {
  private static final HostilePlane PLANE = new HostilePlane();
  private static final Object EMPTY = PLANE.control.store.state();

  private ImportFuzz() {}

  /** What Jazzer calls. */
  public static void fuzzerTestOneInput(byte[] document) {
    PLANE.control.store.restore(EMPTY);
    ObjectNode imported;
    try {
      imported = call("ImportRestApi", Json.object().put("body", document));
    } catch (ServiceException e) {
      check(e);
      return;
    }
    String api = imported.get("id").asString();
    for (String mode : List.of("merge", "overwrite")) {
      attempt("PutRestApi", of(api).put("body", document).put("mode", mode));
    }
    if (attempt("CreateDeployment", of(api).put("stageName", "prod"))) {
      for (String type : List.of("oas30", "swagger")) {
        for (String extensions : List.of("", "apigateway")) {
          ObjectNode export = of(api).put("stageName", "prod").put("exportType", type);
          export.putObject("parameters").put("extensions", extensions);
          // Swagger says less than OpenAPI 3: what it cannot say is refused.
          attempt("GetExport", export);
        }
      }
    }
  }

  private static ObjectNode of(String api) {
    return Json.object().put("restApiId", api);
  }

  private static boolean attempt(String operation, ObjectNode input) {
    try {
      call(operation, input);
      return true;
    } catch (ServiceException e) {
      check(e);
      return false;
    }
  }

  private static ObjectNode call(String operation, ObjectNode input) {
    return PLANE.control.call(operation, input);
  }

  private static void check(ServiceException refusal) {
    if (refusal.status() >= 500) {
      throw new AssertionError(refusal);
    }
  }
}
