package io.portico.gateway.snapshot.httpapi;

import io.portico.gateway.aws.SourceArn;
import io.portico.gateway.http.UpstreamRequest.Origin;
import io.portico.gateway.snapshot.AwsEndpoint;
import io.portico.gateway.snapshot.LambdaFunction;
import io.portico.gateway.snapshot.ParameterSource;
import io.portico.gateway.snapshot.SigningIdentity;
import io.portico.gateway.snapshot.TargetGroup;
import io.portico.gateway.snapshot.UriTemplate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a route calls, ready to be called. */
public sealed interface RouteIntegration {

  /** How requests and answers are changed on their way. */
  ParameterChanges changes();

  /** Whether answers go on as they come, whatever their length. */
  default boolean isStreamed() {
    return switch (this) {
      case HttpProxy http -> http.streaming != null;
      case PrivateProxy http -> http.streaming != null;
      case LambdaProxy function -> function.streamIdle != null;
      case ServiceAction _, Broken _ -> false;
    };
  }

  /** Where a private integration leads, or null for any other. */
  default @Nullable TargetGroup targets() {
    return null;
  }

  /**
   * How an answer is handed on as it comes, whatever its length.
   *
   * @param longest how long the backend may let wait for all of it
   * @param idle how long for more of it
   */
  record Streaming(Duration longest, Duration idle) {}

  /**
   * {@code HTTP_PROXY}.
   *
   * @param timeout how long the backend may let wait for its answer: the whole of it, or where it
   *     streams its head
   * @param streaming null where answers are bounded as AWS bounds them
   * @param httpMethod what the backend is sent, or null for the client's own ({@code ANY})
   * @param origin where to connect
   * @param path begins with a slash
   * @param query without {@code ?}; empty where there is none
   */
  record HttpProxy(
      Duration timeout,
      @Nullable Streaming streaming,
      @Nullable String httpMethod,
      Origin origin,
      UriTemplate path,
      UriTemplate query,
      ParameterChanges changes)
      implements RouteIntegration {}

  /**
   * {@code HTTP_PROXY} through a VPC link: the backend is sent the request's own path.
   *
   * @param timeout as of any {@code HTTP_PROXY}
   * @param streaming null where answers are bounded as AWS bounds them
   * @param httpMethod what the backend is sent, or null for the client's own ({@code ANY})
   * @param targets where to connect
   */
  record PrivateProxy(
      Duration timeout,
      @Nullable Streaming streaming,
      @Nullable String httpMethod,
      TargetGroup targets,
      ParameterChanges changes)
      implements RouteIntegration {}

  /**
   * {@code AWS_PROXY} with a Lambda function.
   *
   * @param timeout from the call until the function's answer, the whole of it
   * @param streamIdle how long the function may let wait for more of an answer that is handed on as
   *     it comes, or null where answers are taken whole
   * @param function whom to invoke
   * @param role the ARN of the role as which to invoke it, {@link SourceArn#CALLER} for whoever
   *     calls the route, or null for API Gateway itself, which the function's policy has to let in
   * @param signer with whose credentials it is invoked
   * @param format of its events and answers
   */
  record LambdaProxy(
      Duration timeout,
      @Nullable Duration streamIdle,
      LambdaFunction function,
      @Nullable String role,
      SigningIdentity signer,
      PayloadFormat format,
      ParameterChanges changes)
      implements RouteIntegration {}

  /**
   * {@code AWS_PROXY} with an action of a service other than Lambda ({@code integrationSubtype}).
   *
   * @param timeout from the call until the service's head
   * @param endpoint where the service is called
   * @param prefix what stands before the paths of its calls; empty, or begins with a slash
   * @param signer with whose credentials it is called
   * @param form how the action is called
   * @param parameters the pieces of each one's value, by the name that the service has for it
   */
  record ServiceAction(
      Duration timeout,
      AwsEndpoint endpoint,
      String prefix,
      SigningIdentity signer,
      ServiceForm form,
      Map<String, List<ParameterSource>> parameters,
      ParameterChanges changes)
      implements RouteIntegration {

    /** Whether a parameter takes a part of the request's content. */
    public boolean readsRequest() {
      return parameters.values().stream()
          .flatMap(List::stream)
          .anyMatch(ParameterSource.RequestBody.class::isInstance);
    }
  }

  /**
   * Nothing that can be called: AWS accepts the configuration and fails when it is called.
   *
   * @param reason what is wrong, for the log
   */
  record Broken(String reason) implements RouteIntegration {
    @Override
    public ParameterChanges changes() {
      return ParameterChanges.NONE;
    }
  }
}
