package io.portico.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import io.portico.server.config.ConfigLoader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Whether an integration that names a role is called as that role. STS gives no session. */
@Timeout(120)
final class RolesOfIntegrationsTest {
  private static final String ROLE = "arn:aws:iam::000000000000:role/orders";
  private static final String DEFINITION =
      """
      openapi: 3.0.1
      info: {title: orders, version: "1"}
      paths:
        /orders:
          get:
            responses: {"200": {description: sent}}
            x-amazon-apigateway-integration:
              type: aws
              httpMethod: POST
              uri: arn:aws:apigateway:us-east-1:sqs:path/000000000000/orders
              credentials: %s
              responses: {default: {statusCode: "200"}}
      """
          .formatted(ROLE);

  private final HeardBackend sts = HeardBackend.start();
  private final HeardBackend sqs = HeardBackend.start();

  @AfterEach
  void end() {
    sts.close();
    sqs.close();
  }

  /** The status of a call, and who the service says it was called by. */
  private int status(boolean callsAws, @Nullable String assumesRoles) throws Exception {
    Map<String, String> settings = new HashMap<>();
    settings.put("PORTICO_AWS_CALL_AWS", Boolean.toString(callsAws));
    if (assumesRoles != null) {
      settings.put("PORTICO_AWS_ASSUME_ROLES", assumesRoles);
    }
    Map<String, String> environment =
        Map.of(
            "AWS_ENDPOINT_URL_SQS",
            sqs.url(),
            "AWS_ENDPOINT_URL_STS",
            sts.url(),
            "AWS_ACCESS_KEY_ID",
            "OWN",
            "AWS_SECRET_ACCESS_KEY",
            "secret");
    try (Gateway gateway =
            GatewayAssembly.start(
                new ConfigLoader()
                    .load(null, settings, Map.of("port", "0", "ephemeral", "true"))
                    .config(),
                environment);
        HttpClient client = HttpClient.newHttpClient()) {
      JsonNode api =
          gateway.call("ImportRestApi", Json.object().put("body", DEFINITION.getBytes(UTF_8)));
      String id = api.path("id").asString();
      JsonNode _ =
          gateway.call(
              "CreateDeployment", Json.object().put("restApiId", id).put("stageName", "prod"));
      URI url = URI.create(gateway.url() + "/_aws/execute-api/" + id + "/prod/orders");
      return client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString()).statusCode();
    }
  }

  @Test
  void whereAwsIsCalledItIsOrTheCallFails() throws Exception {
    assertThat(status(true, null)).isEqualTo(500);

    assertThat(signer(sts.called())).isEqualTo("OWN");
    assertThat(sqs.isUncalled()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void soItIsWhereThatIsSaid(boolean callsAws) throws Exception {
    assertThat(status(callsAws, "true")).isEqualTo(500);

    assertThat(sqs.isUncalled()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"true, false", "false, false", "false,"})
  void elseItIsCalledWithTheKeysOfTheEnvironment(boolean callsAws, @Nullable String assumesRoles)
      throws Exception {
    assertThat(status(callsAws, assumesRoles)).isEqualTo(200);

    assertThat(signer(sqs.called())).isEqualTo("OWN");
    assertThat(sts.isUncalled()).isTrue();
  }

  /** The key that a call is signed with. */
  private static String signer(HeardBackend.Call call) {
    List<String> signature = call.headers().getOrDefault("Authorization", List.of(""));
    return signature.getFirst().replaceFirst(".* Credential=([^/]*)/.*", "$1");
  }
}
