package io.portico.lambda.control;

import static io.portico.lambda.RunningHost.creation;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.lambda.RunningHost;
import io.portico.lambda.RunningHost.Reply;
import io.portico.lambda.Zips;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Invocations of a function in Python, as AWS was recorded (facts INV). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PythonInvocationsTest {
  private static final String CODE =
      """
      import logging
      import os

      calls = 0

      def handler(event, context):
          global calls
          match event.get('do'):
              case 'count':
                  calls += 1
                  return calls
              case 'context':
                  return {
                      'arn': context.invoked_function_arn, 'version': context.function_version,
                      'name': context.function_name, 'memory': context.memory_limit_in_mb,
                      'id': context.aws_request_id, 'group': context.log_group_name,
                      'client': context.client_context}
              case 'raise':
                  raise Exception('it broke')
              case 'print':
                  print('one\\ntwo')
                  print('three\\rfour')
                  logging.getLogger().warning('five')
              case 'exit':
                  os._exit(0)
              case 'unwritable':
                  return {1, 2}
          return event
      """;

  private final RunningHost host = RunningHost.start(1);

  @BeforeAll
  void create() {
    host.create(creation("python", "python3.11", "main.handler", Zips.of("main.py", CODE)));
  }

  @AfterAll
  void end() {
    host.close();
  }

  private JsonNode result(String event) {
    Reply reply = host.invoke("python", event);
    assertThat(reply.header("X-Amz-Function-Error")).as(reply.text()).isEmpty();
    return reply.json();
  }

  /** INV-01, INV-09. */
  @Test
  void theCallerGetsWhatTheFunctionReturns() {
    int first = result("{\"do\": \"count\"}").intValue();

    assertThat(result("{\"do\": \"count\"}").intValue()).isEqualTo(first + 1);
    assertThat(result("{\"text\": \"Grüße\"}").path("text").asString()).isEqualTo("Grüße");
    assertThat(host.invoke("python", "{\"do\": \"print\"}").text())
        .isEqualTo("{\"do\": \"print\"}");
  }

  /** INV-14. */
  @Test
  void theContextIsThatOfTheInvocation() {
    Reply reply = host.invoke("python", "{\"do\": \"context\"}");

    JsonNode context = reply.json();
    assertThat(context.path("arn").asString())
        .isEqualTo("arn:aws:lambda:us-east-1:000000000000:function:python");
    assertThat(context.path("version").asString()).isEqualTo("$LATEST");
    assertThat(context.path("name").asString()).isEqualTo("python");
    assertThat(context.path("memory").isString()).isTrue();
    assertThat(context.path("memory").asString()).isEqualTo("128");
    assertThat(context.path("id").asString()).isEqualTo(reply.header("x-amzn-RequestId"));
    assertThat(context.path("group").asString()).isEqualTo("/aws/lambda/python");
    assertThat(context.path("client").isNull()).isTrue();
  }

  /** INV-04. */
  @Test
  void anErrorIsTheAnswer() {
    Reply reply = host.invoke("python", "{\"do\": \"raise\"}");

    assertThat(reply.header("X-Amz-Function-Error")).isEqualTo("Unhandled");
    JsonNode error = reply.json();
    assertThat(error.propertyStream().map(entry -> entry.getKey()))
        .containsExactly("errorMessage", "errorType", "requestId", "stackTrace");
    assertThat(error.path("errorMessage").asString()).isEqualTo("it broke");
    assertThat(error.path("errorType").asString()).isEqualTo("Exception");
    assertThat(error.path("requestId").asString()).isEqualTo(reply.header("x-amzn-RequestId"));
    assertThat(error.at("/stackTrace/0").asString())
        .startsWith("  File \"")
        .endsWith("main.py\", line 19, in handler\n    raise Exception('it broke')\n");
  }

  /** INV-05. */
  @Test
  void aModuleThatFailsIsSaid() {
    host.create(
        creation(
            "broken", "python3.11", "main.handler", Zips.of("main.py", "raise ValueError('no')")));

    JsonNode error = host.invoke("broken", "{}").json();

    assertThat(error.path("errorMessage").asString()).isEqualTo("no");
    assertThat(error.path("errorType").asString()).isEqualTo("ValueError");
    assertThat(error.path("requestId").asString()).isEmpty();
  }

  /** INV-10, INV-13. */
  @Test
  void eachLineIsAnEventAndOneOfALoggerSaysWhenAndForWhich() {
    result("{}");

    Reply reply = host.invoke("python", "{\"do\": \"print\"}", "X-Amz-Log-Type", "Tail");

    assertThat(RunningHost.tail(reply))
        .contains("Version: $LATEST\none\ntwo\nthree\rfour\n[WARNING]\t")
        .containsPattern(
            "\n\\[WARNING]\t\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{1,3}Z\t"
                + reply.header("x-amzn-RequestId")
                + "\tfive\nEND ");
  }

  @Test
  void whatIsNoJsonIsAnError() {
    JsonNode error = host.invoke("python", "{\"do\": \"unwritable\"}").json();

    assertThat(error.path("errorType").asString()).isEqualTo("Runtime.MarshalError");
    assertThat(error.path("errorMessage").asString())
        .isEqualTo("Unable to marshal response: Object of type set is not JSON serializable");
  }
}
