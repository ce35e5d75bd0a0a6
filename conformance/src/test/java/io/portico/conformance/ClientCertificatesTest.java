package io.portico.conformance;

import static io.portico.conformance.SmallApi.STAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.conformance.client.AwsClient;
import io.portico.conformance.client.AwsFailure;
import io.portico.conformance.client.EveryClient;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import io.portico.conformance.wire.Caller;
import io.portico.conformance.wire.TlsBackend;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Client certificates are real, and shown to backends that ask for one. */
@Portico
final class ClientCertificatesTest {

  @EveryClient
  void aCertificateIsMadeReadChangedAndDeleted(AwsClient client, Endpoint endpoint)
      throws GeneralSecurityException {
    JsonNode made =
        client.call(
            "GenerateClientCertificate",
            Map.of("description", "for tests", "tags", Map.of("team", "blue")));
    String id = made.get("clientCertificateId").asString();
    Map<String, Object> named = Map.of("clientCertificateId", id);
    X509Certificate certificate = certificate(made);

    JsonNode read = client.call("GetClientCertificate", named);
    JsonNode changed =
        client.call(
            "UpdateClientCertificate",
            Map.of(
                "clientCertificateId",
                id,
                "patchOperations",
                List.of(SmallApi.replace("/description", "changed"))));
    JsonNode list = client.call("GetClientCertificates", Map.of("limit", 500));
    client.call("DeleteClientCertificate", named);
    AwsFailure gone =
        catchThrowableOfType(AwsFailure.class, () -> client.call("GetClientCertificate", named));

    certificate.verify(certificate.getPublicKey());
    assertThat(Duration.between(certificate.getNotBefore().toInstant(), Instant.now()))
        .isBetween(Duration.ofMinutes(-1), Duration.ofMinutes(5));
    assertThat(
            Duration.between(
                certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant()))
        .isEqualTo(Duration.ofDays(365));
    assertThat(made.toString()).doesNotContain("PRIVATE").doesNotContain("privateKey");
    assertThat(read).isEqualTo(made);
    assertThat(changed.path("description").asString()).isEqualTo("changed");
    assertThat(
            list.path("items")
                .valueStream()
                .map(each -> each.get("clientCertificateId").asString()))
        .contains(id);
    assertThat(gone.type()).isEqualTo("NotFoundException");
  }

  @EveryClient
  void aStageShowsItToItsBackends(AwsClient client, Endpoint endpoint, @TempDir Path folder)
      throws Exception {
    JsonNode made = client.call("GenerateClientCertificate", Map.of());
    String id = made.get("clientCertificateId").asString();
    try (TlsBackend backend = TlsBackend.thatTrustsOnly(certificate(made), folder)) {
      SmallApi api = SmallApi.build(client, "127.0.0.1:9");
      api.putMethod(api.root(), "GET", Map.of());
      client.call(
          "PutIntegration",
          Map.of(
              "restApiId",
              api.id(),
              "resourceId",
              api.root(),
              "httpMethod",
              "GET",
              "type",
              "HTTP_PROXY",
              "integrationHttpMethod",
              "GET",
              "uri",
              backend.uri(),
              "tlsConfig",
              Map.of("insecureSkipVerification", true)));
      api.deploy();

      int without = Caller.get(endpoint.pathForm(api.id(), STAGE, "/")).statusCode();
      show(api, id);
      String with = Caller.get(endpoint.pathForm(api.id(), STAGE, "/")).body();
      AwsFailure inUse =
          catchThrowableOfType(
              AwsFailure.class,
              () -> client.call("DeleteClientCertificate", Map.of("clientCertificateId", id)));
      show(api, "");
      int noMore = Caller.get(endpoint.pathForm(api.id(), STAGE, "/")).statusCode();
      client.call("DeleteClientCertificate", Map.of("clientCertificateId", id));

      assertThat(without).isGreaterThanOrEqualTo(500);
      assertThat(with).isEqualTo("CN=ApiGateway,L=Seattle,C=US");
      assertThat(inUse.type()).isEqualTo("ConflictException");
      assertThat(noMore).isGreaterThanOrEqualTo(500);
    }
  }

  private static void show(SmallApi api, String certificateId) {
    api.patch(
        "UpdateStage",
        Map.of("stageName", STAGE),
        List.of(SmallApi.replace("/clientCertificateId", certificateId)));
  }

  private static X509Certificate certificate(JsonNode made) throws GeneralSecurityException {
    byte[] pem = made.get("pemEncodedCertificate").asString().getBytes(StandardCharsets.US_ASCII);
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
  }
}
