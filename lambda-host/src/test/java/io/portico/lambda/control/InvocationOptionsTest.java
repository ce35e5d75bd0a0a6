package io.portico.lambda.control;

import static io.portico.lambda.RunningHost.creation;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.lambda.RunningHost;
import io.portico.lambda.RunningHost.Reply;
import io.portico.lambda.Zips;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Invoke takes beside the event, and what it refuses whatever the function is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class InvocationOptionsTest {
  private static final String TYPE = "X-Amz-Invocation-Type";
  private static final String CLIENT_CONTEXT = "X-Amz-Client-Context";

  private final RunningHost host = RunningHost.start(1);

  @TempDir Path temporary = Path.of("");

  @BeforeAll
  void create() {
    host.create(
        creation(
            "f",
            "nodejs20.x",
            "index.handler",
            Zips.of(
                "index.js",
                """
                exports.handler = async (event, context) => {
                  if (event.file) require('fs').writeFileSync(event.file, '');
                  return context.clientContext ?? null;
                };
                """)));
  }

  @AfterAll
  void end() {
    host.close();
  }

  @Test
  void aDryRunRunsNothing() {
    Path file = temporary.resolve("ran");
    String event = "{\"file\": \"" + file + "\"}";

    Reply reply = host.invoke("f", event, TYPE, "DryRun");

    assertThat(reply.status()).isEqualTo(204);
    assertThat(reply.body()).isEmpty();
    assertThat(file).doesNotExist();
    assertThat(host.invoke("f", event).status()).isEqualTo(200);
    assertThat(file).exists();
  }

  @Test
  void aDryRunIsRefusedAsTheInvocationWouldBe() {
    assertThat(host.invoke("no-such", "{}", TYPE, "DryRun").status()).isEqualTo(404);
    assertThat(host.invoke("f", "{", TYPE, "DryRun").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({"invocations, 2015-03-31", "response-streaming-invocations, 2021-11-15"})
  void tooLongAnEventIsRefused(String operation, String version) {
    byte[] event = ("\"" + "x".repeat(6_291_455) + "\"").getBytes(UTF_8);

    Reply reply = host.call("POST", "/" + version + "/functions/f/" + operation, event);

    assertThat(reply.status()).isEqualTo(413);
    assertThat(reply.header("x-amzn-ErrorType")).isEqualTo("RequestEntityTooLargeException");
    assertThat(reply.json().path("message").asString())
        .isEqualTo("Request must be smaller than 6291456 bytes for the InvokeFunction operation");
  }

  @Test
  void aClientContextHasALimit() {
    String longest = context(3580);
    String tooLong = context(3584);

    assertThat(host.invoke("f", "{}", CLIENT_CONTEXT, longest).text()).contains("xxx");
    assertThat(host.invoke("f", "{}", CLIENT_CONTEXT, tooLong).status()).isEqualTo(400);
    assertThat(host.invoke("f", "{}", CLIENT_CONTEXT, tooLong, TYPE, "Event").status())
        .isEqualTo(400);
  }

  /** JSON whose Base64 has so many characters. */
  private static String context(int length) {
    int bytes = length / 4 * 3;
    String json = "{\"k\":\"" + "x".repeat(bytes - 8) + "\"}";
    String encoded = Base64.getEncoder().encodeToString(json.getBytes(UTF_8));
    assertThat(encoded).hasSize(length);
    return encoded;
  }

  @ParameterizedTest
  @ValueSource(strings = {"RequestResponse", "Event", "DryRun"})
  void aClientContextThatIsNoneIsRefusedWhateverTheTypeIs(String type) {
    for (String broken : new String[] {"%%%", "e3t7"}) {
      Reply reply = host.invoke("f", "{}", CLIENT_CONTEXT, broken, TYPE, type);

      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.header("x-amzn-ErrorType")).isEqualTo("InvalidRequestContentException");
    }
  }

  @ParameterizedTest
  @CsvSource({"X-Amz-Tenant-Id, TenantId", "X-Amz-Durable-Execution-Name, DurableExecutionName"})
  void whatIsNotBuiltIsSaid(String header, String member) {
    Reply reply = host.invoke("f", "{}", header, "one");

    assertThat(reply.status()).isEqualTo(501);
    assertThat(reply.text()).contains(member);
  }
}
