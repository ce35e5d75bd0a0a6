package io.portico.gateway.control.v1;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.Page;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.protocol.Turns;
import io.portico.gateway.control.sdk.ClientSdk;
import io.portico.gateway.control.sdk.InvokeUrl;
import io.portico.gateway.control.sdk.SdkType;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.DeploymentRecord;
import io.portico.gateway.model.StageRecord;
import io.portico.gateway.store.RecordReader;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** SDKs: what a stage serves, as clients in six languages. */
public final class Sdks {
  // All files of one, and what it is made of, are in memory.
  private static final int AT_ONCE = 2;

  private final V1Environment environment;
  private final Turns turns = new Turns(AT_ONCE, "SDKs", Turns.LONGEST_WAIT);

  Sdks(V1Environment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations.add("GetSdk", turns.taking(this::getSdk));
    operations.add("GetSdkType", this::getSdkType);
    operations.add("GetSdkTypes", this::getSdkTypes);
  }

  public ObjectNode getSdk(OperationCall call) {
    Input input = call.input();
    Map<String, String> parameters = input.stringMapOrNull("parameters");
    DeployedApi deployed = environment.records().read(records -> deployed(records, call));
    ClientSdk sdk =
        ClientSdk.generate(
            deployed.deployment().frozen(),
            deployed.stage().stageName(),
            InvokeUrl.of(
                call.endpoint(),
                deployed.deployment().frozen().api(),
                deployed.stage().stageName()),
            input.string("sdkType"),
            parameters == null ? Map.of() : parameters,
            environment.now());
    ObjectNode reply = Json.object();
    reply.put("contentType", sdk.contentType());
    reply.put("contentDisposition", sdk.contentDisposition());
    reply.put("body", sdk.zip());
    return reply;
  }

  private record DeployedApi(StageRecord stage, DeploymentRecord deployment) {}

  private static DeployedApi deployed(RecordReader records, OperationCall call) {
    Finder finder = new Finder(records, call);
    StageRecord stage = finder.stage();
    return new DeployedApi(
        stage,
        records
            .find(RecordTypes.DEPLOYMENT, finder.apiId(), stage.deploymentId())
            .orElseThrow(
                () -> ServiceException.notFound("Invalid Deployment identifier specified")));
  }

  public ObjectNode getSdkType(OperationCall call) {
    return SdkType.of(call.input().string("id"))
        .map(Sdks::reply)
        // AWS: the text is assumed, after those of other families.
        .orElseThrow(() -> ServiceException.notFound("Invalid SDK type identifier specified"));
  }

  // AWS: the order is assumed.
  public ObjectNode getSdkTypes(OperationCall call) {
    return Page.v1(call.input())
        .answer(
            (after, most) ->
                SdkType.all().stream()
                    .filter(type -> type.id().compareTo(after) > 0)
                    .limit(most)
                    .toList(),
            SdkType::id,
            Sdks::reply);
  }

  private static ObjectNode reply(SdkType type) {
    ObjectNode reply = Json.object();
    reply.put("id", type.id());
    reply.put("friendlyName", type.friendlyName());
    if (type.description() != null) {
      reply.put("description", type.description());
    }
    if (!type.properties().isEmpty()) {
      ArrayNode properties = reply.putArray("configurationProperties");
      type.properties().forEach(property -> properties.add(reply(property)));
    }
    return reply;
  }

  private static ObjectNode reply(SdkType.Property property) {
    ObjectNode reply = Json.object();
    reply.put("name", property.name());
    reply.put("friendlyName", property.friendlyName());
    if (property.description() != null) {
      reply.put("description", property.description());
    }
    reply.put("required", property.required());
    if (property.defaultValue() != null) {
      reply.put("defaultValue", property.defaultValue());
    }
    return reply;
  }
}
