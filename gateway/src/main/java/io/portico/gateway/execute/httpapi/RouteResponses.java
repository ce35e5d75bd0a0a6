package io.portico.gateway.execute.httpapi;

import io.portico.gateway.execute.EndpointResponse;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.HeaderNames;
import io.portico.gateway.execute.Payload;
import io.portico.gateway.execute.RouteMatch;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.ConnectionFields;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.snapshot.httpapi.ParameterChange;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The last stage: a backend's answer becomes the client's. */
final class RouteResponses {
  /**
   * AWS: names every request; source: documented, the answers in its troubleshooting pages. In this
   * casing answers by HTTP/1.1 have it that users have published.
   */
  static final String REQUEST_ID = "Apigw-Requestid";

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

  HttpResponse finish(EndpointResponse received, RouteMatch match) {
    // AWS: a status that ends no exchange is not described; sent on, it would break the connection.
    if (received.status() < 200 || received.status() > 599) {
      discard(received.body());
      throw GatewayFault.misconfigured("not a final status: " + received.status());
    }
    if (!match.route().integration().isStreamed()) {
      bound(received.body(), match);
    }
    Headers headers = headers(received.headers(), match.httpMethod().equals("HEAD"));
    List<ParameterChange> changes = match.route().integration().changes().of(received.status());
    boolean made = false;
    try {
      HttpResponse response =
          changes.isEmpty()
              ? response(received.status(), headers, received.body(), match)
              : changed(received, headers, changes, match);
      made = true;
      return response;
    } finally {
      if (!made) {
        // Nobody else will: the backend would be waited for as long as it may stream.
        discard(received.body());
      }
    }
  }

  private static HttpResponse changed(
      EndpointResponse received, Headers headers, List<ParameterChange> changes, RouteMatch match) {
    byte @Nullable [] content =
        changes.stream().anyMatch(ParameterChange::readsResponse)
            ? BackendContent.of(received, match)
            : null;
    MappedValues values =
        MappedValues.ofResponse(match, headers, content == null ? null : new Payload(content));
    return response(
        status(received.status(), changes, values),
        MappedHeaders.of(headers, changes, values),
        content == null ? received.body() : Body.of(content),
        match);
  }

  private static int status(int received, List<ParameterChange> changes, MappedValues values) {
    for (ParameterChange change : changes) {
      if (change.place() == ParameterChange.Place.STATUS_CODE) {
        String status = values.text(change.value());
        if (status == null || !status.matches("[2-5][0-9]{2}")) {
          throw GatewayFault.misconfigured("not a status that an answer can have: " + status);
        }
        return Integer.parseInt(status);
      }
    }
    return received;
  }

  private static HttpResponse response(int status, Headers headers, Body body, RouteMatch match) {
    return new HttpResponse(
        status,
        headers.toBuilder().addChecked(REQUEST_ID, match.invocation().requestId()).build(),
        body);
  }

  /**
   * @param bare whether no content follows, so that only its backend knows how long it would be
   */
  private static Headers headers(Headers ofBackend, boolean bare) {
    Set<String> nominated = ConnectionFields.nominated(ofBackend);
    Headers.Builder headers = Headers.builder();
    for (int i = 0; i < ofBackend.size(); i++) {
      String name = ofBackend.name(i);
      if ((!OWN.contains(name) || (bare && name.equalsIgnoreCase("Content-Length")))
          && (nominated.isEmpty() || !nominated.contains(name.toLowerCase(Locale.ROOT)))) {
        headers.addChecked(name, ofBackend.value(i));
      }
    }
    return headers.build();
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
