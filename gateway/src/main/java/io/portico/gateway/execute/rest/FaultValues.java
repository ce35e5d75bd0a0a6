package io.portico.gateway.execute.rest;

import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.ParameterValues;
import io.portico.gateway.execute.RequestParameters;
import io.portico.gateway.execute.XmlText;
import io.portico.gateway.json.Json;
import io.portico.gateway.snapshot.ContextVariable;
import io.portico.gateway.snapshot.GatewayResponseTemplate;
import io.portico.gateway.snapshot.GatewayResponseTemplate.Escaping;
import io.portico.gateway.snapshot.GatewayResponseTemplate.Text;
import io.portico.gateway.snapshot.GatewayResponseTemplate.Value;
import io.portico.gateway.snapshot.ParameterSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a customised gateway response can say of an invocation that failed: there may be no method,
 * and there is no backend.
 */
final class FaultValues {
  private final Invocation invocation;
  private @Nullable RequestParameters parameters;

  /**
   * @param invocation its fault is known already
   */
  FaultValues(Invocation invocation) {
    this.invocation = invocation;
  }

  /** A value, or null where it is missing; several of a parameter are joined by commas. */
  @Nullable String of(ParameterSource source) {
    if (source instanceof ParameterSource.Literal literal) {
      return literal.text();
    }
    List<String> values = ParameterValues.of(source, parameters(), invocation);
    return values.isEmpty() ? null : String.join(",", values);
  }

  /**
   * The text of a template, every value in its place, or null where it would be longer than the
   * stage allows.
   */
  @Nullable String render(GatewayResponseTemplate template) {
    long limit = invocation.stage().payloadLimit();
    StringBuilder text = new StringBuilder();
    for (GatewayResponseTemplate.Part part : template.parts()) {
      switch (part) {
        case Text fixed -> text.append(fixed.text());
        case Value value -> text.append(value(value.source(), template.escaping()));
      }
      if (text.length() > limit) {
        return null;
      }
    }
    return text.toString();
  }

  private String value(ParameterSource source, Escaping escaping) {
    String value = of(source);
    if (source instanceof ParameterSource.Context context
        && context.variable() == ContextVariable.ERROR_MESSAGE_STRING) {
      return messageString(value, escaping);
    }
    return value == null ? "" : escaped(value, escaping);
  }

  /**
   * AWS: the quoted message, quotes included; source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#context-variable-reference.
   * A failure without a message prints null (inferred: it is JSON's word for it).
   */
  private static String messageString(@Nullable String quoted, Escaping escaping) {
    if (quoted == null) {
      return "null";
    }
    return escaping == Escaping.XML
        ? '"' + escaped(quoted.substring(1, quoted.length() - 1), Escaping.XML) + '"'
        : quoted;
  }

  private static String escaped(String text, Escaping escaping) {
    return switch (escaping) {
      case JSON -> {
        String quoted = Json.text(Json.tree(text));
        yield quoted.substring(1, quoted.length() - 1);
      }
      case XML -> xml(text);
      case NONE -> text;
    };
  }

  private static String xml(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // XML 1.0 has no way to write the other controls.
      boolean writable = c >= ' ' || c == '\t' || c == '\n' || c == '\r';
      XmlText.append(writable ? c : '?', escaped);
    }
    return escaped.toString();
  }

  private RequestParameters parameters() {
    if (parameters == null) {
      MethodMatch match = invocation.observations().match();
      parameters =
          RequestParameters.of(invocation, match == null ? Map.of() : match.pathVariables());
    }
    return parameters;
  }
}
