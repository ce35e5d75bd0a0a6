package io.portico.gateway.execute.authorizer;

import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.ParameterValues;
import io.portico.gateway.execute.RequestParameters;
import io.portico.gateway.snapshot.ParameterSource;
import java.util.ArrayList;
import java.util.List;

/**
 * What tells a caller apart from others: the values of an authorizer's identity sources.
 *
 * <p>All values of a header or query parameter count, though a mapping takes one of them: the
 * function sees all, and may go by any.
 *
 * @param values of each source, in the order of the sources
 */
record Identity(List<List<String>> values) {

  static Identity of(
      List<ParameterSource> sources, RequestParameters parameters, Invocation invocation) {
    List<List<String>> values = new ArrayList<>(sources.size());
    for (ParameterSource source : sources) {
      values.add(
          switch (source) {
            case ParameterSource.RequestHeader header -> parameters.headers().all(header.name());
            case ParameterSource.QueryString query -> parameters.query().all(query.name());
            default -> ParameterValues.of(source, parameters, invocation);
          });
    }
    return new Identity(values);
  }

  /**
   * Whether every source has a value. AWS: one that is missing, null or empty is none; source:
   * documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/configure-api-gateway-lambda-authorization-with-console.html.
   */
  boolean isComplete() {
    for (List<String> each : values) {
      if (each.isEmpty() || each.getLast().isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** The value of a source as a mapping has it: the last; empty where there is none. */
  String last(int source) {
    List<String> all = values.get(source);
    return all.isEmpty() ? "" : all.getLast();
  }

  /** The value of each source as a mapping has it. */
  List<String> lasts() {
    return values.stream().map(all -> all.isEmpty() ? "" : all.getLast()).toList();
  }

  /** The values of each source, joined by commas. */
  List<String> joined() {
    return values.stream().map(all -> String.join(",", all)).toList();
  }

  /** Of all values, in characters. */
  int length() {
    int length = 0;
    for (List<String> each : values) {
      for (String value : each) {
        length += value.length();
      }
    }
    return length;
  }
}
