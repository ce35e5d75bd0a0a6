package io.portico.gateway.control.v1;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fuzzes the importers: the fuzzer's bytes are a document, and a list of API keys. Each is refused,
 * or is an API that can be merged with itself, put in its own place, documented by itself,
 * deployed, exported in every form, and called by a generated client.
 */
public final class ImportFuzz {
  private static final HostilePlane PLANE = new HostilePlane();
  private static final Object EMPTY = PLANE.control.store.state();
  private static final List<String> SDKS =
      List.of("android", "java", "javascript", "objectivec", "ruby", "swift");
  private static final Map<String, String> SDK_PARAMETERS =
      Map.of(
          "service.name", "Pets",
          "java.package-name", "example.pets",
          "classPrefix", "PET",
          "groupId", "g",
          "artifactId", "a",
          "artifactVersion", "1",
          "invokerPackage", "example.pets");

  private ImportFuzz() {}

  /** What Jazzer calls. */
  public static void fuzzerTestOneInput(byte[] document) {
    PLANE.control.store.restore(EMPTY);
    attempt("ImportApiKeys", Json.object().put("body", document).put("format", "csv"));
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
      attempt("ImportDocumentationParts", of(api).put("body", document).put("mode", mode));
    }
    if (attempt("CreateDeployment", stageOf(api))) {
      attempt("CreateDocumentationVersion", stageOf(api).put("documentationVersion", "1"));
      for (String type : List.of("oas30", "swagger")) {
        for (String extensions : List.of("", "apigateway,postman")) {
          ObjectNode export = stageOf(api).put("exportType", type);
          export.putObject("parameters").put("extensions", extensions);
          // Swagger says less than OpenAPI 3: what it cannot say is refused.
          attempt("GetExport", export);
        }
      }
      ObjectNode sdk = stageOf(api).put("sdkType", SDKS.get(document.length % SDKS.size()));
      SDK_PARAMETERS.forEach(sdk.putObject("parameters")::put);
      attempt("GetSdk", sdk);
    }
  }

  private static ObjectNode of(String api) {
    return Json.object().put("restApiId", api);
  }

  private static ObjectNode stageOf(String api) {
    return of(api).put("stageName", "prod");
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
