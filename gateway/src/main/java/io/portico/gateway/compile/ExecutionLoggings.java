package io.portico.gateway.compile;

import io.portico.gateway.snapshot.ExecutionLogging;
import org.jspecify.annotations.Nullable;

/** What the settings of a stage say of execution logs. */
public final class ExecutionLoggings {
  private ExecutionLoggings() {}

  /**
   * AWS: the levels are ERROR and INFO, and whole requests and answers are logged where the latter
   * comes with data trace; source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html. That data
   * trace adds nothing to ERROR is assumed.
   *
   * @param level as it was set, or null where it was not
   */
  public static ExecutionLogging of(@Nullable String level, boolean dataTrace) {
    return switch (level) {
      case "ERROR" -> ExecutionLogging.ERROR;
      case "INFO" -> dataTrace ? ExecutionLogging.DATA_TRACE : ExecutionLogging.INFO;
      case null, default -> ExecutionLogging.OFF;
    };
  }
}
