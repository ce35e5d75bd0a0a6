package io.portico.gateway.execute.mapping;

import io.portico.gateway.execute.MatchedCall;
import io.portico.gateway.execute.MethodRequest;
import io.portico.gateway.execute.Overrides;
import io.portico.gateway.snapshot.ParameterMapping;
import io.portico.gateway.snapshot.ParameterSource;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The parameters of an integration request: what mappings set, then what templates override.
 *
 * @param path ready to stand in a path: encoded, so that no value leaves its place
 * @param query not encoded
 * @param headers in the casing configured
 */
public record MappedParameters(
    Map<String, String> path, Map<String, List<String>> query, Map<String, List<String>> headers) {

  private static final MappedParameters NONE = new MappedParameters(Map.of(), Map.of(), Map.of());

  /** RFC 3986: what may stand in a path segment as it is. */
  private static final String PLAIN = "-._~!$&'()*+,;=:@";

  /** What the mappings give; a source that is not there leaves its mapping out. */
  public static MappedParameters of(
      List<ParameterMapping> mappings, MethodRequest request, MatchedCall match) {
    if (mappings.isEmpty()) {
      return NONE;
    }
    MappedParameters mapped =
        new MappedParameters(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    for (ParameterMapping mapping : mappings) {
      List<String> values = Expressions.ofRequest(mapping.source(), request, match);
      if (!values.isEmpty()) {
        switch (mapping.place()) {
          case HEADER ->
              mapped.headers.put(
                  mapping.name(), Expressions.headerValues(mapping.source(), values));
          case QUERY_STRING -> mapped.query.put(mapping.name(), values);
          case PATH -> mapped.path.put(mapping.name(), pathValue(mapping.source(), values));
        }
      }
    }
    return mapped;
  }

  /** These parameters with what the request template has set. */
  public MappedParameters with(Overrides overrides) {
    if (overrides.requestPath().isEmpty()
        && overrides.requestQueryString().isEmpty()
        && overrides.requestHeader().isEmpty()) {
      return this;
    }
    Map<String, String> allPath = new LinkedHashMap<>(path);
    Map<String, List<String>> allQuery = new LinkedHashMap<>(query);
    Map<String, List<String>> allHeaders = new LinkedHashMap<>(headers);
    overrides
        .requestPath()
        .forEach(
            (name, value) -> allPath.put(name, encode(Expressions.texts(value).getLast(), true)));
    overrides
        .requestQueryString()
        .forEach((name, value) -> allQuery.put(name, Expressions.texts(value)));
    overrides
        .requestHeader()
        .forEach(
            (name, value) -> {
              allHeaders.keySet().removeIf(name::equalsIgnoreCase);
              allHeaders.put(name, Expressions.headerTexts(value));
            });
    return new MappedParameters(allPath, allQuery, allHeaders);
  }

  /** The client's path is encoded already; a configured text may hold slashes of its own. */
  private static String pathValue(ParameterSource source, List<String> values) {
    String value = values.getLast();
    return switch (source) {
      case ParameterSource.PathVariable variable -> value;
      case ParameterSource.Literal literal -> encode(value, true);
      case ParameterSource.StageVariable variable -> encode(value, true);
      default -> encode(value, false);
    };
  }

  private static String encode(String value, boolean keepSlashes) {
    StringBuilder encoded = new StringBuilder(value.length());
    for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xff);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0);
      if (plain || (keepSlashes && c == '/')) {
        encoded.append(c);
      } else {
        encoded.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      }
    }
    return encoded.toString();
  }
}
