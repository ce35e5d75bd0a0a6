package io.portico.gateway.control.acm;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.OperationHandler;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.v1.TestStore;
import io.portico.gateway.json.Json;
import io.portico.gateway.json.Yaml;
import io.portico.gateway.model.DomainNameRecord;
import io.portico.gateway.store.RecordCodec;
import io.portico.gateway.store.Records;
import io.portico.gateway.x509.CertificateAuthority;
import io.portico.gateway.x509.CertificateContent;
import io.portico.gateway.x509.CertificateContent.Purpose;
import io.portico.gateway.x509.CertifiedChain;
import io.portico.gateway.x509.CertifiedKey;
import io.portico.gateway.x509.KeyKind;
import io.portico.gateway.x509.Pem;
import io.portico.gateway.x509.PemException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What servers show of certificates, and that domain names hear of other ones. */
final class ShownCertificatesTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Caller CALLER = new Caller("111122223333", "eu-west-1", null);

  private final Records records = new Records(new TestStore());
  private final List<String> changed = new ArrayList<>();
  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final Operations operations =
      AcmOperations.of(
          new AcmEnvironment(
              records,
              new LocalAuthority(records, clock),
              clock,
              (writer, host) -> changed.add(host)));

  @Test
  void oneThatIsReplacedIsShownByTheDomainNamesThatHaveIt() {
    CertifiedKey first = own();
    CertifiedKey second = own();
    String arn = call("ImportCertificate", imported(first));
    putDomainName(arn);
    assertThat(changed).isEmpty();

    call("ImportCertificate", imported(second).put("CertificateArn", arn));

    assertThat(changed).containsExactly("a.test");
    assertThat(shown(arn))
        .contains(new CertifiedChain(List.of(second.certificate()), second.privateKey()));
  }

  @Test
  void oneThatIsIssuedIsShownWithItsAuthority() {
    String arn = call("RequestCertificate", Json.object().put("DomainName", "a.test"));

    assertThat(shown(arn).orElseThrow().chain())
        .extracting(certificate -> certificate.getSubjectX500Principal().getName())
        .hasSize(2)
        .first()
        .isEqualTo("CN=a.test");
    assertThat(shown(arn + "0")).isEmpty();
    assertThat(shown("nothing")).isEmpty();
  }

  private String call(String operation, ObjectNode input) {
    OperationHandler handler = Objects.requireNonNull(operations.find(operation));
    return handler
        .handle(new OperationCall(operation, CALLER, "request", new Input(input)))
        .get("CertificateArn")
        .asString();
  }

  private Optional<CertifiedChain> shown(String arn) {
    return records.read(
        reader -> {
          try {
            return Optional.ofNullable(AcmRecords.shown(reader, arn));
          } catch (PemException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static CertifiedKey own() {
    return CertificateAuthority.selfSigned(
        new CertificateContent(
            "CN=a.test",
            List.of("a.test"),
            Purpose.SERVER,
            NOW.minusSeconds(60),
            NOW.plusSeconds(60)),
        KeyKind.EC_P256);
  }

  private static ObjectNode imported(CertifiedKey certificate) {
    ObjectNode input = Json.object();
    input.put("Certificate", Pem.of(certificate.certificate()).getBytes(StandardCharsets.US_ASCII));
    input.put("PrivateKey", Pem.of(certificate.privateKey()).getBytes(StandardCharsets.US_ASCII));
    return input;
  }

  private void putDomainName(String certificateArn) {
    DomainNameRecord domain =
        RecordCodec.record(
            (ObjectNode)
                Yaml.parse(
                    """
                    {domainName: a.test, accountId: '111122223333', region: us-east-1,
                     certificateArn: '%s', certificateUploadDate: '2026-01-02T03:04:05Z',
                     endpointConfiguration: {types: [EDGE]}, domainNameStatus: AVAILABLE,
                     securityPolicy: TLS_1_2, routingMode: BASE_PATH_MAPPING_ONLY}"""
                        .formatted(certificateArn)),
            DomainNameRecord.class);
    records.write(
        writer -> {
          writer.put(RecordTypes.DOMAIN_NAME, domain.scope(), domain.key(), domain);
          return domain;
        });
  }
}
