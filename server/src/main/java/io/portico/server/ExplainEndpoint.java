package io.portico.server;

import io.portico.gateway.control.protocol.ControlHosts;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.execute.explain.Explanations;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.QueryString;
import io.portico.gateway.json.Json;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Why requests were answered as they were: {@code /_portico/explain/{id}}, {@code …/last}, {@code
 * …/last-refusal}, and a list at {@code /_portico/explain?after=N}.
 *
 * <p>It shows what goes through the gateway, so it is for this machine alone, and not for web pages
 * that a browser of it shows: the names under which the control plane may be called hold here, too.
 * Behind a proxy of this machine everybody has its address, so that what a proxy has handed on is
 * refused.
 */
final class ExplainEndpoint implements HttpHandler {
  private static final String PATH = "/_portico/explain";
  private static final String LAST = "last";
  private static final String LAST_REFUSAL = "last-refusal";
  private static final int MOST_LISTED = 1000;

  /** What proxies say of themselves. */
  private static final List<String> OF_PROXIES =
      List.of("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via");

  private final @Nullable Explanations explanations;
  private final ControlHosts hosts;

  /**
   * @param explanations null where nothing is kept
   * @param hosts the names under which it may be called
   */
  ExplainEndpoint(@Nullable Explanations explanations, ControlHosts hosts) {
    this.explanations = explanations;
    this.hosts = hosts;
  }

  static boolean isAt(String path) {
    return path.equals(PATH) || path.startsWith(PATH + "/");
  }

  @Override
  public HttpResponse handle(HttpRequest request) {
    try {
      hosts.check(request);
    } catch (ServiceException e) {
      return message(403, String.valueOf(e.getMessage()));
    }
    if (!isOfThisMachine(request.connection().remoteIp())) {
      return message(403, "Explanations are for this machine alone: ask from a loopback address");
    }
    for (String field : OF_PROXIES) {
      if (request.headers().contains(field)) {
        return message(
            403,
            "Explanations are for this machine alone: a proxy has handed this on (" + field + ")");
      }
    }
    return explanations == null
        ? message(404, "nothing is kept: explain.enabled is false")
        : answer(request, explanations);
  }

  private static HttpResponse answer(HttpRequest request, Explanations explanations) {
    String path = request.rawPath();
    if (path.length() <= PATH.length() + 1) {
      return json(200, explanations.after(number(request), MOST_LISTED));
    }
    String id = decoded(path.substring(PATH.length() + 1));
    JsonNode found =
        switch (id) {
          case LAST -> explanations.last();
          case LAST_REFUSAL -> explanations.lastRefusal();
          default -> explanations.of(id);
        };
    return found == null
        ? message(
            404,
            id.equals(LAST) || id.equals(LAST_REFUSAL)
                ? "no such request is kept yet"
                : "request " + id + " is " + explanations.kept())
        : json(200, found);
  }

  private static long number(HttpRequest request) {
    String text = new QueryString(request.rawQuery()).last("after");
    return text == null || !text.matches("[0-9]{1,18}") ? 0 : Long.parseLong(text);
  }

  /** An id may be written with escapes; what cannot be undone is no id. */
  private static String decoded(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return segment;
    }
  }

  private static boolean isOfThisMachine(String address) {
    try {
      return InetAddress.ofLiteral(address).isLoopbackAddress();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static HttpResponse message(int status, String text) {
    return json(status, Json.object().put("message", text));
  }

  private static HttpResponse json(int status, JsonNode content) {
    return new HttpResponse(
        status,
        Headers.of("Content-Type", "application/json", "Cache-Control", "no-store"),
        Body.of(Json.bytes(content)));
  }
}
