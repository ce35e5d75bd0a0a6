package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.conformance.client.JavaSdk;
import io.portico.conformance.process.Needed;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.PorticoProcess;
import io.portico.conformance.wire.Caller;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionUrlAuthType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.InvokeWithResponseStreamResponseHandler;
import software.amazon.awssdk.services.lambda.model.PublishLayerVersionResponse;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.Runtime;

/** Functions of a packaged server, by AWS's own client for Java. */
final class LambdaFunctionsTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String ARN =
      "arn:aws:lambda:" + Endpoint.REGION + ":" + Endpoint.ACCOUNT + ":function:";

  @TempDir Path folder;

  @BeforeAll
  static void nodeIsThere() {
    Path _ = Needed.program("node");
  }

  private static LambdaClient client(Endpoint endpoint) {
    return LambdaClient.builder()
        .endpointOverride(endpoint.uri())
        .region(Region.of(Endpoint.REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(Endpoint.ACCESS_KEY, Endpoint.ACCESS_KEY)))
        .httpClientBuilder(Apache5HttpClient.builder())
        .build();
  }

  /** A function that runs from the test's folder. */
  private void create(LambdaClient client, String name, String code) throws IOException {
    Files.writeString(folder.resolve("index.mjs"), code);
    client.createFunction(
        request ->
            request
                .functionName(name)
                .runtime(Runtime.NODEJS20_X)
                .handler("index.handler")
                .timeout(20)
                .role("arn:aws:iam::000000000000:role/any")
                .code(place -> place.s3Bucket("_portico").s3Key(folder.toString())));
    client.waiter().waitUntilFunctionActiveV2(request -> request.functionName(name));
  }

  private static String invoke(LambdaClient client, String name) {
    InvokeResponse response =
        client.invoke(request -> request.functionName(name).payload(SdkBytes.fromUtf8String("{}")));
    assertThat(response.functionError()).as(response.payload().asUtf8String()).isNull();
    return response.payload().asUtf8String();
  }

  @Test
  void aFunctionIsMadeInvokedAndDeleted() throws IOException {
    try (PorticoProcess server = PorticoProcess.ephemeral();
        LambdaClient client = client(server.endpoint())) {
      create(client, "hello", "export const handler = async () => 'hello';");

      assertThat(invoke(client, "hello")).isEqualTo("\"hello\"");

      client.deleteFunction(request -> request.functionName("hello"));
      assertThatThrownBy(() -> invoke(client, "hello"))
          .isInstanceOf(ResourceNotFoundException.class);
    }
  }

  @Test
  void whatIsChangedInItsFolderRunsNext() throws IOException {
    try (PorticoProcess server = PorticoProcess.ephemeral();
        LambdaClient client = client(server.endpoint())) {
      create(client, "edited", "export const handler = async () => 'before';");
      assertThat(invoke(client, "edited")).isEqualTo("\"before\"");

      // As a whole: a file that is written in place is empty for a moment.
      Path written = folder.resolve("written");
      Files.writeString(written, "export const handler = async () => 'after';");
      Files.move(written, folder.resolve("index.mjs"), StandardCopyOption.REPLACE_EXISTING);

      long deadline = System.nanoTime() + LIMIT.toNanos();
      String answer = invoke(client, "edited");
      while (!answer.equals("\"after\"") && System.nanoTime() < deadline) {
        answer = invoke(client, "edited");
      }
      assertThat(answer).isEqualTo("\"after\"");
    }
  }

  @Test
  void functionsAreThereAfterARestart() throws IOException {
    Path data = folder.resolve("data");
    String url;
    try (PorticoProcess server = PorticoProcess.durable(data);
        LambdaClient client = client(server.endpoint())) {
      create(client, "kept", "export const handler = async () => 'kept';");
      url =
          client
              .createFunctionUrlConfig(
                  request -> request.functionName("kept").authType(FunctionUrlAuthType.NONE))
              .functionUrl();
      server.kill();
      server.awaitExit();
    }

    try (PorticoProcess server = PorticoProcess.durable(data);
        LambdaClient client = client(server.endpoint())) {
      client.waiter().waitUntilFunctionActiveV2(request -> request.functionName("kept"));
      assertThat(invoke(client, "kept")).isEqualTo("\"kept\"");
      assertThat(URI.create(url(client)).getHost()).isEqualTo(URI.create(url).getHost());
    }
  }

  private static SdkBytes zip(String name, String content) throws IOException {
    return SdkBytes.fromByteArray(Zip.of(name, content));
  }

  @Test
  void aFunctionHasItsLayerAfterItsDeletionAndARestart() throws IOException {
    Path data = folder.resolve("data");
    SdkBytes layer = zip("nodejs/node_modules/dep/index.js", "exports.name = 'layered';");
    try (PorticoProcess server = PorticoProcess.durable(data);
        LambdaClient client = client(server.endpoint())) {
      PublishLayerVersionResponse published =
          client.publishLayerVersion(
              request ->
                  request
                      .layerName("dep")
                      .compatibleRuntimes(Runtime.NODEJS20_X)
                      .content(content -> content.zipFile(layer)));
      SdkBytes code = zip("index.js", "exports.handler = async () => require('dep').name;");
      client.createFunction(
          request ->
              request
                  .functionName("layered")
                  .runtime(Runtime.NODEJS20_X)
                  .handler("index.handler")
                  .timeout(20)
                  .role("arn:aws:iam::000000000000:role/any")
                  .layers(published.layerVersionArn())
                  .code(place -> place.zipFile(code)));
      client.waiter().waitUntilFunctionActiveV2(request -> request.functionName("layered"));
      assertThat(invoke(client, "layered")).isEqualTo("\"layered\"");
      assertThat(bytes(published.content().location())).isEqualTo(layer.asByteArray());
      assertThat(
              bytes(
                  client.getFunction(request -> request.functionName("layered")).code().location()))
          .isEqualTo(code.asByteArray());

      client.deleteLayerVersion(request -> request.layerName("dep").versionNumber(1L));
      assertThat(client.listLayersPaginator().layers()).isEmpty();
      server.kill();
      server.awaitExit();
    }

    try (PorticoProcess server = PorticoProcess.durable(data);
        LambdaClient client = client(server.endpoint())) {
      assertThat(invoke(client, "layered")).isEqualTo("\"layered\"");
    }
  }

  /** What is at a URL. */
  private static byte[] bytes(String url) throws IOException {
    try (InputStream content = URI.create(url).toURL().openStream()) {
      return content.readAllBytes();
    }
  }

  private static String url(LambdaClient client) {
    return client.getFunctionUrlConfig(request -> request.functionName("kept")).functionUrl();
  }

  @Test
  void anApiInvokesWhatThePolicyLetsIt() throws IOException {
    try (PorticoProcess server = PorticoProcess.ephemeral();
        LambdaClient client = client(server.endpoint());
        JavaSdk sdk = JavaSdk.of(server.endpoint())) {
      create(
          client,
          "guarded",
          "export const handler = async () => ({statusCode: 200, body: 'let in'});");
      SmallApi api = SmallApi.build(sdk, "127.0.0.1:9");
      String resource = api.resource(api.root(), "functions");
      api.putMethod(resource, "GET", Map.of());
      sdk.call(
          "PutIntegration",
          Map.of(
              "restApiId",
              api.id(),
              "resourceId",
              resource,
              "httpMethod",
              "GET",
              "type",
              "AWS_PROXY",
              "integrationHttpMethod",
              "POST",
              "uri",
              "arn:aws:apigateway:%s:lambda:path/2015-03-31/functions/%s/invocations"
                  .formatted(Endpoint.REGION, ARN + "guarded")));
      api.deploy();
      URI url = server.endpoint().pathForm(api.id(), SmallApi.STAGE, "/functions");
      assertThat(Caller.get(url).statusCode()).isEqualTo(500);

      permit(client, "elsewhere", api.id() + "/*/GET/other");
      assertThat(Caller.get(url).statusCode()).isEqualTo(500);

      permit(client, "here", api.id() + "/*/GET/functions");
      assertThat(Caller.get(url).body()).isEqualTo("let in");

      client.removePermission(request -> request.functionName("guarded").statementId("here"));
      assertThat(Caller.get(url).statusCode()).isEqualTo(500);
    }
  }

  /** By AWS's own reader of event streams. */
  @Test
  void whatAFunctionStreamsComesByPieces(@TempDir Path temporary) throws Exception {
    try (PorticoProcess server = PorticoProcess.ephemeral();
        LambdaClient client = client(server.endpoint());
        LambdaAsyncClient async =
            LambdaAsyncClient.builder()
                .endpointOverride(server.endpoint().uri())
                .region(Region.of(Endpoint.REGION))
                .credentialsProvider(
                    StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(Endpoint.ACCESS_KEY, Endpoint.ACCESS_KEY)))
                .build()) {
      create(
          client,
          "streams",
          """
          import fs from 'node:fs';
          export const handler = awslambda.streamifyResponse(async (event, stream) => {
            stream.write('first');
            while (!fs.existsSync(event.heard)) {
              await new Promise(resolve => setTimeout(resolve, 10));
            }
            stream.write('second');
            if (event.fail) throw new Error('on the way');
            stream.end();
          });
          """);

      assertThat(streamed(async, temporary.resolve("whole"), false))
          .containsExactly("first", "second", "complete null");
      assertThat(streamed(async, temporary.resolve("broken"), true))
          .contains("first")
          .last()
          .isEqualTo("complete Unhandled");
    }
  }

  /** What is heard of a function that goes on once its first piece has been. */
  private static List<String> streamed(LambdaAsyncClient client, Path heard, boolean fail)
      throws Exception {
    String event = "{\"heard\": \"%s\", \"fail\": %s}".formatted(heard, fail);
    List<String> events = new CopyOnWriteArrayList<>();
    InvokeWithResponseStreamResponseHandler handler =
        InvokeWithResponseStreamResponseHandler.builder()
            .subscriber(
                InvokeWithResponseStreamResponseHandler.Visitor.builder()
                    .onPayloadChunk(
                        chunk -> {
                          events.add(chunk.payload().asUtf8String());
                          write(heard);
                        })
                    .onInvokeComplete(complete -> events.add("complete " + complete.errorCode()))
                    .build())
            .build();
    client
        .invokeWithResponseStream(
            request -> request.functionName("streams").payload(SdkBytes.fromUtf8String(event)),
            handler)
        .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    return events;
  }

  private static void write(Path file) {
    try {
      Files.writeString(file, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void permit(LambdaClient client, String statement, String source) {
    client.addPermission(
        request ->
            request
                .functionName("guarded")
                .statementId(statement)
                .action("lambda:InvokeFunction")
                .principal("apigateway.amazonaws.com")
                .sourceArn(
                    "arn:aws:execute-api:%s:%s:%s"
                        .formatted(Endpoint.REGION, Endpoint.ACCOUNT, source)));
  }

  @Test
  void clientsOfAServerThatIsKilledUnderLoadAreToldAndItsFunctionsServeAgain(@TempDir Path data)
      throws Exception {
    Set<Long> pids = ConcurrentHashMap.newKeySet();
    try (ExecutorService callers = Executors.newFixedThreadPool(16);
        PorticoProcess server = PorticoProcess.durable(data);
        LambdaClient client = client(server.endpoint())) {
      create(
          client,
          "loaded",
          """
          export const handler = async () => {
            await new Promise(resolve => setTimeout(resolve, 20));
            return process.pid;
          };
          """);
      CountDownLatch busy = new CountDownLatch(100);
      List<Future<SdkClientException>> ends = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        ends.add(callers.submit(() -> invokeUntilItFails(client, "loaded", pids, busy)));
      }
      assertThat(busy.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();

      server.kill();

      for (Future<SdkClientException> end : ends) {
        assertThat(end.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isNotNull();
      }
    }
    for (long pid : pids) {
      awaitEndOf(pid);
    }
    try (PorticoProcess server = PorticoProcess.durable(data);
        LambdaClient client = client(server.endpoint())) {
      assertThat(Long.parseLong(invoke(client, "loaded"))).isPositive();
    }
  }

  private static SdkClientException invokeUntilItFails(
      LambdaClient client, String name, Set<Long> answers, CountDownLatch answered) {
    while (true) {
      try {
        answers.add(Long.parseLong(invoke(client, name)));
        answered.countDown();
      } catch (SdkClientException e) {
        return e;
      }
    }
  }

  @Test
  void noFunctionOutlivesAServerThatIsKilled() throws Exception {
    try (PorticoProcess server = PorticoProcess.ephemeral();
        LambdaClient client = client(server.endpoint())) {
      create(
          client,
          "orphan",
          """
          import { spawn } from 'node:child_process';
          const child = spawn('sleep', ['300']);
          export const handler = async () => [process.pid, child.pid];
          """);
      long[] pids =
          Arrays.stream(invoke(client, "orphan").replaceAll("[\\[\\]]", "").split(",", -1))
              .mapToLong(Long::parseLong)
              .toArray();

      server.kill();
      server.awaitExit();

      for (long pid : pids) {
        awaitEndOf(pid);
      }
    }
  }

  private static void awaitEndOf(long pid) throws Exception {
    Optional<CompletableFuture<ProcessHandle>> end =
        ProcessHandle.of(pid).map(ProcessHandle::onExit);
    if (end.isPresent()) {
      end.get().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
  }
}
