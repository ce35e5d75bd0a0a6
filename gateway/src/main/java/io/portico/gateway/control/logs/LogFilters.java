package io.portico.gateway.control.logs;

import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.json.Json;
import io.portico.gateway.logs.LogGroupId;
import tools.jackson.databind.node.ObjectNode;

/** Filters that events are handed on by. None can be made yet, so there are none. */
final class LogFilters {
  private final LogsEnvironment environment;

  LogFilters(LogsEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("DescribeSubscriptionFilters", this::describeSubscriptionFilters)
        .add("DescribeMetricFilters", this::describeMetricFilters);
  }

  ObjectNode describeSubscriptionFilters(OperationCall call) {
    checkGroup(call);
    return none("subscriptionFilters");
  }

  ObjectNode describeMetricFilters(OperationCall call) {
    if (call.input().has("logGroupName")) {
      checkGroup(call);
    }
    return none("metricFilters");
  }

  private void checkGroup(OperationCall call) {
    LogGroupId id = GroupReference.named(call);
    environment.records().read(records -> GroupReference.record(records, id));
  }

  private static ObjectNode none(String list) {
    ObjectNode reply = Json.object();
    reply.putArray(list);
    return reply;
  }
}
