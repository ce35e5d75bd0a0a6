package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * All that is made of an API: deployments, published documentation, exports, clients, templates of
 * models, calls that try its methods. Each is made or refused; a refusal changes nothing.
 */
final class MadeOfAnApi {
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

  private final TestControlPlane plane;
  private final Set<String> succeeded = new TreeSet<>();
  private final List<String> refused = new ArrayList<>();

  MadeOfAnApi(TestControlPlane plane) {
    this.plane = plane;
  }

  /** Makes everything of an API but clients. */
  void make(String api) {
    if (attempt("CreateDeployment", stageOf(api))) {
      attempt("CreateDocumentationVersion", stageOf(api).put("documentationVersion", "1"));
      for (String type : List.of("oas30", "swagger")) {
        for (String extensions : List.of("", "documentation", "apigateway,postman")) {
          ObjectNode export = stageOf(api).put("exportType", type);
          export.putObject("parameters").put("extensions", extensions);
          // Swagger says less than OpenAPI 3: what it cannot say is refused.
          attempt("GetExport", export);
        }
      }
    }
  }

  /** Makes a client in one of the languages, of the stage that {@link #make} has made. */
  void makeClient(String api, int language) {
    ObjectNode sdk = stageOf(api).put("sdkType", SDKS.get(language % SDKS.size()));
    SDK_PARAMETERS.forEach(sdk.putObject("parameters")::put);
    attempt("GetSdk", sdk);
  }

  void makeClients(String api) {
    for (int language = 0; language < SDKS.size(); language++) {
      makeClient(api, language);
    }
  }

  /** Reads every model as a template, and flat. */
  void readModels(String api) {
    for (JsonNode model : plane.call("GetModels", of(api)).path("item")) {
      ObjectNode named = of(api).put("modelName", model.get("name").asString());
      attempt("GetModelTemplate", named);
      attempt("GetModel", named.put("flatten", true));
    }
  }

  /** Calls every method, without a deployment. */
  void tryMethods(String api) {
    ObjectNode withMethods = of(api);
    withMethods.putArray("embed").add("methods");
    for (JsonNode resource : plane.call("GetResources", withMethods).path("item")) {
      for (String method : resource.path("resourceMethods").propertyNames()) {
        attempt(
            "TestInvokeMethod",
            of(api)
                .put("resourceId", resource.get("id").asString())
                .put("httpMethod", method)
                .put("body", "{\"a\": [1, {\"b\": null}]}"));
      }
    }
  }

  static ObjectNode of(String api) {
    return Json.object().put("restApiId", api);
  }

  private static ObjectNode stageOf(String api) {
    return of(api).put("stageName", "prod");
  }

  /** Whether an operation succeeds; if it does not, nothing may have changed. */
  boolean attempt(String operation, ObjectNode input) {
    Object before = plane.store.state();
    try {
      plane.call(operation, input);
      succeeded.add(operation);
      return true;
    } catch (ServiceException refusal) {
      assertThat(refusal.status()).as("%s: %s", operation, refusal.text()).isLessThan(500);
      assertThat(plane.store.state()).as("%s: refused", operation).isSameAs(before);
      refused.add(operation + ": " + refusal.text());
      return false;
    }
  }

  /** The operations that have succeeded some time. */
  Set<String> succeeded() {
    return succeeded;
  }

  /** What was refused, with its text. */
  List<String> refused() {
    return refused;
  }
}
