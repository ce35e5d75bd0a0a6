package io.portico.gateway.snapshot.httpapi;

import io.portico.gateway.http.UpstreamRequest.Origin;
import io.portico.gateway.snapshot.LambdaFunction;
import io.portico.gateway.snapshot.UriTemplate;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a route calls, ready to be called. */
public sealed interface RouteIntegration {

  /**
   * {@code HTTP_PROXY}.
   *
   * @param timeout how long the backend may let wait for its answer, the whole of it
   * @param httpMethod what the backend is sent, or null for the client's own ({@code ANY})
   * @param origin where to connect
   * @param path begins with a slash
   * @param query without {@code ?}; empty where there is none
   */
  record HttpProxy(
      Duration timeout,
      @Nullable String httpMethod,
      Origin origin,
      UriTemplate path,
      UriTemplate query)
      implements RouteIntegration {}

  /**
   * {@code AWS_PROXY} with a Lambda function.
   *
   * @param timeout from the call until the function's answer
   * @param function whom to invoke
   * @param role the ARN of the role as which to invoke it, or null for API Gateway itself, which
   *     the function's policy has to let in
   * @param format of its events and answers
   */
  record LambdaProxy(
      Duration timeout, LambdaFunction function, @Nullable String role, PayloadFormat format)
      implements RouteIntegration {}

  /**
   * Nothing that can be called: AWS accepts the configuration and fails when it is called.
   *
   * @param reason what is wrong, for the log
   */
  record Broken(String reason) implements RouteIntegration {}
}
