package io.portico.gateway.control.protocol;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parameters of a request's query, decoded, in the order sent; a name may occur repeatedly. */
final class QueryParameters {
  static final QueryParameters NONE = new QueryParameters(List.of());

  private final List<Parameter> parameters;

  private QueryParameters(List<Parameter> parameters) {
    this.parameters = parameters;
  }

  record Parameter(String name, String value) {}

  /**
   * @param rawQuery without its {@code ?}; null or empty for none
   * @throws ServiceException if an encoding is malformed
   */
  static QueryParameters parse(@Nullable String rawQuery) {
    if (rawQuery == null || rawQuery.isEmpty()) {
      return NONE;
    }
    List<Parameter> parameters = new ArrayList<>();
    int start = 0;
    while (start <= rawQuery.length()) {
      int end = rawQuery.indexOf('&', start);
      end = end < 0 ? rawQuery.length() : end;
      if (end > start) {
        String part = rawQuery.substring(start, end);
        int equals = part.indexOf('=');
        parameters.add(
            new Parameter(
                PercentEncoding.decodeQuery(equals < 0 ? part : part.substring(0, equals)),
                equals < 0 ? "" : PercentEncoding.decodeQuery(part.substring(equals + 1))));
      }
      start = end + 1;
    }
    return new QueryParameters(List.copyOf(parameters));
  }

  List<Parameter> all() {
    return parameters;
  }

  /** The first value of a name, or null. */
  @Nullable String first(String name) {
    for (Parameter parameter : parameters) {
      if (parameter.name().equals(name)) {
        return parameter.value();
      }
    }
    return null;
  }

  List<String> values(String name) {
    return parameters.stream().filter(p -> p.name().equals(name)).map(Parameter::value).toList();
  }
}
