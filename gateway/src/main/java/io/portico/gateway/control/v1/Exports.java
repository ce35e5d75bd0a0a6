package io.portico.gateway.control.v1;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.openapi.ExportedApi;
import io.portico.gateway.control.openapi.OpenApiExporter;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.DeploymentRecord;
import io.portico.gateway.model.DocumentationVersionRecord;
import io.portico.gateway.model.StageRecord;
import io.portico.gateway.store.RecordReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Exports: what a stage serves, as an OpenAPI document. */
public final class Exports {
  private final V1Environment environment;

  Exports(V1Environment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations.add("GetExport", this::getExport);
  }

  public ObjectNode getExport(OperationCall call) {
    Input input = call.input();
    Map<String, String> parameters = input.stringMapOrNull("parameters");
    return environment
        .records()
        .read(
            records -> {
              Finder finder = new Finder(records, call);
              StageRecord stage = finder.stage();
              DeploymentRecord deployment =
                  records
                      .find(RecordTypes.DEPLOYMENT, finder.apiId(), stage.deploymentId())
                      .orElseThrow(
                          () ->
                              ServiceException.notFound("Invalid Deployment identifier specified"));
              ExportedApi exported =
                  OpenApiExporter.export(
                      deployment.frozen(),
                      stage,
                      documentation(records, finder.apiId(), stage),
                      input.string("exportType"),
                      input.stringOrNull("accepts"),
                      parameters == null ? Map.of() : parameters);
              ObjectNode reply = Json.object();
              reply.put("contentType", exported.contentType());
              reply.put("contentDisposition", exported.contentDisposition());
              reply.put("body", exported.body().getBytes(StandardCharsets.UTF_8));
              return reply;
            });
  }

  private static @Nullable DocumentationVersionRecord documentation(
      RecordReader records, String apiId, StageRecord stage) {
    String version = stage.documentationVersion();
    return version == null
        ? null
        : records.find(RecordTypes.DOCUMENTATION_VERSION, apiId, version).orElse(null);
  }
}
