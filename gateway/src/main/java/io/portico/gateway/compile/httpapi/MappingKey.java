package io.portico.gateway.compile.httpapi;

import io.portico.gateway.http.Headers;
import io.portico.gateway.snapshot.httpapi.ParameterChange.Action;
import io.portico.gateway.snapshot.httpapi.ParameterChange.Place;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A <b>parameter mapping key</b> of an HTTP API: what is done to which part, such as {@code
 * append:header.name}.
 *
 * @param name of the header or query parameter; empty for all else
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html">Transform
 *     API requests and responses for HTTP APIs</a>
 */
public record MappingKey(Action action, Place place, String name) {
  private static final Pattern FORM =
      Pattern.compile(
          "(append|overwrite|remove):(header|querystring)\\.(\\S+)|overwrite:(path|statuscode)");

  /** That of a change of requests, or null where it is none. */
  public static @Nullable MappingKey ofRequest(String text) {
    MappingKey key = parse(text);
    return key == null || key.place == Place.STATUS_CODE ? null : key;
  }

  /** That of a change of answers, or null where it is none. */
  public static @Nullable MappingKey ofResponse(String text) {
    MappingKey key = parse(text);
    return key == null || key.place == Place.PATH || key.place == Place.QUERY_STRING ? null : key;
  }

  private static @Nullable MappingKey parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return null;
    }
    if (form.group(1) == null) {
      return new MappingKey(
          Action.OVERWRITE, form.group(4).equals("path") ? Place.PATH : Place.STATUS_CODE, "");
    }
    Action action = Action.valueOf(form.group(1).toUpperCase(Locale.ROOT));
    String name = form.group(3);
    if (form.group(2).equals("querystring")) {
      return new MappingKey(action, Place.QUERY_STRING, name);
    }
    return Headers.isName(name) ? new MappingKey(action, Place.HEADER, name) : null;
  }
}
