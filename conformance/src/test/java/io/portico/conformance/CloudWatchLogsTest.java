package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.conformance.process.Needed;
import io.portico.conformance.process.Program;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.PorticoProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.InvalidParameterException;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogStream;
import software.amazon.awssdk.services.cloudwatchlogs.model.OrderBy;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.Runtime;

/** CloudWatch Logs of a packaged server, by AWS's own client for Java and {@code portico logs}. */
final class CloudWatchLogsTest {
  private static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(
          AwsBasicCredentials.create(Endpoint.ACCESS_KEY, Endpoint.ACCESS_KEY));

  @TempDir Path folder;

  private static CloudWatchLogsClient client(Endpoint endpoint) {
    return CloudWatchLogsClient.builder()
        .endpointOverride(endpoint.uri())
        .region(Region.of(Endpoint.REGION))
        .credentialsProvider(CREDENTIALS)
        .httpClientBuilder(Apache5HttpClient.builder())
        .build();
  }

  private static void put(CloudWatchLogsClient logs, long time, List<String> messages) {
    logs.putLogEvents(
        request ->
            request
                .logGroupName("group")
                .logStreamName("stream")
                .logEvents(
                    IntStream.range(0, messages.size())
                        .mapToObj(
                            i ->
                                InputLogEvent.builder()
                                    .timestamp(time + i)
                                    .message(messages.get(i))
                                    .build())
                        .toList()));
  }

  private static void createStream(CloudWatchLogsClient logs) {
    logs.createLogGroup(request -> request.logGroupName("group"));
    logs.createLogStream(request -> request.logGroupName("group").logStreamName("stream"));
  }

  @Test
  void aGroupIsMadeKeptAndDeleted() {
    Path data = folder.resolve("data");
    try (PorticoProcess server = PorticoProcess.durable(data);
        CloudWatchLogsClient logs = client(server.endpoint())) {
      logs.createLogGroup(request -> request.logGroupName("group").tags(Map.of("team", "a")));
      logs.putRetentionPolicy(request -> request.logGroupName("group").retentionInDays(7));
      assertThatThrownBy(() -> logs.createLogGroup(request -> request.logGroupName("group")))
          .isInstanceOf(ResourceAlreadyExistsException.class)
          .hasMessageContaining("The specified log group already exists");
      logs.createLogStream(request -> request.logGroupName("group").logStreamName("stream"));
      put(logs, System.currentTimeMillis(), List.of("kept"));
      server.kill();
      server.awaitExit();
    }

    try (PorticoProcess server = PorticoProcess.durable(data);
        CloudWatchLogsClient logs = client(server.endpoint())) {
      LogGroup group = logs.describeLogGroups().logGroups().getFirst();
      assertThat(group.retentionInDays()).isEqualTo(7);
      assertThat(group.arn()).isEqualTo(group.logGroupArn() + ":*");
      assertThat(
              logs.listTagsForResource(request -> request.resourceArn(group.logGroupArn())).tags())
          .containsEntry("team", "a");
      assertThat(logs.filterLogEvents(request -> request.logGroupName("group")).events())
          .extracting(FilteredLogEvent::message)
          .containsExactly("kept");

      logs.deleteLogGroup(request -> request.logGroupName("group"));
      assertThatThrownBy(() -> logs.deleteLogGroup(request -> request.logGroupName("group")))
          .isInstanceOf(ResourceNotFoundException.class)
          .hasMessageContaining("The specified log group does not exist.");
    }
  }

  @Test
  void allEventsComeInPages() {
    try (PorticoProcess server = PorticoProcess.ephemeral();
        CloudWatchLogsClient logs = client(server.endpoint())) {
      createStream(logs);
      List<String> messages = IntStream.range(0, 250).mapToObj(i -> "event " + i).toList();
      put(logs, System.currentTimeMillis(), messages);

      List<String> filtered =
          logs
              .filterLogEventsPaginator(request -> request.logGroupName("group").limit(40))
              .events()
              .stream()
              .map(FilteredLogEvent::message)
              .toList();
      List<String> read = new ArrayList<>();
      GetLogEventsResponse page =
          logs.getLogEvents(
              request ->
                  request
                      .logGroupName("group")
                      .logStreamName("stream")
                      .startFromHead(true)
                      .limit(40));
      String token = "";
      while (!token.equals(page.nextForwardToken())) {
        page.events().stream().map(OutputLogEvent::message).forEach(read::add);
        token = page.nextForwardToken();
        String next = token;
        page =
            logs.getLogEvents(
                request ->
                    request
                        .logGroupName("group")
                        .logStreamName("stream")
                        .nextToken(next)
                        .limit(40));
      }

      assertThat(filtered).isEqualTo(messages);
      assertThat(read).isEqualTo(messages);
    }
  }

