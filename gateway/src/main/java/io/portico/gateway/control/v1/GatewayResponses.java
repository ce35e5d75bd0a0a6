package io.portico.gateway.control.v1;

import static io.portico.gateway.control.patch.PatchEdits.text;
import static io.portico.gateway.control.patch.PatchEdits.textEntry;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.patch.PatchEdit;
import io.portico.gateway.control.patch.PatchOperation;
import io.portico.gateway.control.patch.PatchRefusal;
import io.portico.gateway.control.patch.PatchTable;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.InputMaps;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.rules.GatewayResponseRules;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.GatewayResponseRecord;
import io.portico.gateway.model.RestApiRecord;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Gateway responses: what is answered where a request does not reach its integration. */
public final class GatewayResponses {
  private static final String PARAMETERS = "responseParameters";
  private static final String TEMPLATES = "responseTemplates";

  // AWS: source: GWR-06; an empty status code is assumed to unset it.
  static final PatchTable TABLE =
      PatchTable.refusing(PatchRefusal.NAMING_OPS)
          .row(
              "replace",
              "/statusCode",
              "three digits, the first from 1 to 5; empty unsets",
              text("statusCode"),
              "Invalid patch path /statusCode")
          .row(
              "add remove replace",
              "/responseParameters/{key}",
              "gatewayresponse.<place>.<name>: a mapping expression",
              entry(PARAMETERS, Methods.NO_PARAMETER))
          .row(
              "add remove replace",
              "/responseTemplates/{key}",
              "a content type: a template",
              entry(TEMPLATES, Methods.NO_CONTENT_TYPE))
          .build();

  private final V1Environment environment;

  GatewayResponses(V1Environment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("PutGatewayResponse", this::putGatewayResponse)
        .add("GetGatewayResponse", this::getGatewayResponse)
        .add("GetGatewayResponses", this::getGatewayResponses)
        .add("UpdateGatewayResponse", this::updateGatewayResponse)
        .add("DeleteGatewayResponse", this::deleteGatewayResponse);
  }

  private static PatchEdit entry(String member, String absent) {
    PatchEdit edit = textEntry(member, absent);
    return change -> {
      edit.make(change);
      if (!change.removes() && change.text().isEmpty()) {
        throw noValue(member);
      }
    };
  }

  // AWS: source: GWR-06; that PutGatewayResponse says the same is assumed.
  private static ServiceException noValue(String member) {
    return ServiceException.badRequest("Invalid null or empty value in " + member);
  }

  public ObjectNode putGatewayResponse(OperationCall call) {
    Input input = call.input();
    GatewayResponseRecord response =
        new GatewayResponseRecord(
            input.string("responseType"),
            input.stringOrNull("statusCode"),
            texts(input, PARAMETERS),
            texts(input, TEMPLATES));
    GatewayResponseRules.check(response);
    return environment
        .records()
        .write(
            records -> {
              put(records, new Finder(records, call).api().id(), response);
              return Reply.gatewayResponse(response, false);
            });
  }

  private static @Nullable Map<String, String> texts(Input input, String member) {
    JsonNode sent = input.json().get(member);
    if (sent instanceof ObjectNode texts) {
      for (JsonNode text : texts) {
        if (text.isNull() || text.asString().isEmpty()) {
          throw noValue(member);
        }
      }
    }
    return InputMaps.orNull(input.stringMapOrNull(member));
  }

  private void put(RecordWriter records, String apiId, GatewayResponseRecord response) {
    environment.apiQuotas().check(response);
    records.put(RecordTypes.GATEWAY_RESPONSE, apiId, response.responseType(), response);
  }

  public ObjectNode getGatewayResponse(OperationCall call) {
    GatewayResponseType type = type(call);
    return environment
        .records()
        .read(records -> reply(records, new Finder(records, call).api().id(), type));
  }

  /** All types, whatever page is asked for: AWS's documentation says that it has none. */
  // AWS: source: GWR-03.
  public ObjectNode getGatewayResponses(OperationCall call) {
    return environment
        .records()
        .read(
            records -> {
              RestApiRecord api = new Finder(records, call).api();
              ObjectNode reply = Json.object();
              ArrayNode items = reply.putArray("item");
              for (GatewayResponseType type : GatewayResponseType.values()) {
                items.add(reply(records, api.id(), type));
              }
              return reply;
            });
  }

  private static ObjectNode reply(RecordReader records, String apiId, GatewayResponseType type) {
    return customised(records, apiId, type)
        .map(response -> Reply.gatewayResponse(response, false))
        .orElseGet(() -> Reply.gatewayResponse(byDefault(type), true));
  }

  private static Optional<GatewayResponseRecord> customised(
      RecordReader records, String apiId, GatewayResponseType type) {
    return records.find(RecordTypes.GATEWAY_RESPONSE, apiId, type.name());
  }

  /** The type as nobody customised it. */
  // AWS: the two types that others fall back to have no status code; source: GWR-01, GWR-02.
  private static GatewayResponseRecord byDefault(GatewayResponseType type) {
    return new GatewayResponseRecord(
        type.name(),
        type.fallback() == type ? null : String.valueOf(type.status()),
        Map.of(),
        Map.of("application/json", "{\"message\":$context.error.messageString}"));
  }

  private static GatewayResponseType type(OperationCall call) {
    return GatewayResponseType.valueOf(call.input().string("responseType"));
  }

  // AWS: what was never put is customised, starting from its default; source: GWR-05.
  public ObjectNode updateGatewayResponse(OperationCall call) {
    List<PatchOperation> changes = PatchOperation.of(call);
    GatewayResponseType type = type(call);
    return environment
        .records()
        .write(
            records -> {
              String apiId = new Finder(records, call).api().id();
              if (changes.isEmpty()) {
                return reply(records, apiId, type);
              }
              GatewayResponseRecord before =
                  customised(records, apiId, type).orElseGet(() -> byDefault(type));
              GatewayResponseRecord response =
                  TABLE.changed(before, GatewayResponseRecord.class, changes);
              GatewayResponseRules.check(response);
              put(records, apiId, response);
              return Reply.gatewayResponse(response, false);
            });
  }

  // AWS: source: GWR-04.
  public ObjectNode deleteGatewayResponse(OperationCall call) {
    GatewayResponseType type = type(call);
    return environment
        .records()
        .write(
            records -> {
              String apiId = new Finder(records, call).api().id();
              if (customised(records, apiId, type).isEmpty()) {
                throw ServiceException.notFound("Gateway response type not defined on api");
              }
              records.delete(RecordTypes.GATEWAY_RESPONSE, apiId, type.name());
              return Reply.empty();
            });
  }
}
