package io.portico.gateway.control.v2;

import io.portico.gateway.control.V2RecordTypes;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.v2.openapi.HttpApiExporter;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.v2.ApiDefinition;
import io.portico.gateway.model.v2.ApiRecord;
import io.portico.gateway.model.v2.DeploymentRecord;
import io.portico.gateway.store.RecordReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Exports: an HTTP API, as it is or as a stage serves it, as an OpenAPI document. */
// AWS: the texts are assumed.
public final class Exports {
  private final V2Environment environment;

  Exports(V2Environment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations.add("ExportApi", this::exportApi);
  }

  public ObjectNode exportApi(OperationCall call) {
    Input input = call.input();
    checkChoices(input);
    String stage = input.stringOrNull("StageName");
    ApiDefinition definition =
        environment
            .records()
            .read(
                records -> {
                  Finder finder = new Finder(records, call);
                  ApiRecord api = finder.api();
                  if (!api.isHttp()) {
                    throw ServiceException.badRequest(
                        "ExportApi is not supported for WebSocket APIs.");
                  }
                  return stage == null
                      ? ApiContents.read(records, api)
                      : deployed(records, api, finder.stage().deploymentId());
                });
    boolean extensions = !input.has("IncludeExtensions") || input.bool("IncludeExtensions");
    String text =
        HttpApiExporter.export(
            definition, stage, extensions, "YAML".equals(input.string("OutputType")));
    ObjectNode reply = Json.object();
    reply.put("body", text.getBytes(StandardCharsets.UTF_8));
    return reply;
  }

  // AWS: source: documented, ExportApi.
  private static void checkChoices(Input input) {
    if (!input.string("Specification").equals("OAS30")) {
      throw ServiceException.badRequest("Invalid specification. OAS30 is the only supported value");
    }
    String type = input.string("OutputType");
    if (!type.equals("YAML") && !type.equals("JSON")) {
      throw ServiceException.badRequest("Invalid outputType. Valid values are YAML and JSON");
    }
    String version = input.stringOrNull("ExportVersion");
    if (version != null && !version.isEmpty() && !version.equals("1.0")) {
      throw ServiceException.badRequest("Invalid exportVersion. 1.0 is the only supported value");
    }
  }

  private static ApiDefinition deployed(
      RecordReader records, ApiRecord api, @Nullable String deploymentId) {
    return (deploymentId == null
            ? Optional.<DeploymentRecord>empty()
            : records.find(V2RecordTypes.DEPLOYMENT, api.apiId(), deploymentId))
        .map(DeploymentRecord::frozen)
        .orElseThrow(
            () -> ServiceException.badRequest("The stage has no deployment that can be exported"));
  }
}
