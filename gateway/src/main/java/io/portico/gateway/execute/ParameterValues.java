package io.portico.gateway.execute;

import io.portico.gateway.snapshot.ParameterSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of mapping expressions that are in no body and no answer. */
public final class ParameterValues {
  private ParameterValues() {}

  /** The values of a source; none where it is missing. */
  public static List<String> of(
      ParameterSource source, RequestParameters parameters, Invocation invocation) {
    return switch (source) {
      case ParameterSource.Literal literal -> List.of(literal.text());
      case ParameterSource.PathVariable path -> optional(parameters.path().get(path.name()));
      case ParameterSource.RequestPath _ -> List.of(invocation.path().text());
      case ParameterSource.QueryString query ->
          query.multiValue()
              ? parameters.query().all(query.name())
              : optional(parameters.query().last(query.name()));
      case ParameterSource.RequestHeader header ->
          header.multiValue()
              ? joined(parameters.headers().all(header.name()))
              : optional(parameters.headers().last(header.name()));
      case ParameterSource.StageVariable variable ->
          optional(invocation.stage().variables().get(variable.name()));
      case ParameterSource.Context context ->
          context.variable() == null
              ? List.of()
              : optional(ContextValues.text(context.variable(), invocation));
      case ParameterSource.Authorizer said ->
          optional(ContextValues.text(said.variable(), invocation));
      case ParameterSource.RequestBody body -> List.of();
      case ParameterSource.ResponseHeader header -> List.of();
      case ParameterSource.ResponseBody body -> List.of();
    };
  }

  /** AWS: one value, joined by commas; source: second-hand, facts SEC-02. */
  public static List<String> joined(List<String> values) {
    return values.isEmpty() ? values : List.of(String.join(",", values));
  }

  private static List<String> optional(@Nullable String value) {
    return value == null ? List.of() : List.of(value);
  }
}
