package io.portico.gateway.execute.mapping;

import io.portico.gateway.json.PlainJson;
import io.portico.gateway.vtl.Budget;
import io.portico.gateway.vtl.VtlException;
import io.portico.gateway.vtl.VtlObject;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * {@code $util} in a template.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#util-template-reference">$util
 *     variables</a>
 */
final class UtilObject extends VtlObject {
  static final UtilObject INSTANCE = new UtilObject();

  private UtilObject() {}

  @Override
  public @Nullable Object call(String method, Object[] arguments, Budget budget) {
    if (arguments.length != 1) {
      return null;
    }
    String text = argumentText(arguments[0], budget);
    budget.charge(text.length());
    return switch (method) {
      case "escapeJavaScript" -> escapeJavaScript(text);
      case "parseJson" -> parseJson(text);
      case "urlEncode" -> URLEncoder.encode(text, StandardCharsets.UTF_8);
      case "urlDecode" -> urlDecode(text);
      case "base64Encode" ->
          Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
      case "base64Decode" -> base64Decode(text);
      default -> null;
    };
  }

  /** As it would print: maps and lists are what a path found. */
  private static String argumentText(Object argument, Budget budget) {
    if (argument instanceof String text) {
      return text;
    }
    try {
      return argument instanceof Number || argument instanceof Boolean
          ? argument.toString()
          : PlainJson.text(argument, budget.outputLimit());
    } catch (IllegalStateException e) {
      throw new VtlException(String.valueOf(e.getMessage()));
    }
  }

  /**
   * AWS: single quotes are escaped too, so that the result is no JSON where there are any; source:
   * documented, see the class.
   */
  private static String escapeJavaScript(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\'', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (c < ' ') {
            out.append(String.format("\\u%04X", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.toString();
  }

  private static @Nullable Object parseJson(String text) {
    try {
      return PlainJson.parse(text);
    } catch (JacksonException e) {
      throw new VtlException("$util.parseJson: the text is not JSON: " + e.getOriginalMessage());
    }
  }

  private static String urlDecode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new VtlException("$util.urlDecode: " + e.getMessage());
    }
  }

  private static String base64Decode(String text) {
    try {
      return new String(Base64.getMimeDecoder().decode(text), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new VtlException("$util.base64Decode: " + e.getMessage());
    }
  }

  @Override
  public String toString() {
    return "";
  }
}
