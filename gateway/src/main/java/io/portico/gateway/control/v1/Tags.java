package io.portico.gateway.control.v1;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.RestApiRecord;
import io.portico.gateway.model.StageRecord;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Tags of whatever has an ARN and can be tagged. */
public final class Tags {
  private static final Pattern ARN =
      Pattern.compile(
          "arn:aws[a-z-]*:apigateway:([a-z0-9-]+)::/restapis/([^/]+)(?:/stages/([^/]+))?");

  private final V1Environment environment;

  Tags(V1Environment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("TagResource", this::tagResource)
        .add("UntagResource", this::untagResource)
        .add("GetTags", this::getTags);
  }

  public ObjectNode tagResource(OperationCall call) {
    Map<String, String> added = call.input().stringMapOrNull("tags");
    return environment
        .records()
        .write(
            records -> {
              Tagged tagged = find(records, call);
              Map<String, String> tags = tagged.tags();
              if (added != null) {
                tags.putAll(added);
              }
              TagRules.check(tags);
              tagged.put(records, tags);
              return Reply.empty();
            });
  }

  public ObjectNode untagResource(OperationCall call) {
    List<String> removed = call.input().stringsOrNull("tagKeys");
    return environment
        .records()
        .write(
            records -> {
              Tagged tagged = find(records, call);
              Map<String, String> tags = tagged.tags();
              if (removed != null) {
                tags.keySet().removeAll(removed);
              }
              tagged.put(records, tags);
              return Reply.empty();
            });
  }

  public ObjectNode getTags(OperationCall call) {
    return environment
        .records()
        .read(
            records -> {
              ObjectNode reply = Json.object();
              ObjectNode tags = reply.putObject("tags");
              find(records, call).tags().forEach(tags::put);
              return reply;
            });
  }

  private static Tagged find(RecordReader records, OperationCall call) {
    Matcher arn = ARN.matcher(call.input().string("resourceArn"));
    if (!arn.matches() || !arn.group(1).equals(call.caller().region())) {
      // AWS: the text is assumed.
      throw ServiceException.badRequest("Invalid resource ARN specified in the request");
    }
    String apiId = arn.group(2);
    RestApiRecord api =
        records
            .find(RecordTypes.REST_API, call.caller().scope(), apiId)
            .orElseThrow(() -> Finder.noApi(call.caller(), apiId));
    String stageName = arn.group(3);
    if (stageName == null) {
      return new Tagged(api, null);
    }
    return new Tagged(
        api,
        records
            .find(RecordTypes.STAGE, apiId, stageName)
            .orElseThrow(() -> ServiceException.notFound("Invalid stage identifier specified")));
  }

  /** What an ARN names: an API, or a stage of it. */
  private record Tagged(RestApiRecord api, @Nullable StageRecord stage) {

    Map<String, String> tags() {
      Map<String, String> tags = stage == null ? api.tags() : stage.tags();
      return tags == null ? new LinkedHashMap<>() : new LinkedHashMap<>(tags);
    }

    void put(RecordWriter records, Map<String, String> tags) {
      if (stage == null) {
        ApiContents.putApi(records, api.withTags(InputMaps.orNull(tags)));
      } else {
        records.put(
            RecordTypes.STAGE, api.id(), stage.stageName(), stage.withTags(InputMaps.orNull(tags)));
      }
    }
  }
}
