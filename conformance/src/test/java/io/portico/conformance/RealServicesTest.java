package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.AwsService;
import io.portico.conformance.client.JavaSdk;
import io.portico.conformance.client.ServiceClient;
import io.portico.conformance.counterparts.Counterparts;
import io.portico.conformance.server.Portico;
import io.portico.conformance.server.PorticoProcess;
import io.portico.conformance.wire.Caller;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Integrations with DynamoDB, S3 and SQS against servers that speak as those do: the API of {@code
 * examples/10-aws-services}, and what that has not.
 */
@Portico
final class RealServicesTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Path REPOSITORY =
      Path.of(System.getProperty("portico.repository", "..")).toAbsolutePath().normalize();
  private static final String STAGE = "prod";
  private static final String ACCOUNT = "000000000000";
  private static final String ITEM = "café \"green\" & <tea> \\ 100%";

  /** Bytes that are no text. */
  private static final byte[] IMAGE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0, (byte) 0xff, 1};

  private static Counterparts services;
  private static PorticoProcess server;
  private static JavaSdk sdk;
  private static String example = "";
  private static String real = "";

  @BeforeAll
  static void start(Counterparts counterparts) throws IOException {
    services = counterparts;
    server = PorticoProcess.start(services.variables(), "serve", "--ephemeral", "--port", "0");
    sdk = JavaSdk.of(server.endpoint());
    real =
        api(
            Files.readString(Path.of("src/test/resources/services/real.yaml"))
                .replace("SQS_URL", services.sqs().toString()));
    example = example("real-orders", "real-files", "real-messages");
    makeTheTable();
    assertThat(put(real, "/buckets/real-files", "").statusCode()).isEqualTo(200);
    for (String queue : List.of("real-orders", "real-messages")) {
      HttpResponse<String> made = post(real, "/queues/" + queue, "");
      assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
      assertThat(JSON.readTree(made.body()).at("/CreateQueueResponse/CreateQueueResult/QueueUrl"))
          .asString()
          .contains("/" + queue);
    }
  }

  private static void makeTheTable() {
    assertThat(
            post(
                    real,
                    "/tables",
                    """
                    {"TableName": "real-orders", "BillingMode": "PAY_PER_REQUEST",
                      "AttributeDefinitions": [{"AttributeName": "customer", "AttributeType": "S"},
                        {"AttributeName": "id", "AttributeType": "S"}],
                      "KeySchema": [{"AttributeName": "customer", "KeyType": "HASH"},
                        {"AttributeName": "id", "KeyType": "RANGE"}]}
                    """)
                .statusCode())
        .isEqualTo(200);
  }

  @AfterAll
  static void end() {
    sdk.close();
    server.close();
  }

  @Test
  void anItemIsPutReadAndFound() {
    String order = JSON.writeValueAsString(Map.of("item", ITEM, "count", 2));

    HttpResponse<String> put = put(example, "/orders/ann%20o%27hara/a%22b", order);
    HttpResponse<String> again = put(example, "/orders/ann%20o%27hara/a%22b", order);
    HttpResponse<String> read = get(example, "/orders/ann%20o%27hara/a%22b");
    HttpResponse<String> found = get(example, "/orders/ann%20o%27hara");
    HttpResponse<String> none = get(example, "/orders/ann%20o%27hara/none");

    assertThat(put.statusCode()).as(put.body()).isEqualTo(201);
    assertThat(again.statusCode()).as(again.body()).isEqualTo(409);
    assertThat(again.body().strip()).isEqualTo("{\"message\": \"The order was not kept\"}");
    assertThat(read.statusCode()).as(read.body()).isEqualTo(200);
    assertThat(JSON.readTree(read.body()).get("item").asString()).isEqualTo(ITEM);
    assertThat(JSON.readTree(found.body()).at("/0/item").asString()).isEqualTo(ITEM);
    assertThat(JSON.readTree(found.body()).at("/0/count").asInt()).isEqualTo(2);
    assertThat(none.statusCode()).as(none.body()).isEqualTo(404);
  }

  @Test
  void whatDynamoDbRefusesSelectsItsAnswer() throws IOException {
    String nowhere = example("no-such-table", "real-files", "real-messages");

    HttpResponse<String> noTable = get(nowhere, "/orders/ann");
    HttpResponse<String> noNumber =
        put(example, "/orders/ann/2", "{\"item\": \"tea\", \"count\": \"two\"}");
    HttpResponse<String> twice = post(real, "/tables", "{\"TableName\": \"real-orders\"}");

    assertThat(noTable.statusCode()).as(noTable.body()).isEqualTo(502);
    assertThat(noTable.body()).isEqualTo("{\"message\": \"The orders are not known now\"}");
    assertThat(noNumber.statusCode()).as(noNumber.body()).isEqualTo(502);
    assertThat(twice.statusCode()).as(twice.body()).isEqualTo(400);
    assertThat(twice.body()).contains("__type");
  }

  @Test
  void aPathWithATargetIsTheSameAsAnAction() {
    put(example, "/orders/scanned/1", "{\"item\": \"tea\", \"count\": 7}");

    HttpResponse<String> scanned = post(real, "/tables/scan", "{\"TableName\": \"real-orders\"}");

    assertThat(scanned.statusCode()).as(scanned.body()).isEqualTo(200);
    assertThat(JSON.readTree(scanned.body()).get("Items").toString()).contains("scanned");
  }

  @Test
  void aTransactionIsKeptWholeOrNotAtAll() {
    HttpResponse<String> kept = post(real, "/tables/transaction", transaction("1", "2"));
    HttpResponse<String> cancelled = post(real, "/tables/transaction", transaction("3", "2"));
    HttpResponse<String> ofCancelled = get(example, "/orders/together/3");

    assertThat(kept.statusCode()).as(kept.body()).isEqualTo(200);
    assertThat(cancelled.statusCode()).as(cancelled.body()).isEqualTo(400);
    assertThat(cancelled.body())
        .contains("TransactionCanceledException", "[None, ConditionalCheckFailed]");
    assertThat(ofCancelled.statusCode()).as(ofCancelled.body()).isEqualTo(404);
  }

  /** New orders, all or none. */
  private static String transaction(String... ids) {
    return Stream.of(ids)
        .map(
            id ->
                """
                {"Put": {"TableName": "real-orders",
                  "Item": {"customer": {"S": "together"}, "id": {"S": "%s"}},
                  "ConditionExpression": "attribute_not_exists(id)"}}
                """
                    .formatted(id))
        .collect(Collectors.joining(",", "{\"TransactItems\": [", "]}"));
  }

  @Test
  void aTableServerThatIsCalledByNobodyUnsigned() {
    HttpResponse<String> unsigned =
        Caller.send(
            HttpRequest.newBuilder(services.dynamoDb())
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", "DynamoDB_20120810.ListTables")
                .POST(BodyPublishers.ofString("{}")));

    assertThat(unsigned.statusCode()).as(unsigned.body()).isEqualTo(400);
    assertThat(unsigned.body()).contains("MissingAuthenticationToken");
  }

  @Test
  void anObjectServerThatSignaturesMeanSomethingTo() {
    assertThat(Caller.get(services.s3().resolve("/real-files")).statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain.txt",
        "a b+c&d=e.txt",
        "folder/café/ü.txt",
        "~tilde'()!*$,;:@.txt",
        "100%.txt",
        "100%25.txt",
        "?question#hash.txt",
        "[brackets]{braces}|^`\"<>.txt"
      })
  void anObjectIsKeptUnderItsKey(String key) {
    String path = "/files/" + URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");

    HttpResponse<String> put = put(example, path, "text/plain", BodyPublishers.ofString(ITEM));
    HttpResponse<String> got = get(example, path);
    HttpResponse<String> listed = get(example, "/files");
    HttpResponse<String> deleted = send(example, path, request -> request.DELETE());
    HttpResponse<String> gone = get(example, path);

    assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
    assertThat(got.statusCode()).as(got.body()).isEqualTo(200);
    assertThat(got.body()).isEqualTo(ITEM);
    assertThat(got.headers().firstValue("Content-Type")).hasValue("text/plain");
    assertThat(listed.body()).contains("<Key>" + escaped(key) + "</Key>");
    assertThat(deleted.statusCode()).as(deleted.body()).isEqualTo(204);
    assertThat(gone.statusCode()).as(gone.body()).isEqualTo(404);
    assertThat(gone.body()).contains("<Code>NoSuchKey</Code>");
  }

  @Test
  void anImageKeepsItsBytes() throws IOException, InterruptedException {
    HttpResponse<String> put =
        put(example, "/files/image.png", "image/png", BodyPublishers.ofByteArray(IMAGE));
    HttpResponse<byte[]> got;
    try (HttpClient client = HttpClient.newHttpClient()) {
      got =
          client.send(
              HttpRequest.newBuilder(url(example, "/files/image.png"))
                  .timeout(Duration.ofSeconds(30))
                  .header("Accept", "image/png")
                  .build(),
              BodyHandlers.ofByteArray());
    }

    assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
    assertThat(got.body()).isEqualTo(IMAGE);
    assertThat(got.headers().firstValue("Content-Type")).hasValue("image/png");
  }

  @Test
  void anObjectThatHasNotChangedIsNotSentAgain() {
    put(example, "/files/kept.txt", "text/plain", BodyPublishers.ofString("kept"));
    String tag = get(example, "/files/kept.txt").headers().firstValue("ETag").orElse("");

    HttpResponse<String> again =
        send(example, "/files/kept.txt", request -> request.header("If-None-Match", tag));
    HttpResponse<String> another =
        send(example, "/files/kept.txt", request -> request.header("If-None-Match", "\"other\""));

    assertThat(tag).isNotEmpty();
    assertThat(again.statusCode()).as(again.body()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(another.body()).isEqualTo("kept");
  }

  @Test
  void metadataIsHeaders() {
    HttpResponse<String> put =
        send(
            real,
            "/buckets/real-files/kind.txt",
            request -> request.header("X-Kind", "a  kind").PUT(BodyPublishers.noBody()));
    HttpResponse<String> got = get(real, "/buckets/real-files/kind.txt");

    assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
    assertThat(got.headers().firstValue("X-Kind"))
        .hasValueSatisfying(kind -> assertThat(kind).matches("a +kind"));
    assertThat(got.body()).isEmpty();
  }

  /** At an endpoint that is configured it stands in the path all the same. */
  @Test
  void aBucketMayBeASubdomain() {
    put(example, "/files/under%2Fone.txt", "text/plain", BodyPublishers.ofString("1"));
    put(example, "/files/beside.txt", "text/plain", BodyPublishers.ofString("2"));

    HttpResponse<String> listed = get(real, "/buckets/any?prefix=under%2F");

    assertThat(listed.statusCode()).as(listed.body()).isEqualTo(200);
    assertThat(listed.body()).contains("<Key>under/one.txt</Key>").doesNotContain("beside");
  }

  @Test
  void whatS3RefusesSelectsItsAnswer() {
    HttpResponse<String> twice = put(real, "/buckets/real-files", "");
    HttpResponse<String> noBucket = get(real, "/buckets/no-such-bucket/key");

    assertThat(twice.statusCode()).as(twice.body()).isEqualTo(409);
    assertThat(twice.body()).contains("<Code>BucketAlready");
    assertThat(noBucket.statusCode()).as(noBucket.body()).isEqualTo(404);
  }

  @Test
  void aMessageIsSentAndReceived() {
    String message = JSON.writeValueAsString(Map.of("item", ITEM));

    HttpResponse<String> sent = post(example, "/messages", message);
    JsonNode received = JSON.readTree(get(example, "/messages").body());

    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(200);
    assertThat(received).hasSize(1);
    assertThat(received.at("/0/body").asString()).isEqualTo(message);
    assertThat(received.at("/0/id")).isEqualTo(JSON.readTree(sent.body()).get("id"));
  }

  @Test
  void messagesAreSentInEveryForm() {
    HttpResponse<String> byParameters = post(real, "/orders", "{\"item\": \"by parameters é&\"}");
    HttpResponse<String> byJson = put(real, "/orders", "{\"item\": \"by JSON é&\"}");
    JsonNode received =
        JSON.readTree(get(real, "/orders").body())
            .at("/ReceiveMessageResponse/ReceiveMessageResult/messages");
    JsonNode queues =
        JSON.readTree(get(real, "/queues").body()).at("/ListQueuesResponse/ListQueuesResult");

    assertThat(byParameters.body()).startsWith("{\"SendMessageResponse\":{\"SendMessageResult\":{");
    assertThat(JSON.readTree(byJson.body()).has("MessageId")).isTrue();
    assertThat(received.valueStream().map(each -> each.get("Body").asString()))
        .contains("by parameters é&", "by JSON é&");
    assertThat(queues.get("queueUrls").toString()).contains("/real-orders");
  }

  @Test
  void aQueueThatIsNotThereSelectsItsAnswer() throws IOException {
    String nowhere = example("real-orders", "real-files", "no-such-queue");

    HttpResponse<String> answer = post(nowhere, "/messages", "{}");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(502);
    assertThat(answer.body()).isEqualTo("{\"message\": \"The message was not sent\"}");
  }

  @Test
  void anHttpApiSendsReceivesAndDeletesMessages() {
    assertThat(post(real, "/queues/http", "").statusCode()).isEqualTo(200);
    String queue = services.sqs() + "/" + ACCOUNT + "/http";
    ServiceClient v2 = sdk.of(AwsService.API_GATEWAY_V2);
    String api =
        v2.call("CreateApi", Map.of("Name", "queue", "ProtocolType", "HTTP"))
            .get("ApiId")
            .asString();
    route(v2, api, "POST /messages", "SQS-SendMessage", "MessageBody", "$request.body", queue);
    route(v2, api, "GET /messages", "SQS-ReceiveMessage", "VisibilityTimeout", "0", queue);
    route(
        v2,
        api,
        "DELETE /messages",
        "SQS-DeleteMessage",
        "ReceiptHandle",
        "$request.querystring.handle",
        queue);
    route(v2, api, "DELETE /all", "SQS-PurgeQueue", "Region", "us-east-1", queue);
    v2.call("CreateStage", Map.of("ApiId", api, "StageName", STAGE, "AutoDeploy", true));

    HttpResponse<String> sent = post(api, "/messages", ITEM);
    HttpResponse<String> received = get(api, "/messages");
    String handle = between(received.body(), "<ReceiptHandle>", "</ReceiptHandle>");
    HttpResponse<String> deleted =
        send(
            api,
            "/messages?handle=" + URLEncoder.encode(handle, StandardCharsets.UTF_8),
            request -> request.DELETE());
    String left = get(api, "/messages").body();
    post(api, "/messages", "more");
    HttpResponse<String> purged = send(api, "/all", request -> request.DELETE());

    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(200);
    assertThat(received.body()).contains("<Body>");
    assertThat(deleted.statusCode()).as(deleted.body()).isEqualTo(200);
    assertThat(left).doesNotContain("<Body>");
    assertThat(purged.statusCode()).as(purged.body()).isEqualTo(200);
    assertThat(get(api, "/messages").body()).doesNotContain("<Body>");
  }

  private static void route(
      ServiceClient v2,
      String api,
      String key,
      String subtype,
      String parameter,
      String value,
      String queue) {
    Map<String, Object> integration = new HashMap<>();
    integration.put("ApiId", api);
    integration.put("IntegrationType", "AWS_PROXY");
    integration.put("IntegrationSubtype", subtype);
    integration.put("PayloadFormatVersion", "1.0");
    integration.put("CredentialsArn", "arn:aws:iam::" + ACCOUNT + ":role/api");
    integration.put("RequestParameters", Map.of("QueueUrl", queue, parameter, value));
    String id = v2.call("CreateIntegration", integration).get("IntegrationId").asString();
    v2.call("CreateRoute", Map.of("ApiId", api, "RouteKey", key, "Target", "integrations/" + id));
  }

  private static String example(String table, String bucket, String queue) throws IOException {
    return api(
        Files.readString(REPOSITORY.resolve("examples/10-aws-services/openapi.yaml"))
            .replace("ROLE", "arn:aws:iam::" + ACCOUNT + ":role/api")
            .replace("ACCOUNT", ACCOUNT)
            .replace("TABLE", table)
            .replace("BUCKET", bucket)
            .replace("QUEUE", queue));
  }

  private static String api(String definition) {
    String id =
        sdk.call("ImportRestApi", Map.of("body", definition, "failOnWarnings", true))
            .get("id")
            .asString();
    sdk.call("CreateDeployment", Map.of("restApiId", id, "stageName", STAGE));
    return id;
  }

  /** What of a request is not that it is a GET. */
  private interface Change {
    HttpRequest.Builder to(HttpRequest.Builder request);
  }

  private static HttpResponse<String> send(String api, String path, Change change) {
    return Caller.send(change.to(HttpRequest.newBuilder(url(api, path))));
  }

  private static HttpResponse<String> get(String api, String path) {
    return Caller.get(url(api, path));
  }

  private static HttpResponse<String> post(String api, String path, String body) {
    return Caller.post(url(api, path), "application/json", body);
  }

  private static HttpResponse<String> put(String api, String path, String body) {
    return put(api, path, "application/json", BodyPublishers.ofString(body));
  }

  private static HttpResponse<String> put(
      String api, String path, String type, HttpRequest.BodyPublisher body) {
    return send(api, path, request -> request.header("Content-Type", type).PUT(body));
  }

  private static URI url(String api, String path) {
    return server.endpoint().pathForm(api, STAGE, path);
  }

  private static String between(String text, String begin, String end) {
    int start = text.indexOf(begin);
    assertThat(start).as(text).isNotNegative();
    return text.substring(start + begin.length(), text.indexOf(end, start));
  }

  private static String escaped(String key) {
    return key.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
