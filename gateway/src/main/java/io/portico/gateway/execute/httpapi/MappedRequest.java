package io.portico.gateway.execute.httpapi;

import io.portico.gateway.execute.CanonicalPath;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.Payload;
import io.portico.gateway.execute.RouteMatch;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.ParameterSource;
import io.portico.gateway.snapshot.httpapi.ParameterChange;
import io.portico.gateway.snapshot.httpapi.ParameterChange.Action;
import io.portico.gateway.snapshot.httpapi.ParameterChange.Place;
import io.portico.gateway.snapshot.httpapi.ParameterChanges;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as an integration's parameter mappings change it.
 *
 * @param headers the client's, changed
 * @param query raw, without {@code ?}; empty where there is none
 * @param path what takes the place of the backend's path, ready to be sent; or null
 */
record MappedRequest(Headers headers, String query, @Nullable String path) {
  /** RFC 3986: what may stand in a path as it is, less the escape. */
  private static final String PLAIN_IN_PATH = "-._~!$&'()*+,;=:@/";

  /**
   * The request of a call.
   *
   * @param headers the client's own
   * @throws GatewayFault {@code DEFAULT_4XX} if a value makes a path that could lead elsewhere
   */
  static MappedRequest of(RouteMatch match, ParameterChanges changes, Headers headers) {
    String raw = match.invocation().request().rawQuery();
    String query = raw == null ? "" : raw;
    if (changes.request().isEmpty()) {
      return new MappedRequest(headers, query, null);
    }
    MappedValues values =
        MappedValues.ofRequest(match, changes.readsRequest() ? content(match) : null);
    String path = null;
    for (ParameterChange change : changes.request()) {
      if (change.place() == Place.QUERY_STRING) {
        query = query(change, query, values);
      } else if (change.place() == Place.PATH) {
        path = path(change.value(), match, values);
      }
    }
    return new MappedRequest(MappedHeaders.of(headers, changes.request(), values), query, path);
  }

  /** A request that nothing changes. */
  static MappedRequest unchanged(RouteMatch match) {
    return of(match, ParameterChanges.NONE, ClientHeaders.own(match.invocation()));
  }

  /** The request as it came, but with these headers and this query. */
  HttpRequest applied(HttpRequest request, Headers complete) {
    return new HttpRequest(
        request.method(),
        query.isEmpty() ? request.rawPath() : request.rawPath() + "?" + query,
        request.protocol(),
        complete,
        request.body(),
        request.connection(),
        request.arrivalNanos());
  }

  private static Payload content(RouteMatch match) {
    Invocation invocation = match.invocation();
    byte[] content =
        invocation.content().read(match.stage().payloadLimit(), invocation.deadlineNanos());
    invocation.takesApart(content);
    return new Payload(content);
  }

  private static String query(ParameterChange change, String query, MappedValues values) {
    if (change.action() == Action.REMOVE) {
      return RawQuery.without(query, change.name());
    }
    String value = values.text(change.value());
    if (value == null) {
      return query;
    }
    String rest =
        change.action() == Action.OVERWRITE ? RawQuery.without(query, change.name()) : query;
    String parameter = encoded(change.name()) + "=" + encoded(value);
    return rest.isEmpty() ? parameter : rest + "&" + parameter;
  }

  /** The request's own path, and what its variables stand for in it, are not encoded twice. */
  private static String path(List<ParameterSource> pieces, RouteMatch match, MappedValues values) {
    StringBuilder path = new StringBuilder();
    for (ParameterSource piece : pieces) {
      switch (piece) {
        case ParameterSource.RequestPath _ -> path.append(match.invocation().path().text());
        case ParameterSource.PathVariable variable ->
            path.append(match.rawPathParameters().getOrDefault(variable.name(), ""));
        default -> {
          String value = values.value(piece);
          path.append(value == null ? "" : inPath(value));
        }
      }
    }
    String text = path.toString();
    String absolute = text.startsWith("/") ? text : "/" + text;
    String defect = CanonicalPath.defectIn(absolute);
    if (defect != null) {
      throw new GatewayFault(GatewayResponseType.DEFAULT_4XX, FaultCause.BACKEND_PATH)
          .because("the backend's path, as it is mapped: " + defect);
    }
    return absolute;
  }

  private static String inPath(String value) {
    StringBuilder encoded = new StringBuilder(value.length());
    value
        .codePoints()
        .forEach(
            c -> {
              boolean plain =
                  c < 128 && (Character.isLetterOrDigit(c) || PLAIN_IN_PATH.indexOf(c) >= 0);
              encoded.append(plain ? Character.toString(c) : encoded(Character.toString(c)));
            });
    return encoded.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
