package io.portico.gateway.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

final class JsonComplaintTest {
  private static String complaint(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    JacksonException refusal =
        catchThrowableOfType(JacksonException.class, () -> Json.check(bytes));
    return JsonComplaint.of(bytes, refusal);
  }

  @Test
  void saysWhatIsWrongAndWhere() {
    assertThat(complaint("{\"a\":\n }}"))
        .isEqualTo(
            "Unexpected character ('}' (code 125)): expected a value\n"
                + " at [Source: (byte[])\"{\"a\":\n }}\"; line: 2, column: 2]");
  }

  @Test
  void showsTheBeginningOfWhatIsLong() {
    assertThat(complaint("x".repeat(700)))
        .contains("(byte[])\"" + "x".repeat(500) + "\"[truncated 200 bytes]; line: 1, column: ");
  }

  @Test
  void saysNoPlaceWhereThereIsNone() {
    assertThat(complaint("1 2")).isNotEmpty().doesNotContain("Source");
  }
}
