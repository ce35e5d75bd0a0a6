package io.portico.gateway.control.logs;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import io.portico.gateway.logs.LogGroupId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Tags of log groups, by ARN and, as it used to be, by name. */
final class LogTags {
  /** AWS: source: documented, TagResource. */
  private static final int MOST = 50;

  private final LogsEnvironment environment;

  LogTags(LogsEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("TagResource", this::tagResource)
        .add("UntagResource", this::untagResource)
        .add("ListTagsForResource", this::listTagsForResource)
        .add("TagLogGroup", this::tagLogGroup)
        .add("UntagLogGroup", this::untagLogGroup)
        .add("ListTagsLogGroup", this::listTagsLogGroup);
  }

  ObjectNode tagResource(OperationCall call) {
    return tag(resource(call), call.input().stringMapOrNull("tags"));
  }

  ObjectNode tagLogGroup(OperationCall call) {
    return tag(GroupReference.named(call), call.input().stringMapOrNull("tags"));
  }

  ObjectNode untagResource(OperationCall call) {
    return untag(resource(call), call.input().stringsOrNull("tagKeys"));
  }

  ObjectNode untagLogGroup(OperationCall call) {
    return untag(GroupReference.named(call), call.input().stringsOrNull("tags"));
  }

  ObjectNode listTagsForResource(OperationCall call) {
    return list(resource(call));
  }

  ObjectNode listTagsLogGroup(OperationCall call) {
    return list(GroupReference.named(call));
  }

  private static LogGroupId resource(OperationCall call) {
    Input input = call.input();
    return GroupReference.byArn(call.caller(), input.string("resourceArn"));
  }

  private ObjectNode tag(LogGroupId id, @Nullable Map<String, String> added) {
    return LogGroups.change(
        environment,
        id,
        group -> {
          Map<String, String> tags = new LinkedHashMap<>(group.tags());
          tags.putAll(added == null ? Map.of() : added);
          if (tags.size() > MOST) {
            // AWS: its words are inferred.
            throw new ServiceException(
                "TooManyTagsException", 400, "A resource can have no more than 50 tags.");
          }
          return group.withTags(tags);
        });
  }

  private ObjectNode untag(LogGroupId id, @Nullable List<String> removed) {
    return LogGroups.change(
        environment,
        id,
        group -> {
          Map<String, String> tags = new LinkedHashMap<>(group.tags());
          tags.keySet().removeAll(removed == null ? List.of() : removed);
          return group.withTags(tags);
        });
  }

  private ObjectNode list(LogGroupId id) {
    return environment
        .records()
        .read(
            records -> {
              ObjectNode reply = Json.object();
              ObjectNode tags = reply.putObject("tags");
              GroupReference.record(records, id).tags().forEach(tags::put);
              return reply;
            });
  }
}
