package io.portico.lambda.environment;

import io.portico.lambda.snapshot.FunctionSnapshot;
import io.portico.lambda.snapshot.RuntimeVersion;
import java.time.Duration;

/**
 * Lambda's lines as text. AWS: source: recorded, facts INV-10; that each ends with a line feed is
 * documented, in the Developer Guide's examples of get-log-events.
 */
final class TextPlatformLog implements PlatformLog {
  private final FunctionSnapshot function;

  TextPlatformLog(FunctionSnapshot function) {
    this.function = function;
  }

  @Override
  public String initStart() {
    RuntimeVersion version = RuntimeVersion.of(function.id().region(), function.runtime());
    return "INIT_START Runtime Version: "
        + version.name()
        + "\tRuntime Version ARN: "
        + version.arn()
        + "\n";
  }

  /**
   * AWS: source: documented,
   * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
   */
  @Override
  public String initReport(Duration duration, String phase, Ending ending) {
    StringBuilder line = new StringBuilder("INIT_REPORT Init Duration: ");
    millis(line, duration).append(" ms\tPhase: ").append(phase).append('\t');
    return status(line, ending).append('\n').toString();
  }

  @Override
  public String start(Event event) {
    return "START RequestId: " + event.requestId() + " Version: " + function.version() + "\n";
  }

  @Override
  public String end(String requestId, Figures figures) {
    return "END RequestId: " + requestId + "\n";
  }

  @Override
  public String report(String requestId, Figures figures) {
    StringBuilder line = new StringBuilder(200).append("REPORT RequestId: ").append(requestId);
    millis(line.append("\tDuration: "), figures.duration()).append(" ms");
    line.append("\tBilled Duration: ").append(figures.billedMillis()).append(" ms");
    line.append("\tMemory Size: ").append(figures.memoryMegabytes()).append(" MB");
    line.append("\tMax Memory Used: ").append(figures.peakMegabytes()).append(" MB\t");
    Duration initialization = figures.initialization();
    if (initialization != null) {
      millis(line.append("Init Duration: "), initialization).append(" ms\t");
    }
    if (!figures.ending().isSuccess()) {
      status(line, figures.ending());
    }
    return line.append('\n').toString();
  }

  private static StringBuilder status(StringBuilder line, Ending ending) {
    line.append("Status: ").append(ending.status());
    if (ending.errorType() != null) {
      line.append("\tError Type: ").append(ending.errorType());
    }
    return line;
  }

  /** Milliseconds with two decimals. */
  private static StringBuilder millis(StringBuilder line, Duration duration) {
    long hundredths = (duration.toNanos() + 5_000) / 10_000;
    line.append(hundredths / 100).append('.');
    return line.append(hundredths / 10 % 10).append(hundredths % 10);
  }

  @Override
  public String words(String text) {
    return text + "\n";
  }
}
