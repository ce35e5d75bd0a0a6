package io.portico.lambda.control;

import static io.portico.lambda.RunningHost.creation;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import io.portico.lambda.RunningHost;
import io.portico.lambda.RunningHost.Reply;
import io.portico.lambda.Zips;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers and errors of any length, and those that break off: the process stays, or is ended. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LargeAnswersTest {
  private static final String NODE =
      """
      const net = require('net');
      let calls = 0;

      const answerCutShort = (id, head) => {
        const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
        const socket = net.connect(Number(port), host, () => socket.write(
          `POST /2018-06-01/runtime/invocation/${id}/response HTTP/1.1\\r\\nHost: ${host}\\r\\n${head}\\r\\n\\r\\n`
            + '5\\r\\nbegun', () => socket.destroy()));
      };

      exports.handler = async (event, context) => {
        calls++;
        switch (event.do) {
          case 'large': return 'x'.repeat(event.length);
          case 'throw': throw new TypeError('x'.repeat(event.length));
          case 'cut':
            answerCutShort(context.awsRequestId, 'Transfer-Encoding: chunked');
            return new Promise(resolve => setTimeout(resolve, 60000));
        }
        return calls;
      };
      """;

  private static final String PYTHON =
      """
      calls = 0

      def handler(event, context):
          global calls
          calls += 1
          match event.get('do'):
              case 'large':
                  return 'x' * event['length']
              case 'throw':
                  raise TypeError('x' * event['length'])
          return calls
      """;

  private final RunningHost host = RunningHost.start(1);

  @BeforeAll
  void create() {
    host.create(
        creation("node", "nodejs20.x", "index.handler", Zips.of("index.js", NODE))
            .put("Timeout", 20)
            .put("MemorySize", 512));
    host.create(
        creation("python", "python3.11", "main.handler", Zips.of("main.py", PYTHON))
            .put("Timeout", 20)
            .put("MemorySize", 512));
  }

  @AfterAll
  void end() {
    host.close();
  }

  private Reply invoke(String function, String what, int length) {
    return host.invoke(function, Json.text(Json.object().put("do", what).put("length", length)));
  }

  private int calls(String function) {
    return host.invoke(function, "{}").json().intValue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"node", "python"})
  void theProcessStaysAfterAnAnswerThatIsTooLarge(String function) {
    int before = calls(function);

    Reply large = invoke(function, "large", 30_000_000);

    assertThat(large.json().path("errorType").asString())
        .isEqualTo("Function.ResponseSizeTooLarge");
    assertThat(large.json().path("errorMessage").asString())
        .isEqualTo("Response payload size exceeded maximum allowed payload size (6291556 bytes).");
    assertThat(calls(function)).isEqualTo(before + 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"node", "python"})
  void anErrorOfAnyLengthEndsItsInvocation(String function) {
    int before = calls(function);

    Reply long300 = invoke(function, "throw", 300_000);
    Reply tooLong = invoke(function, "throw", 7_000_000);

    assertThat(long300.header("X-Amz-Function-Error")).isEqualTo("Unhandled");
    assertThat(long300.json().path("errorType").asString()).isEqualTo("TypeError");
    assertThat(long300.json().path("errorMessage").asString()).hasSize(300_000);
    assertThat(tooLong.header("X-Amz-Function-Error")).isEqualTo("Unhandled");
    assertThat(tooLong.json().path("errorMessage").asString()).hasSizeLessThan(200);
    assertThat(calls(function)).isEqualTo(before + 3);
  }

  @ParameterizedTest
  @ValueSource(ints = {300_000, 7_000_000})
  void anErrorOfAnyLengthEndsAStart(int length) {
    String name = "broken" + length;
    host.create(
        creation(
                name,
                "python3.11",
                "main.handler",
                Zips.of("main.py", "raise ValueError('x' * " + length + ")"))
            .put("Timeout", 20)
            .put("MemorySize", 512));

    Reply reply = host.invoke(name, "{}");

    assertThat(reply.header("X-Amz-Function-Error")).isEqualTo("Unhandled");
    assertThat(reply.json().path("errorType").asString()).isNotEqualTo("Runtime.ExitError");
  }

  @Test
  void anAnswerThatBreaksOffEndsItsInvocation() {
    Reply reply = invoke("node", "cut", 0);

    assertThat(reply.header("X-Amz-Function-Error")).isEqualTo("Unhandled");
    assertThat(reply.json().path("errorType").asString()).isEqualTo("Runtime.TruncatedResponse");
    assertThat(reply.json().path("errorMessage").asString())
        .isEqualTo("The response ended before it was complete");
    assertThat(calls("node")).isEqualTo(1);
  }
}
