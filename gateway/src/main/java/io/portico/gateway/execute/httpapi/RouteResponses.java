package io.portico.gateway.execute.httpapi;

import io.portico.gateway.execute.EndpointResponse;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.HeaderNames;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.RouteMatch;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.ConnectionFields;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpResponse;
import java.util.Locale;
import java.util.Set;

/** The last stage: a backend's answer becomes the client's. */
final class RouteResponses {
  /** AWS: names every request; source: documented, the answers in its troubleshooting pages. */
  static final String REQUEST_ID = "apigw-requestid";

  /** What a backend says of its connection, and what only the gateway says. */
  private static final HeaderNames OWN =
      HeaderNames.of(
          "Connection",
          "Content-Length",
          "Keep-Alive",
          "Proxy-Authenticate",
          "Proxy-Connection",
          "TE",
          "Trailer",
          "Transfer-Encoding",
          "Upgrade",
          REQUEST_ID);

  HttpResponse finish(EndpointResponse endpoint, RouteMatch match) {
    Body body = endpoint.body();
    // AWS: a status that ends no exchange is not described; sent on, it would break the connection.
    if (endpoint.status() < 200 || endpoint.status() > 599) {
      discard(body);
      throw GatewayFault.misconfigured("not a final status: " + endpoint.status());
    }
    bound(body, match);
    return new HttpResponse(
        endpoint.status(), headers(endpoint.headers(), match.invocation()), body);
  }

  private static Headers headers(Headers ofBackend, Invocation invocation) {
    Set<String> nominated = ConnectionFields.nominated(ofBackend);
    Headers.Builder headers = Headers.builder();
    for (int i = 0; i < ofBackend.size(); i++) {
      String name = ofBackend.name(i);
      if (!OWN.contains(name)
          && (nominated.isEmpty() || !nominated.contains(name.toLowerCase(Locale.ROOT)))) {
        headers.addChecked(name, ofBackend.value(i));
      }
    }
    return headers.addChecked(REQUEST_ID, invocation.requestId()).build();
  }

  /** One whose length is not known yet is counted while it is sent on. */
  private static void bound(Body body, RouteMatch match) {
    long limit = match.stage().payloadLimit();
    if (body.length() > limit) {
      discard(body);
      throw GatewayFault.misconfigured("the backend's answer is longer than " + limit + " bytes");
    }
    if (body instanceof Body.Streamed stream && stream.length() < 0) {
      stream.limitTo(limit);
    } else {
      match.invocation().tellOf(body.length());
    }
  }

  private static void discard(Body body) {
    if (body instanceof Body.Streamed streamed) {
      streamed.discard();
    }
  }
}
