package io.portico.gateway.control.cloudwatch;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.cloudwatch.AlarmRecord;
import io.portico.gateway.store.RecordReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tags of alarms, by their ARN. */
final class AlarmTags {
  /** AWS: source: documented, TagResource. */
  private static final int MOST = 50;

  private final CloudWatchEnvironment environment;

  AlarmTags(CloudWatchEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("TagResource", this::tagResource)
        .add("UntagResource", this::untagResource)
        .add("ListTagsForResource", this::listTagsForResource);
  }

  /** The tags that an input has. */
  static Map<String, String> sent(Input input) {
    Map<String, String> tags = new LinkedHashMap<>();
    input.structures("Tags").forEach(tag -> tags.put(tag.string("Key"), tag.string("Value")));
    return checked(tags);
  }

  private static Map<String, String> checked(Map<String, String> tags) {
    if (tags.size() > MOST) {
      // AWS: its words are inferred.
      throw CloudWatchErrors.invalid("A resource can have no more than %d tags.".formatted(MOST));
    }
    return tags;
  }

  ObjectNode tagResource(OperationCall call) {
    Map<String, String> added = sent(call.input());
    return change(
        call,
        tags -> {
          tags.putAll(added);
          return checked(tags);
        });
  }

  ObjectNode untagResource(OperationCall call) {
    List<String> removed =
        Objects.requireNonNullElse(call.input().stringsOrNull("TagKeys"), List.of());
    return change(
        call,
        tags -> {
          tags.keySet().removeAll(removed);
          return tags;
        });
  }

  private ObjectNode change(OperationCall call, UnaryOperator<Map<String, String>> change) {
    return environment
        .records()
        .write(
            writer -> {
              AlarmRecord alarm = named(writer, call);
              writer.put(
                  AlarmRecord.TYPE,
                  call.caller().scope(),
                  alarm.name(),
                  alarm.withTags(change.apply(new LinkedHashMap<>(alarm.tags()))));
              return Json.object();
            });
  }

  ObjectNode listTagsForResource(OperationCall call) {
    ObjectNode answer = Json.object();
    ArrayNode tags = answer.putArray("Tags");
    environment
        .records()
        .read(reader -> named(reader, call))
        .tags()
        .forEach((key, value) -> tags.addObject().put("Key", key).put("Value", value));
    return answer;
  }

  private static AlarmRecord named(RecordReader reader, OperationCall call) {
    String arn = call.input().string("ResourceARN");
    AlarmPlace place = AlarmPlace.of(call.caller());
    String prefix = place.arn("");
    Optional<AlarmRecord> named =
        arn.startsWith(prefix)
            ? reader.find(AlarmRecord.TYPE, place.scope(), arn.substring(prefix.length()))
            : Optional.empty();
    return named.orElseThrow(
        // AWS: the error's members are its model's; its words are inferred.
        () ->
            new ServiceException("ResourceNotFoundException", 404, "Resource not found")
                .with("ResourceType", "alarm")
                .with("ResourceId", arn));
  }
}
