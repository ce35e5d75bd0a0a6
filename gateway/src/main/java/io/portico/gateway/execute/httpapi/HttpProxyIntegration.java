package io.portico.gateway.execute.httpapi;

import io.portico.gateway.execute.CanonicalPath;
import io.portico.gateway.execute.EndpointResponse;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.RouteMatch;
import io.portico.gateway.execute.integration.ConfiguredQuery;
import io.portico.gateway.execute.integration.TargetGroups;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamRequest.Origin;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.httpapi.RouteIntegration;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code HTTP_PROXY}: request and answer pass through, neither of them read.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-http.html">
 *     HTTP proxy integrations for HTTP APIs</a>
 */
final class HttpProxyIntegration {
  private final Upstream upstream;
  private final TargetGroups targets;

  /**
   * @param upstream reaches what has a public address
   * @param targets reach the rest
   */
  HttpProxyIntegration(Upstream upstream, TargetGroups targets) {
    this.upstream = upstream;
    this.targets = targets;
  }

  /**
   * Calls the backend.
   *
   * @param now a recent {@link System#nanoTime}
   */
  EndpointResponse call(RouteIntegration.HttpProxy backend, RouteMatch match, long now)
      throws IOException {
    MappedRequest mapped = mapped(backend, match);
    return send(
        upstream,
        backend.origin(),
        target(backend, mapped, match),
        mapped,
        backend.httpMethod(),
        match,
        now,
        backend.timeout(),
        backend.streaming());
  }

  /**
   * Calls a target of the backend.
   *
   * <p>AWS: it is sent the request's path, with the stage unless that is {@code $default}, where no
   * mapping overwrites it; source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html.
   * What {@code Host} says is not described; here it is the target, as it is the backend elsewhere.
   *
   * @param now a recent {@link System#nanoTime}
   */
  EndpointResponse call(RouteIntegration.PrivateProxy backend, RouteMatch match, long now)
      throws IOException {
    MappedRequest mapped = mapped(backend, match);
    String path = mapped.path() == null ? match.stagePath() : mapped.path();
    return send(
        targets.of(backend.targets()),
        backend.targets().targets().getFirst(),
        mapped.query().isEmpty() ? path : path + '?' + mapped.query(),
        mapped,
        backend.httpMethod(),
        match,
        now,
        backend.timeout(),
        backend.streaming());
  }

  private static MappedRequest mapped(RouteIntegration backend, RouteMatch match) {
    return MappedRequest.of(
        match,
        backend.changes(),
        ClientHeaders.own(match.invocation()).toBuilder().remove("Host").build());
  }

  private static EndpointResponse send(
      Upstream upstream,
      Origin origin,
      String target,
      MappedRequest mapped,
      @Nullable String method,
      RouteMatch match,
      long now,
      Duration configured,
      RouteIntegration.@Nullable Streaming streaming)
      throws IOException {
    Invocation invocation = match.invocation();
    Duration head = invocation.remaining(configured, now);
    Duration timeout = streaming == null ? head : streaming.longest();
    Body body = invocation.content().within(match.stage().payloadLimit());
    invocation.tellOf(body.length());
    UpstreamResponse response =
        upstream.send(
            invocation
                .observations()
                .trail()
                .sends(
                    new UpstreamRequest(
                        method == null ? invocation.httpMethod() : method,
                        origin,
                        target,
                        ClientHeaders.toBackend(mapped.headers(), body.length() == 0, invocation),
                        body,
                        timeout,
                        head,
                        streaming == null ? head : streaming.idle())));
    return new EndpointResponse(
        response.status(), response.headers(), response.body(), now + timeout.toNanos());
  }

  /**
   * The address with its variables filled in or its path replaced, and the client's query.
   *
   * @throws GatewayFault {@code DEFAULT_4XX} if a value leads out of the configured path, or could
   */
  private static String target(
      RouteIntegration.HttpProxy backend, MappedRequest mapped, RouteMatch match) {
    Map<String, String> variables = match.rawPathParameters();
    String path = mapped.path() == null ? path(backend, match) : mapped.path();
    String defect = variables.isEmpty() ? null : CanonicalPath.defectIn(path);
    if (defect != null) {
      throw new GatewayFault(GatewayResponseType.DEFAULT_4XX, FaultCause.BACKEND_PATH)
          .because("the backend's path, once its variables are filled in: " + defect);
    }
    String configured = ConfiguredQuery.of(backend.query(), variables);
    String client = mapped.query();
    StringBuilder target = new StringBuilder(path);
    if (!configured.isEmpty()) {
      target.append('?').append(configured);
    }
    if (!client.isEmpty()) {
      target.append(configured.isEmpty() ? '?' : '&').append(client);
    }
    return target.toString();
  }

  private static String path(RouteIntegration.HttpProxy backend, RouteMatch match) {
    String path = backend.path().expand(match.rawPathParameters());
    return match.route().isDefault() ? behind(path, match.stagePath()) : path;
  }

  /**
   * AWS: behind {@code $default} the backend is sent the whole path; source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html. That
   * it has the stage, as that of a private integration has, is assumed.
   */
  private static String behind(String path, String requested) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) + requested : path + requested;
  }
}
