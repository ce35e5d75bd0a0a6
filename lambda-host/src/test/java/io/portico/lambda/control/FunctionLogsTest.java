package io.portico.lambda.control;

import static io.portico.lambda.RunningHost.creation;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import io.portico.gateway.logs.LogEvent;
import io.portico.lambda.RunningHost;
import io.portico.lambda.RunningHost.Reply;
import io.portico.lambda.Zips;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What functions log, as AWS was recorded (facts INV). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FunctionLogsTest {
  private static final String CODE =
      """
      import sys
      import time

      def handler(event, context):
          match event.get('do'):
              case 'print':
                  print('one\\ntwo')
                  print('three\\rfour')
              case 'unended':
                  sys.stdout.write('no line feed')
              case 'raise':
                  raise Exception('it broke')
              case 'exit':
                  sys.exit(3)
              case 'hang':
                  time.sleep(60)
          return context.log_stream_name
      """;

  private final RunningHost host = RunningHost.start(1);

  @AfterAll
  void end() {
    host.close();
  }

  private static ObjectNode function(String name) {
    return function(name, 10);
  }

  private static ObjectNode function(String name, int timeoutSeconds) {
    return creation(name, "python3.11", "main.handler", Zips.of("main.py", CODE))
        .put("Timeout", timeoutSeconds);
  }

  private static List<String> messages(List<LogEvent> events) {
    return events.stream().map(LogEvent::message).toList();
  }

  /** INV-10, INV-13. */
  @Test
  void anInvocationsLinesStandBetweenThoseOfLambda() {
    host.create(function("lines"));

    Reply reply = host.invoke("lines", "{\"do\": \"print\"}");

    String id = reply.header("x-amzn-RequestId");
    List<LogEvent> events = host.logs("lines");
    assertThat(messages(events)).hasSize(7);
    assertThat(events)
        .extracting(LogEvent::stream)
        .containsOnly(reply.json().asString())
        .allMatch(stream -> stream.matches("\\d{4}/\\d\\d/\\d\\d/\\[\\$LATEST][0-9a-f]{32}"));
    assertThat(events.getFirst().message())
        .matches(
            "INIT_START Runtime Version: python:3\\.11\\.v1\tRuntime Version ARN:"
                + " arn:aws:lambda:us-east-1::runtime:[0-9a-f]{64}\n");
    assertThat(messages(events.subList(1, 6)))
        .containsExactly(
            "START RequestId: " + id + " Version: $LATEST\n",
            "one\n",
            "two\n",
            "three\rfour\n",
            "END RequestId: " + id + "\n");
    assertThat(events.getLast().message())
        .matches(
            "REPORT RequestId: "
                + id
                + "\tDuration: \\d+\\.\\d\\d ms\tBilled Duration: \\d+ ms\tMemory Size: 128"
                + " MB\tMax Memory Used: \\d+ MB\tInit Duration: \\d+\\.\\d\\d ms\t\n");
  }

  /** INV-11. */
  @Test
  void theTailBeginsWithTheInvocation() {
    host.create(function("tailed"));

    String tail =
        RunningHost.tail(host.invoke("tailed", "{\"do\": \"print\"}", "X-Amz-Log-Type", "Tail"));

    assertThat(tail).startsWith("START RequestId: ").contains("\none\ntwo\n").endsWith(" ms\t\n");
  }

  @Test
  void aLineThatDoesNotEndIsAnEventAllTheSame() {
    host.create(function("unended"));

    Reply reply = host.invoke("unended", "{\"do\": \"unended\"}", "X-Amz-Log-Type", "Tail");

    assertThat(messages(host.logs("unended"))).contains("no line feed");
    assertThat(RunningHost.tail(reply)).contains("no line feed\nEND RequestId: ");
  }

  @Test
  void theNextInvocationIsReportedWithoutInitialisation() {
    host.create(function("twice"));
    host.invoke("twice", "{}");

    host.invoke("twice", "{}");

    List<String> messages = messages(host.logs("twice"));
    assertThat(messages.getLast()).startsWith("REPORT ").doesNotContain("Init Duration");
    assertThat(messages).filteredOn(message -> message.startsWith("INIT_START")).hasSize(1);
  }

  @Test
  void whatFailsIsSaid() {
    host.create(function("failing", 2));

    String exit = host.invoke("failing", "{\"do\": \"exit\"}").header("x-amzn-RequestId");
    String late = host.invoke("failing", "{\"do\": \"hang\"}").header("x-amzn-RequestId");

    List<String> messages = messages(host.logs("failing"));
    assertThat(messages)
        .contains(
            "RequestId: " + exit + " Error: Runtime exited with error: exit status 3\n",
            "Runtime.ExitError\n")
        .anyMatch(message -> message.endsWith(late + " Task timed out after 2.00 seconds\n"))
        .anyMatch(
            message ->
                message.startsWith("REPORT RequestId: " + exit)
                    && message.endsWith("Status: error\tError Type: Runtime.ExitError\n"))
        .anyMatch(
            message ->
                message.startsWith("REPORT RequestId: " + late)
                    && message.endsWith("Status: timeout\n"));
    assertThat(messages).filteredOn(message -> message.startsWith("INIT_START")).hasSize(2);
  }

  @Test
  void aProcessThatCannotBeInitialisedIsReported() {
    host.create(
        creation(
            "broken",
            "provided.al2023",
            "none",
            Zips.ofProgram("bootstrap", "#!/bin/sh\nexit 1\n")));

    host.invoke("broken", "{}");

    assertThat(messages(host.logs("broken")))
        .anyMatch(
            message ->
                message.matches(
                    "INIT_REPORT Init Duration: \\d+\\.\\d\\d ms\tPhase: init\tStatus: error\tError"
                        + " Type: Runtime\\..+\n"));
  }

  private List<JsonNode> json(String name, String level, String... events) {
    return json(function(name), level, events);
  }

  private List<JsonNode> json(ObjectNode creation, String level, String... events) {
    String name = creation.path("FunctionName").asString();
    creation.putObject("LoggingConfig").put("LogFormat", "JSON").put("SystemLogLevel", level);
    host.create(creation);
    for (String event : events) {
      host.invoke(name, event);
    }
    return host.logs(name).stream()
        .map(LogEvent::message)
        .filter(message -> message.contains("\"platform."))
        .map(Json::parse)
        .toList();
  }

  @Test
  void jsonFormatHasPlatformEvents() {
    List<JsonNode> events = json("json", "INFO", "{}");

    assertThat(events)
        .extracting(event -> event.path("type").asString())
        .containsExactly("platform.initStart", "platform.start", "platform.report");
    assertThat(events.getFirst().path("time").asString())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    JsonNode init = events.getFirst().path("record");
    assertThat(init.path("runtimeVersion").asString()).isEqualTo("python:3.11.v1");
    assertThat(init.path("functionVersion").asString()).isEqualTo("$LATEST");
    JsonNode report = events.getLast().path("record");
    assertThat(report.propertyNames()).containsExactly("requestId", "metrics", "status");
    assertThat(report.path("status").asString()).isEqualTo("success");
    assertThat(report.path("metrics").propertyNames())
        .containsExactly(
            "durationMs", "billedDurationMs", "memorySizeMB", "maxMemoryUsedMB", "initDurationMs");
    assertThat(messages(host.logs("json"))).noneMatch(message -> message.startsWith("START"));
  }

  @Test
  void theSystemLogLevelSaysWhichPlatformEventsThereAre() {
    assertThat(json("debug", "DEBUG", "{}"))
        .extracting(event -> event.path("type").asString())
        .contains("platform.runtimeDone");
    List<JsonNode> warnings = json(function("warn", 2), "WARN", "{}", "{\"do\": \"hang\"}");
    assertThat(warnings)
        .extracting(event -> event.path("type").asString())
        .containsExactly("platform.runtimeDone", "platform.report");
    assertThat(warnings)
        .extracting(event -> event.path("record").path("status").asString())
        .containsOnly("timeout");
  }

  @Test
  void aGroupOfItsOwnHasStreamsThatNameTheFunction() {
    ObjectNode creation = function("grouped");
    creation.putObject("LoggingConfig").put("LogGroup", "/shared/group");
    host.create(creation);

    host.invoke("grouped", "{}");

    assertThat(host.logs("grouped")).isEmpty();
    assertThat(host.logsOf("/shared/group"))
        .hasSize(4)
        .allMatch(
            event -> event.stream().matches("\\d{4}/\\d\\d/\\d\\d/grouped\\[\\$LATEST].{32}"));
  }
}
