package io.portico.lambda.control;

import static io.portico.lambda.RunningHost.creation;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.lambda.RunningHost;
import io.portico.lambda.RunningHost.Reply;
import io.portico.lambda.Zips;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.node.ObjectNode;

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

    assertThatItCannotStart(
        "empty", "Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]");
  }

  @Test
  void aProgramThatTheKernelRefusesSaysWhy() {
    host.create(creation("closed", "provided.al2023", "a", Zips.of("bootstrap", "#!/bin/sh\n")));
    host.create(
        creation("dos", "provided.al2023", "a", Zips.ofProgram("bootstrap", "#!/bin/sh\r\n")));
    host.create(
        creation("bare", "provided.al2023", "a", Zips.ofProgram("bootstrap", "sleep 60\n")));
    // The head of a program for SPARC.
    host.create(
        creation(
            "foreign",
            "provided.al2023",
            "a",
            Zips.ofProgram(
                "bootstrap", "\u007fELF\2\1\1" + "\0".repeat(11) + "+" + "\0".repeat(100))));

    assertThatItCannotStart("closed", "fork/exec /var/task/bootstrap: permission denied");
    assertThatItCannotStart("dos", "fork/exec /var/task/bootstrap: no such file or directory");
    assertThatItCannotStart("bare", "fork/exec /var/task/bootstrap: exec format error");
    assertThatItCannotStart("foreign", "fork/exec /var/task/bootstrap: exec format error");
  }

  private void assertThatItCannotStart(String function, String reason) {
    Reply reply = host.invoke(function, "{}", "X-Amz-Log-Type", "Tail");

    String words = "RequestId: " + reply.header("x-amzn-RequestId") + " Error: " + reason;
    assertThat(reply.header("X-Amz-Function-Error")).isEqualTo("Unhandled");
    assertThat(reply.json().path("errorType").asString()).isEqualTo("Runtime.InvalidEntrypoint");
    assertThat(reply.json().path("errorMessage").asString()).isEqualTo(words);
    assertThat(RunningHost.tail(reply))
        .contains(words + "\nRuntime.InvalidEntrypoint\n")
        .endsWith("\tStatus: error\tError Type: Runtime.InvalidEntrypoint\n");
  }

  @Test
  void aSignalIsNamed() {
    host.create(
        creation(
            "crashing",
            "provided.al2023",
            "a",
            Zips.ofProgram("bootstrap", "#!/bin/sh\nkill -SEGV $$\n")));

    assertThat(host.invoke("crashing", "{}").json().path("errorMessage").asString())
        .endsWith(" Error: Runtime exited with error: signal: segmentation fault");
  }

  /** Its own PATH is for what it runs, not for what starts it. */
  @Test
  void aPathOfItsOwnDoesNotChooseTheShell() {
    ObjectNode creation =
        creation(
            "own-path",
            "provided.al2023",
            "a",
            Zips.ofProgram("bootstrap", "#!/bin/sh\nPATH=/usr/bin:/bin\n" + BOOTSTRAP));
    creation.putObject("Environment").putObject("Variables").put("PATH", "/nowhere");
    host.create(creation);

    assertThat(host.invoke("own-path", "{}").json().path("handler").asString()).isEqualTo("a");
  }
}
