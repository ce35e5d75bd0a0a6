package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.counterparts.Counterparts;
import io.portico.conformance.server.Portico;
import io.portico.conformance.server.PorticoProcess;
import io.portico.conformance.wire.Caller;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page on AWS's services says, and that nothing is called which nobody has named. */
@Portico
final class AwsServicesTest {
  private static final Path PAGE =
      Path.of(System.getProperty("portico.repository", ".."))
          .toAbsolutePath()
          .normalize()
          .resolve("docs/aws-services.md");
  private static final Pattern DEFINITION = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern URL =
      Pattern.compile("http://127\\.0\\.0\\.1:\\d+/_aws/execute-api/\\w+/[\\w-]+");
  private static final String ORDER = "{\"item\": \"café & <tea>\"}";

  @Test
  void theDocumentedApiPutsOrdersIntoAQueue(Counterparts services, @TempDir Path folder)
      throws IOException {
    String queue = services.sqs() + "/000000000000/orders";
    assertThat(asked(services.sqs() + "/?Action=CreateQueue&QueueName=orders")).contains("orders");
    Matcher definition = DEFINITION.matcher(Files.readString(PAGE));
    assertThat(definition.find()).as("a definition in %s", PAGE).isTrue();

    Path file = Files.writeString(folder.resolve("orders.yaml"), definition.group(1));
    Map<String, String> environment = Map.of("AWS_ENDPOINT_URL_SQS", services.sqs().toString());

    try (PorticoProcess server =
        PorticoProcess.start(environment, "run", file.toString(), "--port", "0")) {
      HttpResponse<String> answer = order(server);

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body()).matches("\\{\"id\": \"[0-9a-f-]{36}\"}");
      assertThat(asked(queue + "?Action=ReceiveMessage"))
          .contains("<Body>" + escaped(ORDER) + "</Body>");
      assertThat(asked(queue + "?Action=DeleteQueue")).contains("DeleteQueueResponse");
      assertThat(order(server).body()).isEqualTo("{\"message\": \"The order was not taken\"}");
    }
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

  private static HttpResponse<String> order(PorticoProcess server) {
    Matcher url = URL.matcher(server.awaitLine(line -> URL.matcher(line).find()));
    assertThat(url.find()).isTrue();
    return Caller.send(
        HttpRequest.newBuilder(URI.create(url.group() + "/orders"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(ORDER)));
  }

  private static String asked(String url) {
    return Caller.get(URI.create(url)).body();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
