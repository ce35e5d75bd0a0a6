package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.process.Needed;
import io.portico.conformance.process.Program;
import io.portico.conformance.process.Program.Outcome;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import io.portico.conformance.server.PorticoProcess;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Certificate Manager, by AWS's command line. */
@Portico
final class CertificatesTest {
  @TempDir Path folder;

  @Test
  void aRequestedCertificateIsOfTheLocalAuthority(Endpoint endpoint) throws Exception {
    String arn =
        cli(
                endpoint,
                "request-certificate",
                "--domain-name",
                "pets.example.com",
                "--subject-alternative-names",
                "www.pets.example.com",
                "--validation-method",
                "DNS",
                "--tags",
                "Key=team,Value=blue")
            .get("CertificateArn")
            .asString();
    JsonNode told =
        cli(endpoint, "describe-certificate", "--certificate-arn", arn).get("Certificate");
    JsonNode issued = cli(endpoint, "get-certificate", "--certificate-arn", arn);
    JsonNode tags = cli(endpoint, "list-tags-for-certificate", "--certificate-arn", arn);
    JsonNode list = cli(endpoint, "list-certificates");
    Outcome authority = PorticoProcess.run("ca", "--endpoint", endpoint.uri().toString());
    cli(endpoint, "delete-certificate", "--certificate-arn", arn);
    Outcome gone = outcome(endpoint, "describe-certificate", "--certificate-arn", arn);

    certificate(issued.get("Certificate").asString())
        .verify(certificate(authority.out()).getPublicKey());
    assertThat(issued.get("CertificateChain").asString()).isEqualTo(authority.out());
    assertThat(told.path("Status").asString()).isEqualTo("ISSUED");
    assertThat(told.at("/DomainValidationOptions/1/DomainName").asString())
        .isEqualTo("www.pets.example.com");
    assertThat(tags.at("/Tags/0/Value").asString()).isEqualTo("blue");
    assertThat(
            list.path("CertificateSummaryList")
                .valueStream()
                .map(each -> each.get("CertificateArn").asString()))
        .contains(arn);
    assertThat(gone.err()).contains("(ResourceNotFoundException)").contains(arn);
  }

  @Test
  void anImportedCertificateIsReadBack(Endpoint endpoint) throws Exception {
    Path _ = Needed.program("openssl");
    Outcome made =
        run(
            endpoint,
            List.of(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "30",
                "-subj",
                "/CN=imported.example.com",
                "-keyout",
                "key.pem",
                "-out",
                "certificate.pem"));
    assertThat(made.succeeded()).as("%s", made).isTrue();

    String arn =
        cli(
                endpoint,
                "import-certificate",
                "--certificate",
                "fileb://certificate.pem",
                "--private-key",
                "fileb://key.pem")
            .get("CertificateArn")
            .asString();
    JsonNode told =
        cli(endpoint, "describe-certificate", "--certificate-arn", arn).get("Certificate");
    JsonNode read = cli(endpoint, "get-certificate", "--certificate-arn", arn);

    assertThat(told.path("Type").asString()).isEqualTo("IMPORTED");
    assertThat(told.path("DomainName").asString()).isEqualTo("imported.example.com");
    assertThat(certificate(read.get("Certificate").asString()))
        .isEqualTo(certificate(Files.readString(folder.resolve("certificate.pem"))));
  }

  private JsonNode cli(Endpoint endpoint, String... arguments) {
    Outcome outcome = outcome(endpoint, arguments);
    assertThat(outcome.succeeded()).as("%s: %s", List.of(arguments), outcome).isTrue();
    return JsonMapper.shared().readTree(outcome.out().isBlank() ? "{}" : outcome.out());
  }

  private Outcome outcome(Endpoint endpoint, String... arguments) {
    Path _ = Needed.program("aws");
    List<String> command =
        new ArrayList<>(
            List.of(Program.find("aws").orElseThrow().toString(), "--output", "json", "acm"));
    command.addAll(List.of(arguments));
    return run(endpoint, command);
  }

  private Outcome run(Endpoint endpoint, List<String> command) {
    return Program.run(folder, endpoint.environment(), Duration.ofSeconds(90), command);
  }

  private static X509Certificate certificate(String pem) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
  }
}
