package io.portico.gateway.execute.httpapi;

import io.portico.gateway.execute.CanonicalPath;
import io.portico.gateway.execute.EndpointResponse;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.RouteMatch;
import io.portico.gateway.execute.integration.ConfiguredQuery;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.httpapi.RouteIntegration;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * {@code HTTP_PROXY}: request and answer pass through, neither of them read.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-http.html">
 *     HTTP proxy integrations for HTTP APIs</a>
 */
final class HttpProxyIntegration {
  private final Upstream upstream;

  HttpProxyIntegration(Upstream upstream) {
    this.upstream = upstream;
  }

  /**
   * Calls the backend.
   *
   * @param now a recent {@link System#nanoTime}
   */
  EndpointResponse call(RouteIntegration.HttpProxy backend, RouteMatch match, long now)
      throws IOException {
    Invocation invocation = match.invocation();
    Duration timeout = invocation.remaining(backend.timeout(), now);
    String method = backend.httpMethod();
    MappedRequest mapped =
        MappedRequest.of(
            match,
            backend.changes(),
            ClientHeaders.own(invocation).toBuilder().remove("Host").build());
    Body body = invocation.content().within(match.stage().payloadLimit());
    invocation.tellOf(body.length());
    UpstreamResponse response =
        upstream.send(
            new UpstreamRequest(
                method == null ? invocation.httpMethod() : method,
                backend.origin(),
                target(backend, mapped, match),
                ClientHeaders.toBackend(mapped.headers(), body.length() == 0, invocation),
                body,
                timeout));
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
      throw new GatewayFault(GatewayResponseType.DEFAULT_4XX)
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
