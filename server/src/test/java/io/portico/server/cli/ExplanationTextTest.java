package io.portico.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class ExplanationTextTest {
  /** An escape sequence, and the one character that begins them as well. */
  private static final String HOSTILE = "a\\u001b[2Jb\\u009bc\\rd\\u007f";

  private static final String SHOWN = "a\ufffd[2Jb\ufffdc\ufffdd\ufffd";

  @Test
  void whatClientsChooseMovesNoCursor() {
    JsonNode explanation =
        Json.parse(
            """
            {"summary": "%1$s", "requestId": "%1$s", "time": "now",
             "reason": {"check": "%1$s", "nearest": ["%1$s"]},
             "timeline": [{"step": "received", "target": "%1$s",
               "headers": {"X": "%1$s\\nforged: line"},
               "body": "one\\r\\n\\ttwo %1$s"}]}
            """
                .formatted(HOSTILE));

    String text = ExplanationText.of(explanation);

    assertThat(text.chars().filter(Character::isISOControl).filter(c -> c != 9 && c != 10))
        .isEmpty();
    assertThat(text)
        .startsWith(SHOWN + "\n  check:   " + SHOWN + "\n  nearest: " + SHOWN + "\n")
        .contains("target " + SHOWN, "X: " + SHOWN + "\ufffdforged: line\n")
        .contains(" one\n", "\ttwo " + SHOWN + "\n");
  }

  @Test
  void aRequestOfAListStaysInItsLine() {
    JsonNode request =
        Json.parse(
            "{\"method\": \"GET\", \"path\": \"/%s\\nGET /x\", \"reason\": \"none\"}"
                .formatted(HOSTILE));

    assertThat(ExplanationText.line(request)).isEqualTo("GET /" + SHOWN + "\ufffdGET /x none");
  }
}
