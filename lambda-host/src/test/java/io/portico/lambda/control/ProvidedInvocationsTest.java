package io.portico.lambda.control;

import static io.portico.lambda.RunningHost.creation;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.lambda.RunningHost;
import io.portico.lambda.RunningHost.Reply;
import io.portico.lambda.Zips;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Functions that bring their runtime along. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ProvidedInvocationsTest {
  /** As AWS's guide has one, with curl. */
  static final String BOOTSTRAP =
      """
      #!/bin/sh
      api=http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation
      while true; do
        event=$(curl -sS -D "$TMPDIR/head" "$api/next")
        id=$(sed -n 's/^[Ll]ambda-[Rr]untime-[Aa]ws-[Rr]equest-[Ii]d: *\\([^ \\r]*\\).*/\\1/p' "$TMPDIR/head" | tr -d '\\r')
        echo "got $event"
        case $event in
          *fail*) curl -sS -H 'Lambda-Runtime-Function-Error-Type: Own.Error' \\
              -d '{"errorMessage": "no", "errorType": "Own.Error"}' "$api/$id/error" >/dev/null ;;
          *) curl -sS -d "{\\"env\\": \\"${AWS_EXECUTION_ENV-unset}\\", \\"handler\\": \\"$_HANDLER\\"}" \\
              "$api/$id/response" >/dev/null ;;
        esac
      done
      """;

  private final RunningHost host = RunningHost.start(1);

  @AfterAll
  void end() {
    host.close();
  }

  @Test
  void aProgramOfItsOwnAnswers() {
    host.create(
        creation("own", "provided.al2023", "my.handler", Zips.ofProgram("bootstrap", BOOTSTRAP)));

    Reply reply = host.invoke("own", "{\"a\": 1}", "X-Amz-Log-Type", "Tail");

    assertThat(reply.text()).isEqualTo("{\"env\": \"unset\", \"handler\": \"my.handler\"}");
    assertThat(RunningHost.tail(reply)).contains("got {\"a\": 1}\n");

    Reply failed = host.invoke("own", "{\"fail\": 1}");
    assertThat(failed.header("X-Amz-Function-Error")).isEqualTo("Unhandled");
    assertThat(failed.text()).isEqualTo("{\"errorMessage\": \"no\", \"errorType\": \"Own.Error\"}");
  }

  @Test
  void oneWithoutAProgramSaysWhatIsMissing() {
    host.create(
        creation("empty", "provided.al2023", "my.handler", Zips.of("readme.txt", "nothing")));

    Reply reply = host.invoke("empty", "{}");

    assertThat(reply.header("X-Amz-Function-Error")).isEqualTo("Unhandled");
    assertThat(reply.json().path("errorType").asString()).isEqualTo("Runtime.InvalidEntrypoint");
    assertThat(reply.json().path("errorMessage").asString())
        .contains("Couldn't find valid bootstrap(s)");
  }
}
