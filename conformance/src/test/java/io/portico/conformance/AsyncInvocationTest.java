package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.process.Needed;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.PorticoProcess;
import io.portico.conformance.wire.Caller;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.Runtime;

/**
 * Events for functions of a packaged server, by AWS's own client for Java; what they come to is
 * told to ElasticMQ, which speaks SQS.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AsyncInvocationTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final SQSRestServer queues =
      SQSRestServerBuilder.withInterface("127.0.0.1").withDynamicPort().start();
  private String queuesUrl = "";

  @BeforeAll
  void findQueues() {
    Path _ = Needed.program("node");
    queuesUrl = "http://127.0.0.1:" + queues.waitUntilStarted().localAddress().getPort();
  }

  @AfterAll
  void end() {
    queues.stopAndWait();
  }

  private PorticoProcess server(Path data) {
    return PorticoProcess.start(
        Map.of("AWS_ENDPOINT_URL_SQS", queuesUrl, "PORTICO_LAMBDA_RETRY_DELAY", "100ms"),
        "serve",
        "--data",
        data.toString(),
        "--port",
        "0");
  }

  private static LambdaClient client(PorticoProcess server) {
    return LambdaClient.builder()
        .endpointOverride(server.endpoint().uri())
        .region(Region.of(Endpoint.REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(Endpoint.ACCESS_KEY, Endpoint.ACCESS_KEY)))
        .httpClientBuilder(Apache5HttpClient.builder())
        .build();
  }

  private String makeQueue(String name) {
    assertThat(queue("/?Action=CreateQueue&QueueName=" + name)).contains(name);
    return "arn:aws:sqs:" + Endpoint.REGION + ":" + Endpoint.ACCOUNT + ":" + name;
  }

  private String queue(String target) {
    return Caller.send(HttpRequest.newBuilder(URI.create(queuesUrl + target)).GET()).body();
  }

  /** A message of a queue, its attributes with it; waits until there is one. */
  private String received(String name) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    String answer = "";
    while (!answer.contains("<Body>")) {
      assertThat(System.nanoTime()).as("a message in " + name).isLessThan(deadline);
      answer =
          queue(
              "/000000000000/"
                  + name
                  + "?Action=ReceiveMessage&MessageAttributeName.1=All&WaitTimeSeconds=1");
    }
    return answer.replace("&quot;", "\"");
  }

  private static void create(LambdaClient client, Path folder, String code, String deadLetters)
      throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("index.mjs"), code);
    client.createFunction(
        request ->
            request
                .functionName("f")
                .runtime(Runtime.NODEJS20_X)
                .handler("index.handler")
                .timeout(60)
                .role("arn:aws:iam::000000000000:role/any")
                .deadLetterConfig(queue -> queue.targetArn(deadLetters))
                .code(place -> place.s3Bucket("_portico").s3Key(folder.toString())));
    client.waiter().waitUntilFunctionActiveV2(request -> request.functionName("f"));
  }

  private static InvokeResponse send(LambdaClient client, String event) {
    return client.invoke(
        request ->
            request
                .functionName("f")
                .invocationType(InvocationType.EVENT)
                .payload(SdkBytes.fromUtf8String(event)));
  }

  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      LockSupport.parkNanos(20_000_000);
    }
  }

  @Test
  void anEventThatFailsEndsInItsQueues(@TempDir Path folder) throws IOException {
    String dead = makeQueue("dead");
    String failed = makeQueue("failed");
    try (PorticoProcess server = server(folder.resolve("data"));
        LambdaClient client = client(server)) {
      create(
          client,
          folder.resolve("code"),
          "export const handler = async () => { throw new Error('it <broke>'); };",
          dead);
      client.putFunctionEventInvokeConfig(
          request ->
              request
                  .functionName("f")
                  .maximumRetryAttempts(1)
                  .destinationConfig(
                      config -> config.onFailure(target -> target.destination(failed))));

      InvokeResponse response = send(client, "{\"order\": \"café & tea\"}");

      assertThat(response.statusCode()).isEqualTo(202);
      assertThat(response.executedVersion()).isNull();
      assertThat(response.payload().asByteArray()).isEmpty();
      String id = response.responseMetadata().requestId();
      assertThat(received("failed"))
          .contains("\"requestId\":\"" + id + "\"")
          .contains("\"condition\":\"RetriesExhausted\",\"approximateInvokeCount\":2")
          .contains("\"requestPayload\":{\"order\": \"café &amp; tea\"}");
      assertThat(received("dead"))
          .contains("<Body>{\"order\": \"café &amp; tea\"}</Body>")
          .contains("<Name>RequestID</Name>", "<StringValue>" + id + "</StringValue>")
          .contains("<Name>ErrorCode</Name>", "<StringValue>200</StringValue>")
          .contains("<Name>ErrorMessage</Name>", "<StringValue>it &lt;broke&gt;</StringValue>");
    }
  }

  @Test
  void anEventOutlivesAServerThatIsKilled(@TempDir Path folder) throws IOException {
    String done = makeQueue("done");
    Path begun = folder.resolve("begun");
    Path data = folder.resolve("data");
    String code =
        """
        import fs from 'node:fs';
        export const handler = async (event, context) => {
          if (!fs.existsSync('%1$s')) {
            fs.writeFileSync('%1$s.part', context.awsRequestId);
            fs.renameSync('%1$s.part', '%1$s');
            await new Promise(resolve => setTimeout(resolve, 50000));
          }
          return fs.readFileSync('%1$s', 'utf8');
        };
        """
            .formatted(begun);
    String id;
    try (PorticoProcess server = server(data);
        LambdaClient client = client(server)) {
      create(client, folder.resolve("code"), code, makeQueue("unused"));
      client.putFunctionEventInvokeConfig(
          request ->
              request
                  .functionName("f")
                  .destinationConfig(
                      config -> config.onSuccess(target -> target.destination(done))));
      id = send(client, "{}").responseMetadata().requestId();
      await("the function has begun", () -> Files.exists(begun));
      server.kill();
    }

    try (PorticoProcess server = server(data)) {
      assertThat(received("done"))
          .contains("\"requestId\":\"" + id + "\"")
          .contains("\"responsePayload\":\"" + id + "\"");
      assertThat(server.endpoint().port()).isPositive();
    }
  }

  @Test
  void aQueueThatIsNowhereIsNamedInTheLog(@TempDir Path folder) throws IOException {
    try (PorticoProcess server =
            PorticoProcess.start(
                Map.of("PORTICO_LAMBDA_RETRY_DELAY", "1ms"),
                "serve",
                "--ephemeral",
                "--port",
                "0");
        LambdaClient client = client(server)) {
      create(
          client,
          folder,
          "export const handler = async () => { throw new Error('no'); };",
          "arn:aws:sqs:us-east-1:000000000000:nowhere");

      send(client, "{}");

      assertThat(
              server.awaitLine(
                  line ->
                      line.contains("asynchronous invocations")
                          && line.contains("no endpoint of SQS is configured")))
          .contains("AWS_ENDPOINT_URL_SQS");
      assertThat(server.awaitLine(line -> line.contains("is lost"))).contains(":nowhere");
    }
  }
}
