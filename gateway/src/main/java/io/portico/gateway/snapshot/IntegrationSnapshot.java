package io.portico.gateway.snapshot;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a method calls, ready to be called. */
public sealed interface IntegrationSnapshot {

  /** From the call until the backend's head. */
  Duration timeout();

  /**
   * {@code MOCK}: no backend; the request template's result is the answer.
   *
   * @param request how the request is mapped
   * @param responses how the answer is mapped
   */
  record Mock(Duration timeout, RequestMapping request, ResponseMappings responses)
      implements IntegrationSnapshot {}

  /**
   * {@code HTTP} and {@code HTTP_PROXY}.
   *
   * @param proxy whether request and answer pass through unmapped
   * @param httpMethod what the backend is sent, or null for the client's own
   * @param uri where it is sent, with its variables
   * @param verifyTls whether the backend's certificate is checked
   */
  record Http(
      Duration timeout,
      boolean proxy,
      @Nullable String httpMethod,
      UriTemplate uri,
      boolean verifyTls,
      RequestMapping request,
      ResponseMappings responses)
      implements IntegrationSnapshot {}

  /**
   * {@code AWS} and {@code AWS_PROXY} with a Lambda function.
   *
   * @param proxy whether the function gets the whole request as an event
   * @param functionArn as configured, stage variables unresolved
   */
  record Lambda(
      Duration timeout,
      boolean proxy,
      UriTemplate functionArn,
      RequestMapping request,
      ResponseMappings responses)
      implements IntegrationSnapshot {}

  /**
   * Nothing that can be called: AWS accepts the configuration and fails when it is called.
   *
   * @param fault how a call is answered
   * @param reason what is wrong, for the log
   */
  record Broken(GatewayResponseType fault, String reason) implements IntegrationSnapshot {
    @Override
    public Duration timeout() {
      return Duration.ZERO;
    }
  }
}
