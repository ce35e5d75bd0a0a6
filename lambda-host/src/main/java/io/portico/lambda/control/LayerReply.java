package io.portico.lambda.control;

import io.portico.gateway.json.Json;
import io.portico.lambda.model.LayerVersionRecord;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Layer versions as Lambda's answers show them. AWS: source: documented, GetLayerVersion. */
final class LayerReply {
  private LayerReply() {}

  /**
   * A version with its code.
   *
   * @param location where the code can be downloaded
   */
  static ObjectNode whole(LayerId layer, LayerVersionRecord version, String location) {
    ObjectNode reply = listed(layer, version).put("LayerArn", layer.arn());
    reply
        .putObject("Content")
        .put("Location", location)
        .put("CodeSha256", version.code().sha256())
        .put("CodeSize", version.code().size());
    return reply;
  }

  /** The same as lists show it. */
  static ObjectNode listed(LayerId layer, LayerVersionRecord version) {
    ObjectNode reply =
        Json.object()
            .put("LayerVersionArn", layer.arn(version.number()))
            .put("Version", version.number())
            .put("Description", version.description())
            .put("CreatedDate", version.created());
    if (!version.license().isEmpty()) {
      reply.put("LicenseInfo", version.license());
    }
    put(reply, "CompatibleRuntimes", version.runtimes());
    put(reply, "CompatibleArchitectures", version.architectures());
    return reply;
  }

  private static void put(ObjectNode reply, String member, List<String> values) {
    if (!values.isEmpty()) {
      values.forEach(reply.putArray(member)::add);
    }
  }
}
