package io.portico.gateway.compile;

import io.portico.gateway.compile.ParameterExpressions.InvalidExpressionException;
import io.portico.gateway.http.MediaType;
import io.portico.gateway.snapshot.GatewayResponseTemplate;
import io.portico.gateway.snapshot.GatewayResponseTemplate.Escaping;
import io.portico.gateway.snapshot.GatewayResponseTemplate.Part;
import io.portico.gateway.snapshot.GatewayResponseTemplate.Text;
import io.portico.gateway.snapshot.GatewayResponseTemplate.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the bodies of gateway responses.
 *
 * <p>AWS: no Velocity, but {@code $context}, {@code $stageVariables} and {@code $method.request}
 * with a name behind it; source: documented, see the links. What looks like none of these stays
 * text.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html">Gateway
 *     responses</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#stagevariables-template-reference">The
 *     three ways to write a stage variable</a>
 */
final class GatewayResponseTemplates {
  /** A point or hyphen that no letter follows belongs to the text behind the value. */
  private static final Pattern VALUE =
      Pattern.compile(
          "\\$(?<path>context\\.\\w+(?:\\.\\w+)*+"
              + "|stageVariables\\.\\w+"
              + "|method\\.request\\.\\w+\\.\\w+(?:[.-]+\\w+)*+)"
              + "|\\$stageVariables\\['(?<quoted>\\w+)'\\]"
              + "|\\$\\{stageVariables\\['(?<braced>\\w+)'\\]\\}");

  private static final String JSON = "application/json";

  /** A media type with parameters, fit to stand in a header. */
  private static final Pattern CONTENT_TYPE =
      Pattern.compile("[\\w!#$&^.+-]+/[\\w!#$&^.+-]+(?:[ \\t]*;[ \\t\\x21-\\x7e]*)?");

  private GatewayResponseTemplates() {}

  /**
   * Templates by media type, in the order configured.
   *
   * @param sentAs the {@code Content-Type} that a response parameter fixes for each, or null
   */
  static Map<String, GatewayResponseTemplate> compile(
      @Nullable Map<String, ? extends @Nullable String> configured, @Nullable String sentAs) {
    Map<String, GatewayResponseTemplate> compiled = new LinkedHashMap<>();
    if (configured != null) {
      MediaType.keys(configured.keySet())
          .forEach(
              (type, key) -> {
                String contentType =
                    CONTENT_TYPE.matcher(key.strip()).matches() ? key.strip() : JSON;
                compiled.put(
                    type,
                    new GatewayResponseTemplate(
                        contentType,
                        parts(Objects.requireNonNullElse(configured.get(key), "")),
                        escaping(MediaType.of(sentAs == null ? contentType : sentAs))));
              });
    }
    return Collections.unmodifiableMap(compiled);
  }

  private static List<Part> parts(String text) {
    List<Part> parts = new ArrayList<>();
    Matcher value = VALUE.matcher(text);
    int end = 0;
    while (value.find()) {
      try {
        Value found = new Value(ParameterExpressions.source(expression(value)));
        addText(parts, text.substring(end, value.start()));
        parts.add(found);
        end = value.end();
      } catch (InvalidExpressionException e) {
        // No value: it stays part of the text.
      }
    }
    addText(parts, text.substring(end));
    return List.copyOf(parts);
  }

  private static String expression(Matcher value) {
    String path = value.group("path");
    if (path != null) {
      return path;
    }
    String quoted = value.group("quoted");
    return "stageVariables." + (quoted == null ? value.group("braced") : quoted);
  }

  private static void addText(List<Part> parts, String text) {
    if (!text.isEmpty()) {
      parts.add(new Text(text));
    }
  }

  /** AWS: does not describe it; what a client sends must not become markup. Source: inferred. */
  private static Escaping escaping(String mediaType) {
    if (mediaType.endsWith("json")) {
      return Escaping.JSON;
    }
    return mediaType.contains("xml") || mediaType.contains("html") ? Escaping.XML : Escaping.NONE;
  }
}
