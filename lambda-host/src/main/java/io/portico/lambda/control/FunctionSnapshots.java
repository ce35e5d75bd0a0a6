package io.portico.lambda.control;

import io.portico.lambda.model.VersionConfiguration;
import io.portico.lambda.model.VersionRecord;
import io.portico.lambda.snapshot.FunctionId;
import io.portico.lambda.snapshot.FunctionSnapshot;
import java.time.Duration;
import java.util.Map;

/** Makes what runs of what is stored. */
final class FunctionSnapshots {
  private FunctionSnapshots() {}

  /**
   * A version that is ready to run.
   *
   * @param edition tells it from what it was before
   */
  static FunctionSnapshot of(
      FunctionId id, VersionRecord version, VersionFolders folders, long edition) {
    VersionConfiguration configuration = version.configuration();
    Map<String, String> variables = configuration.environment();
    String handler = configuration.handler();
    return new FunctionSnapshot(
        id,
        version.version(),
        edition,
        configuration.runtime(),
        configuration.role(),
        handler == null ? "" : handler,
        variables == null ? Map.of() : variables,
        Duration.ofSeconds(configuration.timeout()),
        configuration.memorySize(),
        folders.code(),
        folders.opt(),
        folders.watched(),
        FunctionReply.logGroup(id, configuration.others()),
        logging(configuration, "LogFormat", "Text"),
        logging(configuration, "ApplicationLogLevel", "INFO"),
        logging(configuration, "SystemLogLevel", "INFO"));
  }

  private static String logging(
      VersionConfiguration configuration, String member, String otherwise) {
    return configuration.others().path("LoggingConfig").path(member).asString(otherwise);
  }
}
