package io.portico.lambda.environment;

import io.portico.gateway.json.Json;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The error documents that Lambda itself makes, where a function could not. */
final class FunctionErrors {
  /** The type of an error that the end of the process is. */
  static final String EXIT = "Runtime.ExitError";

  /**
   * The type where there was no process. AWS: source: reported by users, for one in
   * github.com/aws/aws-lambda-dotnet/issues/1671.
   */
  static final String INVALID_ENTRYPOINT = "Runtime.InvalidEntrypoint";

  /**
   * Its type in the report where it has had too much memory; the caller is told of an exit. AWS:
   * source: reported by users of AWS, "Status: error Error Type: Runtime.OutOfMemory".
   */
  static final String OUT_OF_MEMORY = "Runtime.OutOfMemory";

  /** The type of an error of which the function did not say, in AWS's way, what it is. */
  static final String UNKNOWN = "Runtime.Unknown";

  /**
   * The type where an answer broke off. AWS: source: inferred from the types of errors its runtime
   * interface emulator lists.
   */
  static final String TRUNCATED = "Runtime.TruncatedResponse";

  private static final Pattern TYPE = Pattern.compile("(Runtime|Function)\\.[A-Z][a-zA-Z]+");

  private FunctionErrors() {}

  /**
   * What the log says of an error whose type a function gives as that. AWS: source: reported by
   * users ("Error Type: Runtime.Unknown"); which types it knows is inferred from its runtime
   * interface emulator.
   */
  static String type(@Nullable String given) {
    if (given == null) {
      return UNKNOWN;
    }
    if (TYPE.matcher(given).find()) {
      return given;
    }
    return given.startsWith("Function.") ? "Function.Unknown" : UNKNOWN;
  }

  // AWS: source: recorded, facts INV-06 and INV-07.
  static byte[] document(String type, String message) {
    return Json.bytes(Json.object().put("errorType", type).put("errorMessage", message));
  }

  static Outcome.Failed failed(String type, String message) {
    return new Outcome.Failed(type, document(type, message));
  }

  static byte[] exited(String requestId, String reason) {
    return document(EXIT, "RequestId: " + requestId + " Error: " + reason);
  }

  static byte[] notStarted(String requestId, String reason) {
    return document(INVALID_ENTRYPOINT, "RequestId: " + requestId + " Error: " + reason);
  }

  static byte[] timedOut(String requestId, Duration timeout) {
    return document(
        "Sandbox.Timedout", "RequestId: " + requestId + " Error: " + timeoutText(timeout));
  }

  /** {@code Task timed out after 3.00 seconds}. */
  static String timeoutText(Duration timeout) {
    return String.format(
        Locale.ROOT, "Task timed out after %.2f seconds", timeout.toMillis() / 1000.0);
  }
}
