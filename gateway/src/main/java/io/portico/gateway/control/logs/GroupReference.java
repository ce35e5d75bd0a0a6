package io.portico.gateway.control.logs;

import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.logs.LogGroupId;
import io.portico.gateway.logs.LogGroupRecord;
import io.portico.gateway.logs.LogRecords;
import io.portico.gateway.store.RecordReader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How calls name log groups: by their name, or by an ARN. */
final class GroupReference {
  private static final Pattern ARN =
      Pattern.compile("arn:aws[a-z-]*:logs:([a-z0-9-]*):(\\d*):log-group:([^:*]+)(:\\*)?");

  private GroupReference() {}

  /** By {@code logGroupName}, which is required. */
  static LogGroupId named(OperationCall call) {
    return id(call.caller(), call.input().string("logGroupName"));
  }

  /** By {@code logGroupName} or {@code logGroupIdentifier}: one of them. */
  static LogGroupId identified(OperationCall call) {
    Input input = call.input();
    String name = input.stringOrNull("logGroupName");
    String identifier = input.stringOrNull("logGroupIdentifier");
    if (name != null && identifier == null) {
      return id(call.caller(), name);
    }
    if (identifier != null && name == null) {
      return identified(call.caller(), identifier);
    }
    // AWS: one of them must be there, and only one; source: documented; its words are inferred.
    throw LogsErrors.invalidParameter(
        name == null
            ? "Either logGroupName or logGroupIdentifier must be specified."
            : "LogGroupName and LogGroupIdentifier cannot both be specified.");
  }

  /** By a name or an ARN. */
  static LogGroupId identified(Caller caller, String identifier) {
    return identifier.startsWith("arn:") ? byArn(caller, identifier) : id(caller, identifier);
  }

  /** By an ARN, which may end with {@code :*}. */
  static LogGroupId byArn(Caller caller, String text) {
    Matcher arn = ARN.matcher(text);
    if (!arn.matches()) {
      // AWS: its words are inferred.
      throw LogsErrors.invalidParameter("The specified resource ARN is not valid.");
    }
    LogGroupId id = id(caller, arn.group(3));
    if (!arn.group(1).equals(caller.region()) || !arn.group(2).equals(caller.accountId())) {
      throw LogsErrors.groupNotFound();
    }
    return id;
  }

  static LogGroupId id(Caller caller, String name) {
    return new LogGroupId(caller.accountId(), caller.region(), name);
  }

  /** The group's record; a refusal where there is none. */
  static LogGroupRecord record(RecordReader records, LogGroupId id) {
    return records
        .find(LogRecords.GROUP, id.scope(), id.name())
        .orElseThrow(LogsErrors::groupNotFound);
  }
}
