package io.portico.gateway.execute;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What AWS's logs say of a failure. */
public final class ExecutionFailure {
  /** A backend's bytes must not make two lines of one. */
  private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+");

  private ExecutionFailure() {}

  /**
   * What an execution log says of a fault: AWS's sentence, and behind it which failure of the
   * network or which wait it was, which AWS does not tell. Null of one that was told of when it
   * happened.
   */
  public static @Nullable String line(GatewayFault fault) {
    String text = text(fault);
    return switch (fault.type()) {
      case INTEGRATION_FAILURE, INTEGRATION_TIMEOUT ->
          text + ": " + CONTROLS.matcher(fault.reason()).replaceAll(" ");
      default -> text;
    };
  }

  /**
   * What is said of a fault in AWS's words alone, or null of one that was told of when it happened.
   *
   * <p>AWS: errors of the configuration recorded, facts TIN-06; those of bodies, timeouts and the
   * network in logs that users have published; the others are assumed.
   */
  public static @Nullable String text(GatewayFault fault) {
    String told = fault.told();
    return switch (fault.type()) {
      case API_CONFIGURATION_ERROR -> misconfigured(told == null ? fault.reason() : told);
      case DEFAULT_5XX -> told == null ? null : misconfigured(told);
      case INTEGRATION_TIMEOUT -> "Execution failed due to a timeout error";
      case INTEGRATION_FAILURE ->
          "Execution failed due to a network error communicating with endpoint";
      case BAD_REQUEST_BODY ->
          told == null ? failed(fault) : mismatch(told, fault.validationErrors());
      case BAD_REQUEST_PARAMETERS -> fault.text();
      default -> failed(fault);
    };
  }

  /** What is said of what cannot be executed as it is configured. */
  public static String misconfigured(String what) {
    return "Execution failed due to configuration error: " + what;
  }

  /** What is said of a refusal that has no words of its own. */
  public static String failed(GatewayFault fault) {
    return "Execution failed: " + fault.text();
  }

  /**
   * What is said of a function that failed.
   *
   * @param status what Lambda answered for it
   * @param requestId of the function's invocation; empty where the endpoint does not say
   */
  public static String ofFunction(int status, String message, String requestId) {
    return "Lambda execution failed with status "
        + status
        + " due to customer function error: "
        + message
        + ". Lambda request id: "
        + requestId;
  }

  private static String mismatch(String mediaType, @Nullable String errors) {
    return "Request body does not match model schema for content type " + mediaType + ": " + errors;
  }
}
