package io.portico.conformance.services;

import static io.portico.conformance.services.Documents.each;
import static io.portico.conformance.services.Documents.json;
import static io.portico.conformance.services.Documents.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.AwsClient;
import io.portico.conformance.client.AwsFailure;
import io.portico.conformance.client.AwsService;
import io.portico.conformance.client.EveryClient;
import io.portico.conformance.client.ServiceClient;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import io.portico.conformance.wire.SelfSigned;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Certificate Manager: certificates that are requested or imported. */
@Portico
final class CertificateFamilyTest {
  private static SelfSigned first;
  private static SelfSigned second;

  @BeforeAll
  static void make(@TempDir Path folder) throws GeneralSecurityException, IOException {
    first = SelfSigned.make(folder, "first.example.com");
    second = SelfSigned.make(folder, "second.example.com");
  }

  @EveryClient
  void aRequestedCertificateIsIssuedListedAndDeleted(AwsClient client)
      throws GeneralSecurityException {
    ServiceClient acm = client.of(AwsService.ACM);
    String name = unique("pets") + ".example.com";
    String arn =
        acm.call(
                "RequestCertificate",
                Map.of(
                    "DomainName",
                    name,
                    "SubjectAlternativeNames",
                    List.of("www." + name),
                    "ValidationMethod",
                    "DNS",
                    "KeyAlgorithm",
                    "EC_prime256v1"))
            .get("CertificateArn")
            .asString();
    Map<String, String> named = Map.of("CertificateArn", arn);

    JsonNode told = acm.call("DescribeCertificate", named).get("Certificate");
    JsonNode issued = acm.call("GetCertificate", named);
    JsonNode list =
        acm.call(
                "ListCertificates",
                Map.of("MaxItems", 1000, "Includes", Map.of("keyTypes", List.of("EC_prime256v1"))))
            .get("CertificateSummaryList");
    acm.call("DeleteCertificate", named);
    AwsFailure gone = acm.refused("DescribeCertificate", named);
    X509Certificate certificate = certificate(issued.get("Certificate"));

    assertThat(arn)
        .startsWith("arn:aws:acm:%s:%s:certificate/".formatted(Endpoint.REGION, Endpoint.ACCOUNT));
    assertThat(told.path("Status").asString()).isEqualTo("ISSUED");
    assertThat(told.path("Type").asString()).isEqualTo("AMAZON_ISSUED");
    assertThat(told.path("SubjectAlternativeNames"))
        .isEqualTo(json("[\"%s\", \"www.%s\"]".formatted(name, name)));
    certificate.verify(certificate(issued.get("CertificateChain")).getPublicKey());
    assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=" + name);
    assertThat(each(list, "CertificateArn")).contains(arn);
    assertThat(gone.type()).isEqualTo("ResourceNotFoundException");
    assertThat(gone.text()).contains(arn);
  }

  @EveryClient
  void anImportedCertificateIsReadBack(AwsClient client) throws GeneralSecurityException {
    ServiceClient acm = client.of(AwsService.ACM);
    String arn =
        acm.call(
                "ImportCertificate",
                Map.of("Certificate", first.certificatePem(), "PrivateKey", first.keyPem()))
            .get("CertificateArn")
            .asString();
    Map<String, String> named = Map.of("CertificateArn", arn);

    JsonNode told = acm.call("DescribeCertificate", named).get("Certificate");
    JsonNode read = acm.call("GetCertificate", named).get("Certificate");
    AwsFailure mixed =
        acm.refused(
            "ImportCertificate",
            Map.of("Certificate", second.certificatePem(), "PrivateKey", first.keyPem()));
    acm.call("DeleteCertificate", named);

    assertThat(told.path("Type").asString()).isEqualTo("IMPORTED");
    assertThat(told.path("DomainName").asString()).isEqualTo("first.example.com");
    assertThat(certificate(read)).isEqualTo(first.certificate());
    assertThat(mixed.type()).isEqualTo("ValidationException");
  }

  @EveryClient
  void aCertificateHasTags(AwsClient client) {
    ServiceClient acm = client.of(AwsService.ACM);
    JsonNode blue = json("{\"Key\": \"team\", \"Value\": \"blue\"}");
    String arn =
        acm.call(
                "RequestCertificate",
                Map.of(
                    "DomainName",
                    unique("tagged") + ".example.com",
                    "KeyAlgorithm",
                    "EC_prime256v1",
                    "Tags",
                    List.of(Map.of("Key", "team", "Value", "blue"))))
            .get("CertificateArn")
            .asString();
    Map<String, String> named = Map.of("CertificateArn", arn);
    Map<String, Object> cost =
        Map.of("CertificateArn", arn, "Tags", List.of(Map.of("Key", "cost", "Value", "low")));

    acm.call("AddTagsToCertificate", cost);
    JsonNode both = acm.call("ListTagsForCertificate", named).get("Tags");
    acm.call("RemoveTagsFromCertificate", cost);
    JsonNode one = acm.call("ListTagsForCertificate", named).get("Tags");

    assertThat(each(both, "Key")).containsExactlyInAnyOrder("team", "cost");
    assertThat(one.valueStream()).containsExactly(blue);
  }

  private static X509Certificate certificate(JsonNode pem) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(pem.asString().getBytes(StandardCharsets.US_ASCII)));
  }
}
