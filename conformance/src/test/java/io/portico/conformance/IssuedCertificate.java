package io.portico.conformance;

import io.portico.conformance.client.AwsClient;
import io.portico.conformance.client.AwsService;
import java.util.Map;

/** A certificate that Certificate Manager issues at once, for a domain name to have. */
public final class IssuedCertificate {
  private IssuedCertificate() {}

  /** Requests one, and gives its ARN. */
  public static String request(AwsClient client, String domainName) {
    return client
        .of(AwsService.ACM)
        .call(
            "RequestCertificate", Map.of("DomainName", domainName, "KeyAlgorithm", "EC_prime256v1"))
        .get("CertificateArn")
        .asString();
  }
}
