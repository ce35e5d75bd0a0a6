package io.portico.gateway.execute.integration;

import io.portico.gateway.execute.EndpointResponse;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.http.BodyTooLargeException;
import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.snapshot.GatewayResponseType;
import java.io.IOException;
import java.net.SocketTimeoutException;

/** The content of a backend's answer, taken whole. */
public final class EndpointContent {
  private EndpointContent() {}

  /**
   * The whole of a backend's answer.
   *
   * @throws GatewayFault if it does not arrive, or is longer than the payload limit
   */
  public static byte[] whole(EndpointResponse endpoint, Invocation invocation) {
    byte[] content =
        received(
            () ->
                endpoint
                    .body()
                    .readAll(invocation.stage().payloadLimit(), endpoint.deadlineNanos()));
    invocation.tellOf(content.length);
    invocation.takesApart(content);
    return content;
  }

  /** Content that arrives. */
  public interface Arriving<T> {
    T take() throws IOException;
  }

  /**
   * What arrives.
   *
   * @throws GatewayFault if it does not
   */
  public static <T> T received(Arriving<T> content) {
    try {
      return content.take();
    } catch (IOException e) {
      throw fault(e);
    }
  }

  /** Why content does not arrive, or not all of it. */
  public static GatewayFault fault(IOException why) {
    return switch (why) {
      case BodyTooLargeException e ->
          GatewayFault.misconfigured(
              FaultCause.ANSWER_TOO_LONG,
              "the backend's answer is longer than " + e.limit() + " bytes");
      case UpstreamException e ->
          (e.reason() == UpstreamException.Reason.TIMEOUT
                  ? new GatewayFault(
                      GatewayResponseType.INTEGRATION_TIMEOUT, FaultCause.BACKEND_TIMEOUT)
                  : new GatewayFault(
                      GatewayResponseType.INTEGRATION_FAILURE, BackendCall.failure(e)))
              .because(e.reason() + ": " + e.getMessage());
      case SocketTimeoutException e ->
          new GatewayFault(GatewayResponseType.INTEGRATION_TIMEOUT, FaultCause.BACKEND_TIMEOUT)
              .because("the backend's answer: " + e.getMessage());
      case FunctionStream.FunctionFailedException e ->
          GatewayFault.badReply(FaultCause.FUNCTION_FAILED, String.valueOf(e.getMessage()))
              .telling(e.details());
      default ->
          new GatewayFault(GatewayResponseType.INTEGRATION_FAILURE, FaultCause.BACKEND_FAILED)
              .because("the backend's answer broke off: " + why.getMessage());
    };
  }
}
