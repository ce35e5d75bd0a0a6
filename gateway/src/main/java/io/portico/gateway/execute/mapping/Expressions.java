package io.portico.gateway.execute.mapping;

import io.portico.gateway.execute.EndpointResponse;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.HeaderText;
import io.portico.gateway.execute.MatchedCall;
import io.portico.gateway.execute.MethodRequest;
import io.portico.gateway.execute.ParameterValues;
import io.portico.gateway.execute.Payload;
import io.portico.gateway.http.FieldText;
import io.portico.gateway.snapshot.MappingTemplate;
import io.portico.gateway.snapshot.ParameterSource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Evaluates mapping expressions and templates for the stages that map. */
public final class Expressions {
  /**
   * What the execution log is told where a request cannot be mapped. AWS: source: reported by
   * users, as is the next.
   */
  public static final String NO_REQUEST = "Unable to transform request";

  public static final String NO_RESPONSE = "Unable to transform response";

  private Expressions() {}

  /** The values of a source of a request mapping; none where it is missing. */
  public static List<String> ofRequest(
      ParameterSource source, MethodRequest request, MatchedCall match) {
    return source instanceof ParameterSource.RequestBody body
        ? optional(BodyExpressions.ofRequest(body.path(), request.payload(), match.invocation()))
        : ParameterValues.of(source, request.parameters(), match.invocation());
  }

  /**
   * The values of a source of a response mapping; none where it is missing.
   *
   * @param functionError whether the answer is that of a function that failed
   */
  public static List<String> ofResponse(
      ParameterSource source,
      EndpointResponse endpoint,
      Payload body,
      boolean functionError,
      MethodRequest request,
      MatchedCall match) {
    return switch (source) {
      case ParameterSource.ResponseHeader header ->
          header.multiValue()
              ? ParameterValues.joined(endpoint.headers().all(header.name()))
              : optional(endpoint.headers().last(header.name()));
      case ParameterSource.ResponseBody found ->
          optional(
              functionError
                  ? BodyExpressions.ofFunctionError(found.path(), body, match.invocation())
                  : BodyExpressions.ofResponse(found.path(), body, match.invocation()));
      default -> ofRequest(source, request, match);
    };
  }

  /**
   * The result of a template, as UTF-8.
   *
   * @param told what the execution log is told if there is none
   */
  public static byte[] render(
      MappingTemplate template,
      Payload body,
      MethodRequest request,
      MatchedCall match,
      String told) {
    return switch (template) {
      case MappingTemplate.Unchanged unchanged -> body.bytes();
      case MappingTemplate.Parsed parsed -> {
        byte[] rendered =
            MappingTemplates.render(parsed, body, request.parameters(), match, told)
                .getBytes(StandardCharsets.UTF_8);
        match.invocation().takesApart(rendered);
        yield rendered;
      }
      case MappingTemplate.Broken broken ->
          throw GatewayFault.misconfigured(FaultCause.TEMPLATE_FAILED, told, broken.reason());
    };
  }

  /** The values of a source as a header has them. */
  public static List<String> headerValues(ParameterSource source, List<String> values) {
    return values.size() == 1
        ? List.of(HeaderText.octets(source, values.getFirst()))
        : values.stream().map(value -> HeaderText.octets(source, value)).toList();
  }

  /** What a template assigned to a header; at least one. */
  public static List<String> headerTexts(Object value) {
    return texts(value).stream().map(FieldText::octets).toList();
  }

  /** What a template assigned to an override, as parameter values; at least one. */
  public static List<String> texts(Object value) {
    if (value instanceof List<?> list && !list.isEmpty()) {
      return list.stream().map(String::valueOf).toList();
    }
    return List.of(String.valueOf(value));
  }

  private static List<String> optional(@Nullable String value) {
    return value == null ? List.of() : List.of(value);
  }
}
