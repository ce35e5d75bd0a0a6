package io.portico.gateway.control.logs;

import io.portico.gateway.control.protocol.Operations;

/** CloudWatch Logs: every family of operations that is built. */
public final class LogsOperations {
  private LogsOperations() {}

  public static Operations of(LogsEnvironment environment) {
    Operations.Builder operations = Operations.builder();
    new LogGroups(environment).register(operations);
    new LogStreams(environment).register(operations);
    new LogEvents(environment).register(operations);
    new LogQueries(environment).register(operations);
    new LogTags(environment).register(operations);
    new LogFilters(environment).register(operations);
    return operations.build();
  }
}