  @Test
  void eventsAreFilteredByTermsAndByJson() {
    try (PorticoProcess server = PorticoProcess.ephemeral();
        CloudWatchLogsClient logs = client(server.endpoint())) {
      createStream(logs);
      put(
          logs,
          System.currentTimeMillis(),
          List.of(
              "{\"level\":\"ERROR\",\"code\":500}",
              "{\"level\":\"INFO\",\"code\":200}",
              "ERROR in plain text"));

      assertThat(filter(logs, "ERROR")).hasSize(2);
      assertThat(filter(logs, "{ $.level = \"ERROR\" && $.code >= 500 }")).hasSize(1);
      assertThatThrownBy(() -> filter(logs, "{ $.level"))
          .isInstanceOf(InvalidParameterException.class)
          .hasMessageContaining("Invalid filter pattern");
    }
  }

  private static List<FilteredLogEvent> filter(CloudWatchLogsClient logs, String pattern) {
    return logs.filterLogEvents(request -> request.logGroupName("group").filterPattern(pattern))
        .events();
  }

  @Test
  void aFunctionsLinesAreInItsGroup() throws IOException {
    Path _ = Needed.program("node");
    Files.writeString(
        folder.resolve("index.mjs"),
        "export const handler = async () => { console.log('from within'); };");
    try (PorticoProcess server = PorticoProcess.ephemeral();
        CloudWatchLogsClient logs = client(server.endpoint());
        LambdaClient lambda =
            LambdaClient.builder()
                .endpointOverride(server.endpoint().uri())
                .region(Region.of(Endpoint.REGION))
                .credentialsProvider(CREDENTIALS)
                .httpClientBuilder(Apache5HttpClient.builder())
                .build()) {
      lambda.createFunction(
          request ->
              request
                  .functionName("talker")
                  .runtime(Runtime.NODEJS20_X)
                  .handler("index.handler")
                  .role("arn:aws:iam::000000000000:role/any")
                  .code(place -> place.s3Bucket("_portico").s3Key(folder.toString())));
      lambda.waiter().waitUntilFunctionActiveV2(request -> request.functionName("talker"));
      lambda.invoke(
          request -> request.functionName("talker").payload(SdkBytes.fromUtf8String("{}")));

      LogStream stream =
          logs.describeLogStreams(
                  request ->
                      request
                          .logGroupName("/aws/lambda/talker")
                          .orderBy(OrderBy.LAST_EVENT_TIME)
                          .descending(true)
                          .limit(1))
              .logStreams()
              .getFirst();
      List<String> messages =
          logs
              .getLogEvents(
                  request ->
                      request
                          .logGroupName("/aws/lambda/talker")
                          .logStreamName(stream.logStreamName()))
              .events()
              .stream()
              .map(OutputLogEvent::message)
              .toList();
      Program.Outcome printed =
          PorticoProcess.run(
              "logs",
              "talker",
              "--region",
              Endpoint.REGION,
              "--endpoint",
              server.endpoint().uri().toString());

      assertThat(messages).hasSize(5);
      assertThat(messages.getFirst()).startsWith("INIT_START Runtime Version: nodejs:20");
      assertThat(messages.get(2)).endsWith("\tINFO\tfrom within\n");
      assertThat(messages.getLast()).startsWith("REPORT RequestId: ");
      assertThat(printed.succeeded()).as(printed.toString()).isTrue();
      assertThat(printed.out()).hasLineCount(5).contains("\tINFO\tfrom within\n");
    }
  }
}
