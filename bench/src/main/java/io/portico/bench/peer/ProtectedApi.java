package io.portico.bench.peer;

import io.portico.bench.load.Call;
import io.portico.bench.load.Catalog;
import io.portico.bench.load.RawBackend;
import io.portico.bench.load.Requests;
import io.portico.bench.load.Scheme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One method with all that keeps strangers out: an API key of a usage plan that throttles and
 * counts, a validator that requires a parameter and a header, and a Lambda authorizer whose answers
 * are kept.
 */
record ProtectedApi(NodeProgram node) implements Api {
  private static final String FOLDER = "protected/";
  private static final String AUTHORIZER = "authorizer";
  private static final String PATH = "/item";
  private static final String QUERY = "?page=1";
  private static final String TENANT = "X-Tenant: bench";
  private static final String TOKEN = "Authorization: Bearer reader";
  private static final String KEY = "0123456789abcdefghijklmnopqrstuvwxyz0123";
  private static final String KEY_HEADER = Catalog.KEY_HEADER + ": " + KEY;

  /** Calls of one who may. */
  static Requests calls(int connections) {
    return new Requests(
        connections,
        Scheme.HTTP,
        List.of(call(QUERY, TENANT, TOKEN, KEY_HEADER)),
        RawBackend.ANSWER);
  }

  /** The same with one thing wrong each, and what that is answered with. */
  static Map<Call, Integer> callsOfStrangers() {
    return Map.of(
        call(QUERY, TENANT, KEY_HEADER), 401,
        call(QUERY, TENANT, TOKEN + "s", KEY_HEADER), 403,
        call(QUERY, TENANT, TOKEN), 403,
        call("", TENANT, TOKEN, KEY_HEADER), 400,
        call(QUERY, TOKEN, KEY_HEADER), 400);
  }

  private static Call call(String query, String... headers) {
    return new Call(PATH + query, List.of(headers));
  }

  @Override
  public String deploy(ControlPlane controlPlane, Workplace workplace, int backendPort)
      throws IOException {
    controlPlane.createFunction(
        AUTHORIZER, FunctionsApi.definition(AUTHORIZER, node, FunctionsApi.folder(workplace)));
    controlPlane.permitApiGateway(AUTHORIZER);
    Path definition =
        workplace.configure(FOLDER + "portico.json", Map.of("backend", "127.0.0.1:" + backendPort));
    String api = controlPlane.importRestApi(definition, ImportedApi.Endpoint.REGIONAL);
    controlPlane.createDeployment(api, STAGE);
    controlPlane.admit(
        controlPlane.createUsagePlan(
            workplace.text(FOLDER + "portico-plan.json").replace("${api}", api)),
        "reader",
        KEY);
    return api;
  }
}
