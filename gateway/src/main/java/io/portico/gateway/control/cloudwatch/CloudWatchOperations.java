package io.portico.gateway.control.cloudwatch;

import io.portico.gateway.control.protocol.Operations;

/** CloudWatch: every family of operations that is built. */
public final class CloudWatchOperations {
  private CloudWatchOperations() {}

  public static Operations of(CloudWatchEnvironment environment) {
    Operations.Builder operations = Operations.builder();
    new MetricPublishing(environment).register(operations);
    new MetricLists(environment).register(operations);
    new MetricStatistics(environment).register(operations);
    new MetricData(environment).register(operations);
    new Alarms(environment).register(operations);
    new AlarmHistories(environment).register(operations);
    new AlarmTags(environment).register(operations);
    return operations.build();
  }
}
