package io.portico.gateway.control.logs;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import io.portico.gateway.logs.LogGroupId;
import io.portico.gateway.logs.LogGroupRecord;
import io.portico.gateway.logs.LogRecords;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Log groups and how long they keep events. */
final class LogGroups {
  private static final int PAGE = 50;

  /** AWS: source: documented, PutRetentionPolicy's retentionInDays. */
  private static final Set<Integer> DAYS =
      new TreeSet<>(
          List.of(
              1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557,
              2922, 3288, 3653));

  private final LogsEnvironment environment;

  LogGroups(LogsEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("CreateLogGroup", this::createLogGroup)
        .add("DeleteLogGroup", this::deleteLogGroup)
        .add("DescribeLogGroups", this::describeLogGroups)
        .add("PutRetentionPolicy", this::putRetentionPolicy)
        .add("DeleteRetentionPolicy", this::deleteRetentionPolicy)
        .add("AssociateKmsKey", this::associateKmsKey)
        .add("DisassociateKmsKey", this::disassociateKmsKey)
        .add("PutLogGroupDeletionProtection", this::putLogGroupDeletionProtection);
  }

  ObjectNode createLogGroup(OperationCall call) {
    Input input = call.input();
    LogGroupId id = GroupReference.named(call);
    if (id.name().startsWith("aws/")) {
      // AWS: no group's name begins so; source: documented; its words are inferred.
      throw LogsErrors.invalidParameter("Log groups starting with AWS/ are reserved for AWS.");
    }
    String logGroupClass = input.stringOrNull("logGroupClass");
    if ("DELIVERY".equals(logGroupClass)) {
      throw ServiceException.notImplemented("The log group class DELIVERY");
    }
    Map<String, String> tags = input.stringMapOrNull("tags");
    LogGroupRecord group =
        new LogGroupRecord(
            id.name(),
            environment.clock().millis(),
            null,
            input.stringOrNull("kmsKeyId"),
            logGroupClass == null ? LogGroupRecord.STANDARD : logGroupClass,
            input.bool("deletionProtectionEnabled"),
            tags == null ? Map.of() : tags);
    if (!environment.store().createGroup(id, group)) {
      throw LogsErrors.groupExists();
    }
    return Json.object();
  }

  ObjectNode deleteLogGroup(OperationCall call) {
    LogGroupId id = GroupReference.named(call);
    LogGroupRecord group =
        environment.records().read(records -> GroupReference.record(records, id));
    if (group.deletionProtection()) {
      // AWS: refused by this error; source: documented, DeleteLogGroup; its words are inferred.
      throw new ServiceException(
          "ValidationException",
          400,
          "The specified log group has deletion protection enabled and cannot be deleted.");
    }
    environment.store().deleteGroup(id);
    return Json.object();
  }

  ObjectNode describeLogGroups(OperationCall call) {
    Input input = call.input();
    String after = Tokens.decoded(input.stringOrNull("nextToken"));
    Integer limit = input.integerOrNull("limit");
    int most = limit == null ? PAGE : limit;
    Predicate<LogGroupRecord> asked = asked(call);
    boolean brief = input.has("logGroupNamePattern");
    List<LogGroupRecord> found =
        environment
            .records()
            .read(
                records ->
                    records
                        .list(LogRecords.GROUP, call.caller().scope(), after, Integer.MAX_VALUE)
                        .stream()
                        .filter(asked)
                        .limit(most + 1L)
                        .toList());
    ObjectNode reply = Json.object();
    ArrayNode groups = reply.putArray("logGroups");
    found.stream()
        .limit(most)
        .map(group -> reply(GroupReference.id(call.caller(), group.name()), group, brief))
        .forEach(groups::add);
    if (found.size() > most) {
      reply.put("nextToken", Tokens.encoded(found.get(most - 1).name()));
    }
    return reply;
  }

