package io.portico.gateway.snapshot;

import io.portico.gateway.aws.SourceArn;
import io.portico.gateway.http.UpstreamRequest.Origin;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a method calls, ready to be called. */
public sealed interface IntegrationSnapshot {

  /** Whether the request's body is taken apart on its way, rather than handed on unread. */
  boolean readsBody();

  /** Whether answers are handed on as they come, whatever their length. */
  default boolean isStreamed() {
    return false;
  }

  /** Whether the backend is called with the credentials of whoever calls the method. */
  default boolean asCaller() {
    return false;
  }

  /** Where a private integration leads, or null for any other. */
  default @Nullable TargetGroup targets() {
    return null;
  }

  /**
   * {@code MOCK}: no backend; the request template's result is the answer.
   *
   * @param request how the request is mapped
   * @param responses how the answer is mapped
   */
  record Mock(RequestMapping request, ResponseMappings responses) implements IntegrationSnapshot {
    @Override
    public boolean readsBody() {
      return true;
    }
  }

  /**
   * {@code HTTP} and {@code HTTP_PROXY}.
   *
   * @param timeout how long the backend may let wait for its answer, the whole of it
   * @param proxy whether request and answer pass through unmapped
   * @param streamIdle how long it may let wait for more of an answer that is handed on as it comes
   *     ({@code responseTransferMode STREAM}), or null where answers say their length
   * @param httpMethod what the backend is sent, or null for the client's own
   * @param origin that of the uri: where to connect, unless there are targets
   * @param targets where to connect of a private integration, to which the origin is then the name
   *     in {@code Host}; or null
   * @param path begins with a slash
   * @param query without {@code ?}; empty where there is none
   */
  record Http(
      Duration timeout,
      boolean proxy,
      @Nullable Duration streamIdle,
      @Nullable String httpMethod,
      Origin origin,
      @Nullable TargetGroup targets,
      UriTemplate path,
      UriTemplate query,
      RequestMapping request,
      ResponseMappings responses)
      implements IntegrationSnapshot {
    @Override
    public boolean isStreamed() {
      return streamIdle != null;
    }

    @Override
    public boolean readsBody() {
      return !proxy || request.readsBody();
    }
  }

  /**
   * {@code AWS} and {@code AWS_PROXY} with a Lambda function.
   *
   * @param timeout from the call until the function's answer
   * @param proxy whether the function gets the whole request as an event
   * @param streamIdle how long the function may let wait for more of an answer that is handed on as
   *     it comes ({@code responseTransferMode STREAM}), or null where answers are taken whole
   * @param function whom to invoke
   * @param role the ARN of the role as which to invoke it, {@link SourceArn#CALLER} for whoever
   *     calls the method, or null for API Gateway itself, which the function's policy has to let in
   * @param signer with whose credentials it is invoked
   */
  record Lambda(
      Duration timeout,
      boolean proxy,
      @Nullable Duration streamIdle,
      LambdaFunction function,
      @Nullable String role,
      SigningIdentity signer,
      RequestMapping request,
      ResponseMappings responses)
      implements IntegrationSnapshot {
    @Override
    public boolean isStreamed() {
      return streamIdle != null;
    }

    @Override
    public boolean asCaller() {
      return signer instanceof SigningIdentity.Caller;
    }

    @Override
    public boolean readsBody() {
      return true;
    }
  }

  /**
   * {@code AWS} with any other service, and {@code AWS_PROXY} with an action of Firehose.
   *
   * @param timeout from the call until the service's head
   * @param proxy whether request and answer pass through unmapped
   * @param httpMethod what the service is sent, or null for the client's own
   * @param endpoint where the service is called
   * @param path begins with a slash
   * @param query without {@code ?}; the parameters of an action
   * @param action what is called of a service that speaks JSON, or null: then method, path and
   *     query say all
   * @param accept what is accepted unless a mapping says
   * @param queryProtocol whether the service's answers are XML that AWS gives as JSON where that is
   *     accepted
   * @param signer with whose credentials it is called
   */
  record Service(
      Duration timeout,
      boolean proxy,
      @Nullable String httpMethod,
      AwsEndpoint endpoint,
      UriTemplate path,
      UriTemplate query,
      @Nullable AwsAction action,
      String accept,
      boolean queryProtocol,
      SigningIdentity signer,
      RequestMapping request,
      ResponseMappings responses)
      implements IntegrationSnapshot {
    @Override
    public boolean asCaller() {
      return signer instanceof SigningIdentity.Caller;
    }

    @Override
    public boolean readsBody() {
      return true;
    }
  }

  /**
   * Nothing that can be called: AWS accepts the configuration and fails when it is called.
   *
   * @param reason what is wrong, for the log
   */
  record Broken(String reason) implements IntegrationSnapshot {
    @Override
    public boolean readsBody() {
      return false;
    }
  }
}
