package io.portico.lambda.control;

import io.portico.gateway.json.Json;
import io.portico.lambda.model.VersionConfiguration;
import io.portico.lambda.model.VersionRecord;
import io.portico.lambda.snapshot.FunctionId;
import io.portico.lambda.snapshot.RuntimeVersion;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Functions as Lambda's answers show them. AWS: source: recorded, facts LAM-02 to LAM-05, LAM-09.
 */
final class FunctionReply {
  private static final String IN_PROGRESS = "The function is being created.";

  private FunctionReply() {}

  /**
   * A version's configuration.
   *
   * @param arn with a qualifier or without, as the operation shows it
   */
  static ObjectNode configuration(FunctionId id, VersionRecord version, String arn) {
    ObjectNode reply = listed(id, version, arn);
    switch (version.state().progress()) {
      case CREATING ->
          reply
              .put("State", "Pending")
              .put("StateReason", IN_PROGRESS)
              .put("StateReasonCode", "Creating");
      case UPDATING ->
          reply
              .put("State", "Active")
              .put("LastUpdateStatus", "InProgress")
              .put("LastUpdateStatusReason", IN_PROGRESS)
              .put("LastUpdateStatusReasonCode", "Creating");
      case READY -> reply.put("State", "Active").put("LastUpdateStatus", "Successful");
      case FAILED ->
          reply
              .put("State", "Failed")
              .put("StateReason", version.state().failure())
              .put("StateReasonCode", "InternalError")
              .put("LastUpdateStatus", "Failed")
              .put("LastUpdateStatusReason", version.state().failure())
              .put("LastUpdateStatusReasonCode", "InternalError");
      // AWS: the code and the settings of before go on; source: documented, "Lambda function
      // states".
      case UPDATE_FAILED ->
          reply
              .put("State", "Active")
              .put("LastUpdateStatus", "Failed")
              .put("LastUpdateStatusReason", version.state().failure())
              .put("LastUpdateStatusReasonCode", "InternalError");
    }
    reply
        .putObject("RuntimeVersionConfig")
        .put(
            "RuntimeVersionArn",
            RuntimeVersion.of(id.region(), version.configuration().runtime()).arn());
    return reply;
  }

  /** The same as lists show it. */
  static ObjectNode listed(FunctionId id, VersionRecord version, String arn) {
    VersionConfiguration configuration = version.configuration();
    ObjectNode reply =
        Json.object()
            .put("FunctionName", id.name())
            .put("FunctionArn", arn)
            .put("Runtime", configuration.runtime())
            .put("Role", configuration.role())
            .put("Handler", configuration.handler())
            .put("CodeSize", version.code().size())
            .put("Description", version.description())
            .put("Timeout", configuration.timeout())
            .put("MemorySize", configuration.memorySize())
            .put("LastModified", version.state().lastModified())
            .put("CodeSha256", version.code().sha256())
            .put("Version", version.version())
            .put("RevisionId", version.revisionId())
            .put("PackageType", "Zip");
    version.architectures().forEach(reply.putArray("Architectures")::add);
    reply.putObject("EphemeralStorage").put("Size", configuration.ephemeralStorage());
    Map<String, String> variables = configuration.environment();
    if (variables != null) {
      ObjectNode shown = reply.putObject("Environment").putObject("Variables");
      variables.forEach(shown::put);
    }
    if (!configuration.layers().isEmpty()) {
      ArrayNode layers = reply.putArray("Layers");
      configuration
          .layers()
          .forEach(
              layer ->
                  layers.addObject().put("Arn", layer.arn()).put("CodeSize", layer.code().size()));
    }
    others(reply, id, configuration.others());
    return reply;
  }

  private static void others(ObjectNode reply, FunctionId id, ObjectNode others) {
    reply.set("TracingConfig", orElse(others, "TracingConfig", "Mode", "PassThrough"));
    ObjectNode snapStart = orElse(others, "SnapStart", "ApplyOn", "None");
    reply.set("SnapStart", snapStart.put("OptimizationStatus", "Off"));
    ObjectNode logging = orElse(others, "LoggingConfig", "LogFormat", "Text");
    if (!logging.hasNonNull("LogGroup")) {
      logging.put("LogGroup", logGroup(id, others));
    }
    reply.set("LoggingConfig", logging);
    for (String member : new String[] {"VpcConfig", "KMSKeyArn", "DeadLetterConfig"}) {
      JsonNode value = others.get(member);
      if (value != null) {
        reply.set(member, value.deepCopy());
      }
    }
    if (reply.get("VpcConfig") instanceof ObjectNode vpc && !vpc.has("VpcId")) {
      vpc.put("VpcId", "");
    }
  }

  private static ObjectNode orElse(
      ObjectNode others, String member, String name, String otherwise) {
    ObjectNode shown =
        others.get(member) instanceof ObjectNode given ? given.deepCopy() : Json.object();
    return shown.hasNonNull(name) ? shown : shown.put(name, otherwise);
  }

  /** Where a function logs to. */
  static String logGroup(FunctionId id, ObjectNode others) {
    String given = others.path("LoggingConfig").path("LogGroup").asString("");
    return given.isEmpty() ? "/aws/lambda/" + id.name() : given;
  }
}
