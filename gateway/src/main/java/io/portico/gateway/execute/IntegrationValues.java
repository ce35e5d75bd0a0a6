package io.portico.gateway.execute;

import io.portico.gateway.http.Headers;
import io.portico.gateway.snapshot.ContextVariable;
import io.portico.gateway.snapshot.IntegrationSnapshot;
import io.portico.gateway.snapshot.httpapi.RouteIntegration;
import io.portico.gateway.snapshot.websocket.WebSocketIntegration;
import io.portico.gateway.snapshot.websocket.WebSocketRoute;
import org.jspecify.annotations.Nullable;

/**
 * The values of {@code $context} variables that are about the call of a backend.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html">Variables
 *     for access logging</a>
 */
final class IntegrationValues {
  private static final int FIRST_REFUSAL = 300;

  private IntegrationValues() {}

  /** A variable's text, or null where it has no value (yet). */
  static @Nullable String text(ContextVariable variable, Observations observations) {
    if (variable == ContextVariable.INTEGRATION_ERROR) {
      return error(observations);
    }
    if (!observations.integrationCalled()) {
      return null;
    }
    return switch (variable) {
      case AWS_ENDPOINT_REQUEST_ID -> requestId(observations);
      case AWS_ENDPOINT_REQUEST_ID_2 -> observations.endpointHeaders().first("x-amz-id-2");
      case INTEGRATION_ANSWER_STATUS ->
          isProxiedFunction(observations)
              ? status(observations.functionStatus())
              : endpointStatus(observations);
      case INTEGRATION_LATENCY -> millis(observations.integrationNanos());
      case INTEGRATION_TIME_TO_ALL_HEADERS -> millis(observations.headNanos());
      case INTEGRATION_TIME_TO_FIRST_CONTENT ->
          observations.contentNanos() < 0 ? null : millis(observations.contentNanos());
      case INTEGRATION_RESPONSE_TRANSFER_MODE ->
          observations.isStreamed() ? "STREAMED" : "BUFFERED";
      default -> endpointStatus(observations);
    };
  }

  /**
   * AWS: what the execution log says; source: reported by users,
   * https://sal-blog.com/iam-api-gateway-500error. So does it of a function that failed: assumed.
   */
  private static @Nullable String error(Observations observations) {
    String message = observations.functionError();
    if (message != null) {
      return ExecutionFailure.ofFunction(
          observations.invocationStatus(), message, observations.invocationId());
    }
    GatewayFault fault = observations.fault();
    if (fault == null) {
      return null;
    }
    return switch (fault.type()) {
      case API_CONFIGURATION_ERROR, DEFAULT_5XX, INTEGRATION_FAILURE, INTEGRATION_TIMEOUT ->
          ExecutionFailure.text(fault);
      default -> null;
    };
  }

  /**
   * Of a function Lambda's own. AWS: none where Lambda did not invoke it; source: reported by
   * users, as above.
   */
  private static @Nullable String endpointStatus(Observations observations) {
    int ofLambda = observations.invocationStatus();
    if (ofLambda == 0) {
      return status(observations.integrationStatus());
    }
    return ofLambda < FIRST_REFUSAL ? status(ofLambda) : null;
  }

  private static @Nullable String status(int status) {
    return status == 0 ? null : Integer.toString(status);
  }

  /**
   * AWS: an AWS service's; source: documented, as are the headers for HTTP APIs,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html.
   */
  private static @Nullable String requestId(Observations observations) {
    if (!observations.invocationId().isEmpty()) {
      return observations.invocationId();
    }
    if (!isService(observations)) {
      return null;
    }
    Headers headers = observations.endpointHeaders();
    String requestId = headers.first("x-amzn-RequestId");
    return requestId == null ? headers.first("x-amz-request-id") : requestId;
  }

  private static boolean isService(Observations observations) {
    RouteMatch route = observations.route();
    return route == null
        ? integration(observations) instanceof IntegrationSnapshot.Service
        : route.route().integration() instanceof RouteIntegration.ServiceAction;
  }

  private static boolean isProxiedFunction(Observations observations) {
    RouteMatch route = observations.route();
    return route == null
        ? integration(observations) instanceof IntegrationSnapshot.Lambda lambda && lambda.proxy()
        : route.route().integration() instanceof RouteIntegration.LambdaProxy;
  }

  private static @Nullable IntegrationSnapshot integration(Observations observations) {
    MethodMatch match = observations.match();
    if (match != null) {
      return match.method().integration();
    }
    WebSocketCall call = observations.ofWebSocket();
    WebSocketRoute route = call == null ? null : call.route();
    WebSocketIntegration integration = route == null ? null : route.integration();
    return integration == null ? null : integration.backend();
  }

  private static String millis(long nanos) {
    return Long.toString(nanos / 1_000_000);
  }
}
