package io.portico.gateway.execute.hostile;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamResponse;
import java.util.ArrayList;
import java.util.List;

/**
 * Backend, function, authorizer and issuer, none of them honest, and never with a 500. Remembers
 * what it was sent.
 */
final class HostileBackend implements Upstream {
  static final String SECRET = "a text that no client must see";

  private final HostileText text;
  private final List<UpstreamRequest> sent = new ArrayList<>();

  HostileBackend(HostileText text) {
    this.text = text;
  }

  /** What it was sent since it was asked last. */
  List<UpstreamRequest> sent() {
    List<UpstreamRequest> all = List.copyOf(sent);
    sent.clear();
    return all;
  }

  @Override
  public UpstreamResponse send(UpstreamRequest request) throws UpstreamException {
    sent.add(request);
    if (text.once(40)) {
      throw new UpstreamException(UpstreamException.Reason.TIMEOUT, SECRET, null);
    }
    String target = request.target();
    if (target.contains("guard")) {
      return said(200, Headers.empty(), text.once(3) ? text.body() : ofAuthorizer());
    }
    if (target.contains("/functions/")) {
      return said(
          200,
          text.once(20) ? Headers.of("X-Amz-Function-Error", "Unhandled") : Headers.empty(),
          text.once(3) ? text.body() : ofFunction());
    }
    return said(text.one(200, 200, 201, 204, 302, 404, 429, 503), headers(), text.body());
  }

  private static UpstreamResponse said(int status, Headers headers, String body) {
    return new UpstreamResponse(status, headers, Body.of(body));
  }

  private String ofAuthorizer() {
    return """
        {"principalId": "me", "isAuthorized": true, "context": %s,
         "usageIdentifierKey": %s, "policyDocument": %s}"""
        .formatted(
            text.json(),
            text.once(2) ? "null" : text.number(),
            text.once(4)
                ? text.json()
                : """
                {"Version": "2012-10-17", "Statement":
                 {"Effect": "Allow", "Action": "execute-api:*", "Resource": "*"}}""");
  }

  private String ofFunction() {
    return "{\"statusCode\": %s, \"headers\": %s, \"body\": \"b\", \"isBase64Encoded\": %s}"
        .formatted(
            text.once(3) ? text.number() : "200", text.json(), text.one("false", "true", "1"));
  }

  private Headers headers() {
    Headers.Builder headers = Headers.builder();
    for (int left = text.below(4); left > 0; left--) {
      headers.add(
          text.one("X-Backend", "Content-Type", "Location", "Set-Cookie", "Connection", "Date"),
          text.field());
    }
    return headers.build();
  }
}
