package io.portico.gateway.execute.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.execute.integration.LambdaInvoke.Answer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EmulatorAnswerTest {
  private static Answer answer(int status, String payload) {
    return EmulatorAnswer.of(status, payload.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 502})
  void anErrorDocumentIsAFunctionThatFailed(int status) {
    Answer answer =
        answer(status, " {\"errorType\": \"Error\", \"errorMessage\": \"no\", \"trace\": []}");

    assertThat(answer.functionError()).isEqualTo("Unhandled");
    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void aTimeoutIsAFunctionThatFailed() {
    Answer answer = answer(200, "Task timed out after 3.00 seconds");

    assertThat(answer.functionError()).isEqualTo("Unhandled");
    assertThat(new String(answer.payload(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"errorType\":\"Sandbox.Timedout\",\"errorMessage\":\"Error: Task timed out after 3.00"
                + " seconds\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200|{'errorMessage': 'a word of the function'}",
        "200|{'errorType': 1, 'errorMessage': 'no'}",
        "200|[{'errorType': 'Error', 'errorMessage': 'no'}]",
        "200|{'statusCode': 200",
        "200|''",
        "200|Task timed out after 3.00 seconds, says the function",
        "502|Bad Gateway",
        "400|{'errorType': 'Error', 'errorMessage': 'no'}"
      })
  void allElseIsAsItWasAnswered(int status, String text) {
    String payload = text.replace('\'', '"');

    Answer answer = answer(status, payload);

    assertThat(answer.functionError()).isNull();
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.payload()).asString(StandardCharsets.UTF_8).isEqualTo(payload);
  }
}
