package io.portico.gateway.execute.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.portico.gateway.http.Headers;
import io.portico.gateway.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** Compares messages with what a case expects of them. */
final class MessageChecks {
  private final boolean keepsCasing;

  /**
   * @param keepsCasing whether names of fields keep the casing they are written in
   */
  MessageChecks(boolean keepsCasing) {
    this.keepsCasing = keepsCasing;
  }

  /**
   * Names are compared in their casing, where it is kept; repeated ones are written in order. Of a
   * name that must not be there, only those may be that are written.
   */
  void headers(List<String> expected, Headers actual) {
    Headers left = actual;
    for (String line : expected) {
      if (!line.startsWith("!")) {
        left = withoutExpected(line, left, actual);
      }
    }
    for (String line : expected) {
      if (line.startsWith("!")) {
        assertThat(left.contains(line.substring(1))).as("%s in %s", line, actual).isFalse();
      }
    }
  }

  private Headers withoutExpected(String line, Headers left, Headers actual) {
    int colon = line.indexOf(':');
    String name = line.substring(0, colon);
    int index = indexOf(left, name);
    if (index < 0) {
      fail("no header " + name + " in " + casings(actual));
    }
    assertThat(left.value(index))
        .as("header %s", name)
        .matches(Expectation.pattern(line.substring(colon + 1).strip()));
    return without(left, index);
  }

  private int indexOf(Headers headers, String name) {
    for (int i = 0; i < headers.size(); i++) {
      String found = headers.name(i);
      if (keepsCasing ? found.equals(name) : found.equalsIgnoreCase(name)) {
        return i;
      }
    }
    return -1;
  }

  private static Headers without(Headers headers, int index) {
    Headers.Builder others = Headers.builder();
    for (int i = 0; i < headers.size(); i++) {
      if (i != index) {
        others.addChecked(headers.name(i), headers.value(i));
      }
    }
    return others.build();
  }

  private static String casings(Headers headers) {
    StringBuilder text = new StringBuilder();
    headers.forEach(
        field -> text.append(field.name()).append(": ").append(field.value()).append('\n'));
    return text.toString();
  }

  /**
   * Compares content.
   *
   * @param json whether it is JSON, which may be laid out in another way
   */
  static void body(Message expected, byte[] actual, boolean json) {
    String body = Objects.requireNonNull(expected.body());
    if (body.startsWith("base64:")) {
      assertThat(actual).as("body").isEqualTo(expected.bytes());
      return;
    }
    String text = new String(actual, StandardCharsets.UTF_8);
    if (json) {
      JsonNode wanted = Json.parse(body);
      JsonNode got = Json.parse(text);
      assertThat(got.toPrettyString())
          .as("body")
          .matches(
              Expectation.pattern(wanted.toPrettyString().replace("\"<number>\"", "<number>")));
    } else {
      assertThat(text).as("body").matches(Expectation.pattern(body));
    }
  }
}
