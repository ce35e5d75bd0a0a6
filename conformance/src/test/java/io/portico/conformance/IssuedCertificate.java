package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.server.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import tools.jackson.databind.json.JsonMapper;

/** A certificate that Certificate Manager issues at once, for a domain name to have. */
public final class IssuedCertificate {
  private IssuedCertificate() {}

  /**
   * RequestCertificate, as a client would send it.
   *
   * @return the ARN
   */
  public static String request(Endpoint endpoint, String domainName) {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint.uri())
            .header("X-Amz-Target", "CertificateManager.RequestCertificate")
            .header("Content-Type", "application/x-amz-json-1.1")
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=%s/20260101/%s/acm/aws4_request, SignedHeaders=host, Signature=%s"
                    .formatted(Endpoint.ACCESS_KEY, Endpoint.REGION, "0".repeat(64)))
            .POST(
                BodyPublishers.ofString(
                    """
                    {"DomainName": "%s", "KeyAlgorithm": "EC_prime256v1"}"""
                        .formatted(domainName)))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      return JsonMapper.shared().readTree(response.body()).get("CertificateArn").asString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
