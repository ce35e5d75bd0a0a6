package io.portico.lambda.control;

import static io.portico.lambda.RunningHost.creation;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import io.portico.lambda.RunningHost;
import io.portico.lambda.RunningHost.Reply;
import io.portico.lambda.Zips;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Every way in which a function in Python can be found, begin, and go wrong. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PythonHandlersTest {
  private static final Map<String, String> FILES =
      Map.of(
          "main.py",
          """
          import os

          def handler(event, context):
              return 'of main'

          def context(event, context):
              return {
                  'arn': context.invoked_function_arn, 'version': context.function_version,
                  'name': context.function_name, 'memory': context.memory_limit_in_mb,
                  'id': context.aws_request_id, 'group': context.log_group_name,
                  'stream': context.log_stream_name, 'client': context.client_context,
                  'left': context.get_remaining_time_in_millis(),
                  'variable': os.environ['AWS_LAMBDA_LOG_STREAM_NAME']}

          class Own(Exception):
              pass

          def own(event, context):
              raise Own('of its own kind')

          def exits(event, context):
              raise SystemExit(3)

          def cycle(event, context):
              event['self'] = event
              return event
          """,
          "package/__init__.py",
          "",
          "package/deep.py",
          "def handler(event, context):\n    return 'deep'\n",
          "lost.py",
          "import nowhere\n",
          "wrong.py",
          "def handler(event, context):\n    return (\n",
          "thrower.py",
          "def fail():\n    raise ValueError('at once')\n\nfail()\n",
          "quiet.py",
          "import os\nos._exit(0)\n",
          "loud.py",
          "import sys\nsys.exit(3)\n");

  private final RunningHost host = RunningHost.start(1);
  private int functions;

  @AfterAll
  void end() {
    host.close();
  }

  private String create(String handler) {
    String name = "function" + functions++;
    host.create(creation(name, "python3.11", handler, Zips.of(FILES)).put("Timeout", 10));
    return name;
  }

  private Reply invoke(String handler) {
    return host.invoke(create(handler), "{}");
  }

  private static JsonNode error(Reply reply) {
    assertThat(reply.header("X-Amz-Function-Error")).as(reply.text()).isEqualTo("Unhandled");
    return reply.json();
  }

  @ParameterizedTest
  @CsvSource({"main.handler, of main", "package.deep.handler, deep", "package/deep.handler, deep"})
  void aHandlerIsFoundAndAnswers(String handler, String answer) {
    assertThat(invoke(handler).text()).isEqualTo("\"" + answer + "\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "main.nothing | Runtime.HandlerNotFound | Handler 'nothing' missing on module 'main'",
        "main | Runtime.MalformedHandlerName | Bad handler 'main': not enough values to unpack"
            + " (expected 2, got 1)",
        "nowhere.handler | Runtime.ImportModuleError | Unable to import module 'nowhere': No"
            + " module named 'nowhere'",
        "lost.handler | Runtime.ImportModuleError | Unable to import module 'lost': No module"
            + " named 'nowhere'",
        "sys.handler | Runtime.BuiltInModuleConflict | Cannot use built-in module sys as a handler"
            + " module",
        "wrong.handler | Runtime.UserCodeSyntaxError | Syntax error in module 'wrong': '(' was"
            + " never closed (wrong.py, line 2)"
      })
  void whatCannotBeLoadedIsSaid(String handler, String type, String message) {
    JsonNode error = error(invoke(handler));

    assertThat(error.path("errorType").asString()).isEqualTo(type);
    assertThat(error.path("errorMessage").asString()).isEqualTo(message);
    assertThat(error.path("requestId").asString()).isEmpty();
  }

  @Test
  void theFrameOfASyntaxErrorIsItsPlace() {
    JsonNode error = error(invoke("wrong.handler"));

    assertThat(error.path("stackTrace").size()).isEqualTo(1);
    assertThat(error.at("/stackTrace/0").asString())
        .startsWith("  File \"")
        .endsWith("wrong.py\" Line 2\n        return (\n");
  }

  /** INV-05. */
  @Test
  void anErrorAtImportHasTheShapeOfAnyOther() {
    JsonNode error = error(invoke("thrower.handler"));

    assertThat(error.propertyStream().map(Map.Entry::getKey))
        .containsExactly("errorMessage", "errorType", "requestId", "stackTrace");
    assertThat(error.path("errorMessage").asString()).isEqualTo("at once");
    assertThat(error.path("errorType").asString()).isEqualTo("ValueError");
    assertThat(error.path("requestId").asString()).isEmpty();
    assertThat(error.path("stackTrace").valueStream().map(JsonNode::asString))
        .satisfiesExactly(
            module ->
                assertThat(module).endsWith("thrower.py\", line 4, in <module>\n    fail()\n"),
            function ->
                assertThat(function)
                    .endsWith("thrower.py\", line 2, in fail\n    raise ValueError('at once')\n"));
  }

  /** INV-06. */
  @ParameterizedTest
  @CsvSource({
    "quiet.handler, Runtime exited without providing a reason",
    "loud.handler, Runtime exited with error: exit status 3",
    "main.exits, Runtime exited with error: exit status 3"
  })
  void theEndOfTheProcessIsTheAnswer(String handler, String reason) {
    Reply reply = invoke(handler);

    assertThat(error(reply))
        .isEqualTo(
            Json.object()
                .put("errorType", "Runtime.ExitError")
                .put(
                    "errorMessage",
                    "RequestId: " + reply.header("x-amzn-RequestId") + " Error: " + reason));
  }

  @Test
  void anErrorIsNamedByItsClass() {
    JsonNode error = error(invoke("main.own"));

    assertThat(error.path("errorType").asString()).isEqualTo("Own");
    assertThat(error.path("errorMessage").asString()).isEqualTo("of its own kind");
  }

  @Test
  void anAnswerThatIsNoJsonIsAnError() {
    JsonNode error = error(invoke("main.cycle"));

    assertThat(error.path("errorType").asString()).isEqualTo("Runtime.MarshalError");
    assertThat(error.path("errorMessage").asString())
        .isEqualTo("Unable to marshal response: Circular reference detected");
  }

  /** INV-14. */
  @Test
  void theContextIsAsItWasInvoked() {
    String name = create("main.context");
    assertThat(host.functions("POST", "/" + name + "/versions", Json.object()).status())
        .isEqualTo(201);
    host.awaitReady(name);

    Reply reply = host.invoke(name + ":1", "{}");

    JsonNode context = reply.json();
    assertThat(context.path("arn").asString())
        .isEqualTo("arn:aws:lambda:us-east-1:000000000000:function:" + name + ":1");
    assertThat(context.path("version").asString()).isEqualTo("1");
    assertThat(context.path("name").asString()).isEqualTo(name);
    assertThat(context.path("memory")).isEqualTo(Json.parse("\"128\""));
    assertThat(context.path("id").asString()).isEqualTo(reply.header("x-amzn-RequestId"));
    assertThat(context.path("group").asString()).isEqualTo("/aws/lambda/" + name);
    assertThat(context.path("stream").asString())
        .matches("\\d{4}/\\d\\d/\\d\\d/\\[1][0-9a-f]{32}")
        .isEqualTo(context.path("variable").asString());
    assertThat(context.path("client").isNull()).isTrue();
    assertThat(context.path("left").intValue()).isBetween(1, 10_000);
  }
}