  private static Predicate<LogGroupRecord> asked(OperationCall call) {
    Input input = call.input();
    String prefix = input.stringOrNull("logGroupNamePrefix");
    String pattern = input.stringOrNull("logGroupNamePattern");
    String logGroupClass = input.stringOrNull("logGroupClass");
    List<String> identifiers = input.stringsOrNull("logGroupIdentifiers");
    if (prefix != null && pattern != null) {
      // AWS: source: documented; its words are inferred.
      throw LogsErrors.invalidParameter(
          "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
    }
    Set<String> names =
        identifiers == null
            ? Set.of()
            : identifiers.stream()
                .map(identifier -> GroupReference.identified(call.caller(), identifier).name())
                .collect(Collectors.toSet());
    return group ->
        (prefix == null || group.name().startsWith(prefix))
            && (pattern == null || group.name().contains(pattern))
            && (logGroupClass == null || group.logGroupClass().equals(logGroupClass))
            && (identifiers == null || names.contains(group.name()));
  }

  /**
   * A group as DescribeLogGroups has it.
   *
   * @param brief AWS: with a pattern only its name, times and ARN; source: documented
   */
  private ObjectNode reply(LogGroupId id, LogGroupRecord group, boolean brief) {
    ObjectNode reply =
        Json.object()
            .put("logGroupName", group.name())
            .put("creationTime", group.created())
            .put("arn", id.arn() + ":*");
    if (brief) {
      return reply;
    }
    if (group.retentionInDays() != null) {
      reply.put("retentionInDays", group.retentionInDays());
    }
    if (group.kmsKeyId() != null) {
      reply.put("kmsKeyId", group.kmsKeyId());
    }
    return reply
        .put("metricFilterCount", 0)
        .put("storedBytes", environment.store().bytes(id))
        .put("logGroupClass", group.logGroupClass())
        .put("logGroupArn", id.arn())
        .put("deletionProtectionEnabled", group.deletionProtection());
  }

  ObjectNode putRetentionPolicy(OperationCall call) {
    Integer days = call.input().integerOrNull("retentionInDays");
    if (days == null || !DAYS.contains(days)) {
      // AWS: source: inferred from the words for other members.
      throw LogsErrors.invalidParameter(
          ("1 validation error detected: Value '%s' at 'retentionInDays' failed to satisfy"
                  + " constraint: Member must satisfy enum value set: %s")
              .formatted(days, DAYS));
    }
    return change(GroupReference.named(call), group -> group.withRetention(days));
  }

  ObjectNode deleteRetentionPolicy(OperationCall call) {
    return change(GroupReference.named(call), group -> group.withRetention(null));
  }

  /** The key is kept and shown, as with CreateLogGroup, and encrypts nothing. */
  ObjectNode associateKmsKey(OperationCall call) {
    String key = call.input().string("kmsKeyId");
    return change(encrypted(call), group -> group.withKmsKey(key));
  }

  ObjectNode disassociateKmsKey(OperationCall call) {
    return change(encrypted(call), group -> group.withKmsKey(null));
  }

  /**
   * AWS: a group's name or the ARN of what is encrypted, and not both; source: documented,
   * AssociateKmsKey; its words are inferred.
   */
  private static LogGroupId encrypted(OperationCall call) {
    String name = call.input().stringOrNull("logGroupName");
    String resource = call.input().stringOrNull("resourceIdentifier");
    if ((name == null) == (resource == null)) {
      throw LogsErrors.invalidParameter(
          "Either logGroupName or resourceIdentifier must be specified, and not both.");
    }
    if (resource == null) {
      return GroupReference.named(call);
    }
    if (resource.contains(":query-result:")) {
      throw ServiceException.notImplemented("A key for the results of queries");
    }
    return GroupReference.byArn(call.caller(), resource);
  }

  ObjectNode putLogGroupDeletionProtection(OperationCall call) {
    LogGroupId id =
        GroupReference.identified(call.caller(), call.input().string("logGroupIdentifier"));
    boolean protection = call.input().bool("deletionProtectionEnabled");
    return change(id, group -> group.withDeletionProtection(protection));
  }

  private ObjectNode change(LogGroupId id, UnaryOperator<LogGroupRecord> change) {
    return change(environment, id, change);
  }

  /** Changes a group's record. */
  static ObjectNode change(
      LogsEnvironment environment, LogGroupId id, UnaryOperator<LogGroupRecord> change) {
    return environment
        .records()
        .write(
            records -> {
              records.put(
                  LogRecords.GROUP,
                  id.scope(),
                  id.name(),
                  change.apply(GroupReference.record(records, id)));
              return Json.object();
            });
  }
}
