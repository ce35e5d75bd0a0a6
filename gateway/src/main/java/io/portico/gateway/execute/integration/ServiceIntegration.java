package io.portico.gateway.execute.integration;

import io.portico.gateway.execute.EndpointResponse;
import io.portico.gateway.execute.IamCaller;
import io.portico.gateway.execute.IntegrationRequest;
import io.portico.gateway.execute.MatchedCall;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.MediaType;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.gateway.snapshot.AwsEndpoint;
import io.portico.gateway.snapshot.IntegrationSnapshot;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code AWS} with a service other than Lambda: the call is signed and sent, the answer selects an
 * integration response by its status.
 */
final class ServiceIntegration {
  private static final String JSON = "application/json";
  private static final Set<String> XML = Set.of("text/xml", "application/xml");

  private final Upstream upstream;
  private final SigningCredentials credentials;
  private final Clock clock;

  /**
   * @param upstream reaches the services
   * @param credentials sign the calls
   */
  ServiceIntegration(Upstream upstream, SigningCredentials credentials, Clock clock) {
    this.upstream = upstream;
    this.credentials = credentials;
    this.clock = clock;
  }

  /**
   * Calls the service.
   *
   * @param caller who signed the call of the method, or null
   * @param now a recent {@link System#nanoTime}
   */
  EndpointResponse call(
      IntegrationRequest request,
      IntegrationSnapshot.Service service,
      MatchedCall match,
      @Nullable IamCaller caller,
      long now)
      throws IOException {
    Duration timeout = match.invocation().remaining(service.timeout(), now);
    long deadlineNanos = now + timeout.toNanos();
    ServiceRequest outbound = ServiceRequest.of(request, service, match.invocation());
    AwsEndpoint endpoint = service.endpoint();
    Headers signed =
        credentials
            .of(service.signer(), caller, deadlineNanos)
            .of(endpoint)
            .sign(
                outbound.method(),
                outbound.target(),
                outbound.headers(),
                outbound.body(),
                clock.instant());
    UpstreamResponse response =
        credentials.heard(
            service.signer(),
            Exchange.send(
                upstream,
                match
                    .invocation()
                    .observations()
                    .trail()
                    .sends(
                        new UpstreamRequest(
                            outbound.method(),
                            endpoint.origin(),
                            outbound.target(),
                            signed,
                            Body.of(outbound.body()),
                            SigningCredentials.left(service.signer(), timeout, deadlineNanos))),
                match.invocation().trace(),
                match.stage().payloadLimit()),
            match.stage().payloadLimit(),
            deadlineNanos);
    if (!isConverted(response, outbound, service)) {
      return new EndpointResponse(
          response.status(), response.headers(), response.body(), deadlineNanos);
    }
    byte[] document = response.body().readAll(match.stage().payloadLimit(), deadlineNanos);
    match.invocation().tellOf(document.length);
    match.invocation().takesApart(document);
    String wrapped = outbound.wrappedAction();
    byte[] reply =
        wrapped == null
            ? XmlReply.json(document)
            : QueryReply.json(wrapped, response.status(), response.headers(), document);
    return new EndpointResponse(
        response.status(),
        reply == null ? response.headers() : ofJson(response.headers()),
        Body.of(reply == null ? document : reply),
        deadlineNanos);
  }

  /** Whether the answer has another form at AWS than in the protocol that was spoken. */
  private static boolean isConverted(
      UpstreamResponse response, ServiceRequest outbound, IntegrationSnapshot.Service service) {
    return outbound.wrappedAction() != null
        || (service.queryProtocol()
            && JSON.equals(mediaType(outbound.headers(), "Accept"))
            && XML.contains(mediaType(response.headers(), "Content-Type")));
  }

  private static String mediaType(Headers headers, String name) {
    String value = headers.first(name);
    return value == null ? "" : MediaType.of(value);
  }

  private static Headers ofJson(Headers headers) {
    return headers.toBuilder().set("Content-Type", JSON).build();
  }
}
