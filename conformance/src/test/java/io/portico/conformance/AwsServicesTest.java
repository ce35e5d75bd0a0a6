package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.server.PorticoProcess;
import io.portico.conformance.wire.Caller;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Integrations with an AWS service, against ElasticMQ, which speaks SQS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AwsServicesTest {
  private static final Path PAGE =
      Path.of(System.getProperty("portico.repository", ".."))
          .toAbsolutePath()
          .normalize()
          .resolve("docs/configuration.md");
  private static final Pattern DEFINITION = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern URL =
      Pattern.compile("http://127\\.0\\.0\\.1:\\d+/_aws/execute-api/\\w+/[\\w-]+");
  private static final String ORDER = "{\"item\": \"café & <tea>\"}";

  private final SQSRestServer queues =
      SQSRestServerBuilder.withInterface("127.0.0.1").withDynamicPort().start();
  private String queuesUrl = "";

  @BeforeAll
  void makeTheQueue() {
    queuesUrl = "http://127.0.0.1:" + queues.waitUntilStarted().localAddress().getPort();
    assertThat(queue("/?Action=CreateQueue&QueueName=orders").statusCode()).isEqualTo(200);
  }

  @AfterAll
  void end() {
    queues.stopAndWait();
  }

  @Test
  void theDocumentedApiPutsOrdersIntoAQueue(@TempDir Path folder) throws IOException {
    Matcher definition = DEFINITION.matcher(Files.readString(PAGE));
    assertThat(definition.find()).as("a definition in %s", PAGE).isTrue();

    HttpResponse<String> answer = ordered(folder, definition.group(1));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).matches("\\{\"id\": \"[0-9a-f-]{36}\"}");
    assertThat(received()).contains("<Body>" + escaped(ORDER) + "</Body>");
  }

  @Test
  void theDocumentedApiSaysThatAnOrderWasNotTaken(@TempDir Path folder) throws IOException {
    Matcher definition = DEFINITION.matcher(Files.readString(PAGE));
    assertThat(definition.find()).as("a definition in %s", PAGE).isTrue();

    HttpResponse<String> answer =
        ordered(folder, definition.group(1).replace("000000000000/orders", "000000000000/no-such"));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(502);
    assertThat(answer.body()).isEqualTo("{\"message\": \"The order was not taken\"}");
  }

  @Test
  void anActionTakesItsParametersFromTheMappings(@TempDir Path folder) throws IOException {
    String definition =
        """
        openapi: 3.0.1
        info: {title: Orders, version: "1"}
        paths:
          /orders:
            post:
              responses: {"200": {description: taken}}
              x-amazon-apigateway-integration:
                type: aws
                httpMethod: POST
                uri: arn:aws:apigateway:us-east-1:sqs:action/SendMessage
                credentials: arn:aws:iam::000000000000:role/orders
                requestParameters:
                  integration.request.querystring.QueueUrl: "'%s/000000000000/orders'"
                  integration.request.querystring.MessageBody: method.request.body.item
                responses: {default: {statusCode: "200"}}
        """
            .formatted(queuesUrl);

    HttpResponse<String> answer = ordered(folder, definition);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).startsWith("{\"SendMessageResponse\":{\"SendMessageResult\":{");
    assertThat(received()).contains("<Body>" + escaped("café & <tea>") + "</Body>");
  }

  @Test
  void aTemplateChoosesTheJsonProtocol(@TempDir Path folder) throws IOException {
    String definition =
        """
        openapi: 3.0.1
        info: {title: Orders, version: "1"}
        paths:
          /orders:
            post:
              responses: {"200": {description: taken}}
              x-amazon-apigateway-integration:
                type: aws
                httpMethod: POST
                uri: arn:aws:apigateway:us-east-1:sqs:path//
                credentials: arn:aws:iam::000000000000:role/orders
                requestTemplates:
                  application/json: |-
                    #set($context.requestOverride.header.X-Amz-Target = "AmazonSQS.SendMessage")
                    #set($context.requestOverride.header.Content-Type = "application/x-amz-json-1.0")
                    {"QueueUrl": "%s/000000000000/orders", "MessageBody": $input.json("$.item")}
                responses: {default: {statusCode: "200"}}
        """
            .formatted(queuesUrl);

    HttpResponse<String> answer = ordered(folder, definition);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("\"MessageId\":\"");
    assertThat(received()).contains("<Body>" + escaped("café & <tea>") + "</Body>");
  }

  /** Were AWS called all the same, then at a name that there is not. */
  @Test
  void credentialsAloneDoNotCallAws(@TempDir Path folder) throws IOException {
    String definition =
        """
        openapi: 3.0.1
        info: {title: Orders, version: "1"}
        paths:
          /orders:
            post:
              responses: {"200": {description: taken}}
              x-amazon-apigateway-integration:
                type: aws
                httpMethod: POST
                uri: arn:aws:apigateway:nowhere-0:sqs:path/000000000000/orders
                credentials: arn:aws:iam::000000000000:role/orders
                responses: {default: {statusCode: "200"}}
        """;
    Path file = Files.writeString(folder.resolve("orders.yaml"), definition);
    Map<String, String> environment =
        Map.of("AWS_ACCESS_KEY_ID", "test", "AWS_SECRET_ACCESS_KEY", "test");

    try (PorticoProcess server =
        PorticoProcess.start(environment, "run", file.toString(), "--port", "0")) {
      HttpResponse<String> answer = order(server);

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(500);
      assertThat(server.awaitLine(line -> line.contains("no endpoint of SQS is configured")))
          .contains("AWS_ENDPOINT_URL_SQS", "aws.call-aws");
    }
  }

  private HttpResponse<String> ordered(Path folder, String definition) throws IOException {
    Path file = Files.writeString(folder.resolve("orders.yaml"), definition);
    try (PorticoProcess server =
        PorticoProcess.start(
            Map.of("AWS_ENDPOINT_URL_SQS", queuesUrl), "run", file.toString(), "--port", "0")) {
      return order(server);
    }
  }

  private static HttpResponse<String> order(PorticoProcess server) {
    Matcher url = URL.matcher(server.awaitLine(line -> URL.matcher(line).find()));
    assertThat(url.find()).isTrue();
    return Caller.send(
        HttpRequest.newBuilder(URI.create(url.group() + "/orders"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(ORDER)));
  }

  /** Takes a message from the queue, so that none is left for another test. */
  private String received() {
    String answer = queue("/000000000000/orders?Action=ReceiveMessage").body();
    Matcher handle = Pattern.compile("<ReceiptHandle>([^<]+)<").matcher(answer);
    assertThat(handle.find()).as(answer).isTrue();
    String deleted =
        "/000000000000/orders?Action=DeleteMessage&ReceiptHandle="
            + URLEncoder.encode(handle.group(1), StandardCharsets.UTF_8);
    assertThat(queue(deleted).statusCode()).isEqualTo(200);
    return answer;
  }

  private HttpResponse<String> queue(String target) {
    return Caller.send(HttpRequest.newBuilder(URI.create(queuesUrl + target)).GET());
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
