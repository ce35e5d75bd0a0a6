package io.portico.gateway.execute.integration;

import io.portico.gateway.execute.integration.LambdaInvoke.Answer;
import io.portico.gateway.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What AWS's runtime interface emulator answers, as Lambda would have said it. The emulator names
 * no error in a header: that a function failed is told by its error document, also behind a 502 (it
 * did not start, or ended), and that it took too long by a text. AWS: source: the emulator's own
 * behaviour, https://github.com/aws/aws-lambda-runtime-interface-emulator.
 */
final class EmulatorAnswer {
  private static final Pattern TIMEOUT =
      Pattern.compile("Task timed out after \\d+\\.\\d{2} seconds");

  private static final String UNHANDLED = "Unhandled";

  /** Error documents are short: what is longer is not taken apart for this. */
  private static final int LONGEST_DOCUMENT = 256 * 1024;

  private EmulatorAnswer() {}

  static Answer of(int status, byte[] payload) {
    if (status != 200 && status != 502) {
      return new Answer(status, payload, null, "");
    }
    if (isErrorDocument(payload)) {
      return new Answer(200, payload, UNHANDLED, "");
    }
    String text = new String(payload, 0, Math.min(payload.length, 100), StandardCharsets.UTF_8);
    Matcher timeout = TIMEOUT.matcher(text);
    return timeout.matches()
        ? new Answer(200, timedOut(text), UNHANDLED, "")
        : new Answer(status, payload, null, "");
  }

  /** AWS: source: recorded, facts INV-07; the emulator does not say the request's id. */
  private static byte[] timedOut(String text) {
    return Json.bytes(
        Json.object().put("errorType", "Sandbox.Timedout").put("errorMessage", "Error: " + text));
  }

  private static boolean isErrorDocument(byte[] payload) {
    if (payload.length > LONGEST_DOCUMENT || !startsWithBrace(payload)) {
      return false;
    }
    try {
      JsonNode document = Json.parse(payload);
      return document.path("errorType").isString() && document.path("errorMessage").isString();
    } catch (JacksonException e) {
      // What it is, the integration says.
      return false;
    }
  }

  private static boolean startsWithBrace(byte[] payload) {
    int at = 0;
    while (at < payload.length && payload[at] <= ' ' && payload[at] >= 0) {
      at++;
    }
    return at < payload.length && payload[at] == '{';
  }
}
