package io.portico.gateway.control.protocol;

import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** An answer as its client reads it. */
public record WireAnswer(int status, Headers headers, String text) {
  private static final int MOST_BYTES = 1 << 27;
  private static final Pattern CODE = Pattern.compile("[A-Za-z.#]+");
  private static final Pattern XML_CODE =
      Pattern.compile("<Error>.*<Code>[A-Za-z]+</Code>.*</Error>", Pattern.DOTALL);

  public static WireAnswer of(HttpResponse response) throws IOException {
    return new WireAnswer(
        response.status(),
        response.headers(),
        new String(response.body().readAll(MOST_BYTES), StandardCharsets.UTF_8));
  }

  public boolean refused() {
    return status >= 300;
  }

  /** What no answer of an API may be, or null. */
  public @Nullable String fault(ServiceModel model) {
    for (Headers.Field field : headers) {
      if (!Headers.isName(field.name()) || !field.value().chars().allMatch(WireAnswer::isPrinted)) {
        return "a header with control characters: " + field;
      }
    }
    if (status >= 500) {
      return "a failure: " + status;
    }
    if (!refused()) {
      return isJson() && json() == null ? "an answer that is no JSON: " + text : null;
    }
    return switch (model.api().protocol()) {
      case REST_JSON -> refusal(headers.first("x-amzn-ErrorType"));
      case JSON, CBOR -> refusal(member("__type"));
      case QUERY ->
          XML_CODE.matcher(text).find() ? null : "a refusal that is none of AWS's: " + text;
    };
  }

  private @Nullable String refusal(@Nullable String code) {
    if (code == null || !CODE.matcher(code).matches()) {
      return "a refusal without a code";
    }
    return member("message").isEmpty() && member("Message").isEmpty()
        ? "a refusal without a text: " + text
        : null;
  }

  private String member(String name) {
    JsonNode json = json();
    return json == null ? "" : json.path(name).asString("");
  }

  private boolean isJson() {
    String type = headers.first("Content-Type");
    return type != null && type.contains("json") && !text.isEmpty();
  }

  private @Nullable JsonNode json() {
    try {
      return Json.parse(text);
    } catch (JacksonException e) {
      return null;
    }
  }

  private static boolean isPrinted(int character) {
    return character >= ' ' && character != 0x7f && character <= 0xff;
  }
}
