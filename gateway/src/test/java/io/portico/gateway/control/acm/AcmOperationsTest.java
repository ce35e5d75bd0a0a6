package io.portico.gateway.control.acm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.domains.Certificates.Origin;
import io.portico.gateway.control.protocol.AwsApi;
import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.OperationHandler;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.protocol.ServiceModel;
import io.portico.gateway.control.v1.TestStore;
import io.portico.gateway.json.Json;
import io.portico.gateway.json.Yaml;
import io.portico.gateway.model.DomainNameRecord;
import io.portico.gateway.store.RecordCodec;
import io.portico.gateway.store.Records;
import io.portico.gateway.x509.CertificateAuthority;
import io.portico.gateway.x509.CertificateContent;
import io.portico.gateway.x509.CertificateContent.Purpose;
import io.portico.gateway.x509.CertifiedKey;
import io.portico.gateway.x509.KeyKind;
import io.portico.gateway.x509.Pem;
import io.portico.gateway.x509.PemException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Certificates: asked for, brought along, told of and deleted. */
final class AcmOperationsTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Caller CALLER = new Caller("111122223333", "eu-west-1", null);
  private static final Caller ELSEWHERE = new Caller("111122223333", "us-east-1", null);

  private final Records records = new Records(new TestStore());
  private final Operations operations = at(NOW);

  private Operations at(Instant now) {
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    return AcmOperations.of(
        new AcmEnvironment(
            records, new LocalAuthority(records, clock), clock, (writer, host) -> {}));
  }

  private static ObjectNode call(
      Operations operations, Caller caller, String operation, ObjectNode input) {
    OperationHandler handler = operations.find(operation);
    assertThat(handler).as(operation).isNotNull();
    return handler.handle(new OperationCall(operation, caller, "request", new Input(input)));
  }

  private ObjectNode call(String operation, String input) {
    return call(operations, CALLER, operation, parse(input));
  }

  private static ObjectNode parse(String input) {
    return (ObjectNode) Yaml.parse(input);
  }

  private static String refusal(Runnable call) {
    ServiceException refusal = catchThrowableOfType(ServiceException.class, call::run);
    return refusal.code() + ": " + refusal.text();
  }

  private String request(String input) {
    return call("RequestCertificate", input).get("CertificateArn").asString();
  }

  private JsonNode describe(String arn) {
    return call("DescribeCertificate", "{CertificateArn: '%s'}".formatted(arn)).get("Certificate");
  }

  private static CertifiedKey own(String name, Instant from, KeyKind kind) {
    return CertificateAuthority.selfSigned(
        new CertificateContent(
            "CN=" + name,
            List.of(name, "www." + name),
            Purpose.SERVER,
            from,
            from.plusSeconds(900)),
        kind);
  }

  private static ObjectNode imported(String certificate, String key, @Nullable String chain) {
    ObjectNode input = Json.object();
    input.put("Certificate", certificate.getBytes(StandardCharsets.US_ASCII));
    input.put("PrivateKey", key.getBytes(StandardCharsets.US_ASCII));
    if (chain != null) {
      input.put("CertificateChain", chain.getBytes(StandardCharsets.US_ASCII));
    }
    return input;
  }

  @Test
  void everyOperationIsOneOfTheModel() {
    assertThat(ServiceModel.of(AwsApi.ACM).operationNames()).containsAll(operations.names());
  }

  @Test
  void aRequestedCertificateIsIssuedAtOnce() {
    String arn =
        request(
            """
            {DomainName: Pets.Example.com, ValidationMethod: DNS,
             SubjectAlternativeNames: ['*.pets.example.com', pets.example.com]}
            """);

    JsonNode told = describe(arn);

    assertThat(arn)
        .matches(
            "arn:aws:acm:eu-west-1:111122223333:certificate/[0-9a-f]{8}(-[0-9a-f]{4}){3}-\\w{12}");
    assertThat(told.path("DomainName").asString()).isEqualTo("pets.example.com");
    assertThat(told.path("SubjectAlternativeNames").toString())
        .isEqualTo("[\"pets.example.com\",\"*.pets.example.com\"]");
    assertThat(told.path("Status").asString()).isEqualTo("ISSUED");
    assertThat(told.path("Type").asString()).isEqualTo("AMAZON_ISSUED");
    assertThat(told.path("KeyAlgorithm").asString()).isEqualTo("RSA-2048");
    assertThat(told.path("SignatureAlgorithm").asString()).isEqualTo("SHA256WITHRSA");
    assertThat(told.path("Issuer").asString()).isEqualTo("Portico local CA");
    assertThat(told.path("Serial").asString()).matches("([0-9a-f]{2}:)+[0-9a-f]{2}");
    assertThat(told.path("CreatedAt").asLong()).isEqualTo(NOW.getEpochSecond());
    assertThat(told.path("IssuedAt").asLong()).isEqualTo(NOW.getEpochSecond());
    assertThat(told.path("NotAfter").asLong() - told.path("NotBefore").asLong())
        .isEqualTo(Duration.ofDays(395).toSeconds());
    assertThat(told.path("KeyUsages").toString())
        .isEqualTo("[{\"Name\":\"DIGITAL_SIGNATURE\"},{\"Name\":\"KEY_ENCIPHERMENT\"}]");
    assertThat(told.at("/ExtendedKeyUsages/0/Name").asString())
        .isEqualTo("TLS_WEB_SERVER_AUTHENTICATION");
    assertThat(told.at("/DomainValidationOptions/0/ValidationStatus").asString())
        .isEqualTo("SUCCESS");
    assertThat(told.at("/DomainValidationOptions/0/ResourceRecord/Name").asString())
        .matches("_[0-9a-f]{32}\\.pets\\.example\\.com\\.");
    // One record validates a name with a wildcard, too.
    assertThat(told.at("/DomainValidationOptions/1/ResourceRecord"))
        .isEqualTo(told.at("/DomainValidationOptions/0/ResourceRecord"));
    assertThat(told.toString()).doesNotContain("PRIVATE");
  }

  @Test
  void whoTrustsTheAuthorityTrustsWhatIsIssued() throws GeneralSecurityException, PemException {
    JsonNode one =
        call("GetCertificate", "{CertificateArn: '%s'}".formatted(request("{DomainName: a.test}")));
    JsonNode other =
        call(
            "GetCertificate",
            "{CertificateArn: '%s'}"
                .formatted(request("{DomainName: b.test, KeyAlgorithm: EC_prime256v1}")));
    X509Certificate authority =
        new LocalAuthority(records, Clock.fixed(NOW, ZoneOffset.UTC)).certificate();

    for (JsonNode each : List.of(one, other)) {
      X509Certificate certificate = Pem.certificates(each.get("Certificate").asString()).getFirst();
      certificate.verify(authority.getPublicKey());
      assertThat(Pem.certificates(each.get("CertificateChain").asString()))
          .containsExactly(authority);
    }
    assertThat(one.size()).isEqualTo(2);
  }

  @Test
  void theSameTokenIsTheSameRequestForAnHour() {
    String input = "{DomainName: a.test, IdempotencyToken: t1}";
    String first = request(input);
    Operations later = at(NOW.plus(Duration.ofMinutes(61)));

    assertThat(request(input)).isEqualTo(first);
    assertThat(request("{DomainName: b.test, IdempotencyToken: t1}")).isNotEqualTo(first);
    assertThat(request("{DomainName: a.test}")).isNotEqualTo(first);
    assertThat(
            call(later, CALLER, "RequestCertificate", parse(input))
                .get("CertificateArn")
                .asString())
        .isNotEqualTo(first);
  }

  @Test
  void mailsWouldGoToTheDomainThatIsAskedFor() {
    JsonNode told =
        describe(
            request(
                """
                {DomainName: a.b.test, DomainValidationOptions:
                 [{DomainName: a.b.test, ValidationDomain: b.test}]}
                """));

    assertThat(told.at("/DomainValidationOptions/0/ValidationMethod").asString())
        .isEqualTo("EMAIL");
    assertThat(told.at("/DomainValidationOptions/0/ValidationDomain").asString())
        .isEqualTo("b.test");
    assertThat(told.at("/DomainValidationOptions/0/ValidationEmails/0").asString())
        .isEqualTo("admin@b.test");
  }

  @Test
  void whatCannotBeIssuedIsRefused() {
    assertThat(
            refusal(
                () ->
                    request(
                        """
                        {DomainName: a.test, DomainValidationOptions:
                         [{DomainName: a.test, ValidationDomain: b.test}]}
                        """)))
        .isEqualTo(
            "InvalidDomainValidationOptionsException: The validation domain b.test is neither a.test"
                + " nor a superdomain of it.");
    assertThat(refusal(() -> request("{DomainName: a.test, KeyAlgorithm: RSA_4096}")))
        .startsWith("InvalidParameterException: The key algorithm RSA_4096");
    assertThat(refusal(() -> request("{DomainName: %s.test}".formatted("a".repeat(60)))))
        .startsWith("InvalidParameterException: The first domain name");
    assertThat(
            refusal(
                () ->
                    request(
                        "{DomainName: a.test, CertificateAuthorityArn: 'arn:aws:acm-pca:r:1:a/b'}")))
        .startsWith("NotImplementedException: ");
    assertThat(call("ListCertificates", "{}").path("CertificateSummaryList").isEmpty()).isTrue();
  }

  @Test
  void anImportedCertificateIsKeptAndReplaced() {
    CertifiedKey first = own("a.test", NOW.minusSeconds(60), KeyKind.RSA_2048);
    CertifiedKey second = own("a.test", NOW.minusSeconds(30), KeyKind.EC_P256);
    ObjectNode input = imported(Pem.of(first.certificate()), Pem.of(first.privateKey()), null);
    input.putArray("Tags").addObject().put("Key", "team").put("Value", "blue");
    String arn =
        call(operations, CALLER, "ImportCertificate", input).get("CertificateArn").asString();
    JsonNode before = describe(arn);
    ObjectNode again =
        imported(Pem.of(second.certificate()), Pem.of(second.privateKey()), null)
            .put("CertificateArn", arn);

    ObjectNode replaced =
        call(at(NOW.plusSeconds(5)), CALLER, "ImportCertificate", again.deepCopy());
    JsonNode after = describe(arn);

    assertThat(before.path("Type").asString()).isEqualTo("IMPORTED");
    assertThat(origin(arn, NOW)).isEqualTo(Origin.IMPORTED);
    assertThat(before.has("DomainValidationOptions") || before.has("IssuedAt")).isFalse();
    assertThat(before.path("SubjectAlternativeNames").toString())
        .isEqualTo("[\"a.test\",\"www.a.test\"]");
    assertThat(replaced.get("CertificateArn").asString()).isEqualTo(arn);
    assertThat(after.path("KeyAlgorithm").asString()).isEqualTo("EC-prime256v1");
    assertThat(after.path("ImportedAt").asLong()).isEqualTo(NOW.plusSeconds(5).getEpochSecond());
    assertThat(after.path("CreatedAt").asLong()).isEqualTo(NOW.getEpochSecond());
    assertThat(call("ListTagsForCertificate", "{CertificateArn: '%s'}".formatted(arn)).toString())
        .isEqualTo("{\"Tags\":[{\"Key\":\"team\",\"Value\":\"blue\"}]}");
    assertThat(
            call("GetCertificate", "{CertificateArn: '%s'}".formatted(arn)).has("CertificateChain"))
        .isFalse();
  }

  @Test
  void whatCannotBeImportedIsRefused() {
    CertifiedKey own = own("a.test", NOW.minusSeconds(60), KeyKind.EC_P256);
    CertifiedKey other = own("b.test", NOW.minusSeconds(60), KeyKind.EC_P256);
    CertifiedKey early = own("c.test", NOW.plusSeconds(60), KeyKind.EC_P256);
    CertifiedKey late = own("d.test", NOW.minusSeconds(1_000), KeyKind.EC_P256);
    String certificate = Pem.of(own.certificate());
    String key = Pem.of(own.privateKey());

    assertThat(refusal(() -> importAll(certificate + Pem.of(other.certificate()), key, null)))
        .isEqualTo(
            "ValidationException: The certificate field contains more than one certificate. You can"
                + " specify only one certificate in this field.");
    assertThat(refusal(() -> importAll("nothing", key, null)))
        .startsWith("ValidationException: The certificate is not valid");
    assertThat(refusal(() -> importAll(certificate, "nothing", null)))
        .startsWith("ValidationException: The private key is not valid");
    assertThat(refusal(() -> importAll(certificate, key.replace("M", "A"), null)))
        .startsWith("ValidationException: The private key");
    assertThat(refusal(() -> importAll(certificate, Pem.of(other.privateKey()), null)))
        .isEqualTo("ValidationException: The private key does not match the certificate.");
    assertThat(refusal(() -> importAll(certificate, key, Pem.of(other.certificate()))))
        .startsWith("ValidationException: Could not validate the certificate with");
    assertThat(
            refusal(() -> importAll(Pem.of(early.certificate()), Pem.of(early.privateKey()), null)))
        .startsWith("ValidationException: The certificate is not in effect until");
    assertThat(
            refusal(() -> importAll(Pem.of(late.certificate()), Pem.of(late.privateKey()), null)))
        .startsWith("ValidationException: The certificate has expired");
  }

  private ObjectNode importAll(String certificate, String key, @Nullable String chain) {
    return call(operations, CALLER, "ImportCertificate", imported(certificate, key, chain));
  }

  @ParameterizedTest
  @EnumSource(names = {"EC_P256", "RSA_2048"})
  void whatIsBrokenAnywhereIsRefusedOrACertificateAsAnyOther(KeyKind kind)
      throws GeneralSecurityException {
    CertifiedKey own = own("a.test", NOW.minusSeconds(60), kind);
    byte[] certificate = own.certificate().getEncoded();
    byte[] key = own.privateKey().getEncoded();

    for (int i = 0; i < certificate.length; i += 2) {
      assertIsRefusedOrKept(flipped(certificate, i), key);
    }
    for (int i = 0; i < key.length; i += 2) {
      assertIsRefusedOrKept(certificate, flipped(key, i));
    }
    assertThat(call("ListCertificates", "{}").path("CertificateSummaryList").isArray()).isTrue();
  }

  private static byte[] flipped(byte[] content, int at) {
    byte[] changed = content.clone();
    changed[at] ^= (byte) (1 << (at / 2 % 8));
    return changed;
  }

  private void assertIsRefusedOrKept(byte[] certificate, byte[] key) {
    ObjectNode imported;
    try {
      imported = importAll(pem("CERTIFICATE", certificate), pem("PRIVATE KEY", key), null);
    } catch (ServiceException refusal) {
      assertThat(refusal.code()).isEqualTo("ValidationException");
      return;
    }
    String arn = imported.get("CertificateArn").asString();
    assertThat(describe(arn).path("CertificateArn").asString()).isEqualTo(arn);
  }

  private static String pem(String kind, byte[] content) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(kind, Base64.getMimeEncoder().encodeToString(content), kind);
  }

  @Test
  void listsHaveFiltersPagesAndAnOrder() {
    String first = request("{DomainName: a.test}");
    String curve = request("{DomainName: b.test, KeyAlgorithm: EC_prime256v1}");
    String second =
        call(at(NOW.plusSeconds(9)), CALLER, "RequestCertificate", parse("{DomainName: c.test}"))
            .get("CertificateArn")
            .asString();
    ObjectNode page = call("ListCertificates", "{MaxItems: 1}");
    ObjectNode next =
        call(
            "ListCertificates",
            "{MaxItems: 1, NextToken: '%s'}".formatted(page.get("NextToken").asString()));

    assertThat(arns(page)).containsExactly(first);
    assertThat(arns(next)).containsExactly(second);
    assertThat(next.has("NextToken")).isFalse();
    assertThat(arns(call("ListCertificates", "{Includes: {keyTypes: [EC_prime256v1]}}")))
        .containsExactly(curve);
    assertThat(arns(call("ListCertificates", "{SortBy: CREATED_AT, SortOrder: DESCENDING}")))
        .containsExactly(second, first);
    assertThat(arns(call("ListCertificates", "{CertificateStatuses: [EXPIRED]}"))).isEmpty();
    assertThat(
            arns(
                call(
                    at(NOW.plus(Duration.ofDays(400))),
                    CALLER,
                    "ListCertificates",
                    parse("{CertificateStatuses: [EXPIRED]}"))))
        .containsExactly(first, second);
    assertThat(refusal(() -> call("ListCertificates", "{NextToken: nonsense}")))
        .startsWith("ValidationException: ");
    assertThat(refusal(() -> call("ListCertificates", "{SortBy: CREATED_AT}")))
        .startsWith("ValidationException: ");
  }

  private static List<String> arns(ObjectNode reply) {
    return reply
        .get("CertificateSummaryList")
        .valueStream()
        .map(each -> each.get("CertificateArn").asString())
        .toList();
  }

  @Test
  void tagsComeAndGo() {
    String arn = request("{DomainName: a.test, Tags: [{Key: a, Value: '1'}, {Key: b}]}");

    call(
        "AddTagsToCertificate",
        "{CertificateArn: '%s', Tags: [{Key: a, Value: '2'}, {Key: c}]}".formatted(arn));
    call(
        "RemoveTagsFromCertificate",
        "{CertificateArn: '%s', Tags: [{Key: a, Value: '1'}, {Key: b}]}".formatted(arn));

    assertThat(call("ListTagsForCertificate", "{CertificateArn: '%s'}".formatted(arn)).toString())
        .isEqualTo("{\"Tags\":[{\"Key\":\"a\",\"Value\":\"2\"},{\"Key\":\"c\",\"Value\":\"\"}]}");
    assertThat(
            refusal(
                () ->
                    call(
                        "AddTagsToCertificate",
                        "{CertificateArn: '%s', Tags: [{Key: 'aws:x'}]}".formatted(arn))))
        .startsWith("InvalidTagException: ");
  }

  @Test
  void aCertificateIsItsRegionsAndGoneWhenDeleted() {
    String arn = request("{DomainName: a.test}");
    ObjectNode input = Json.object().put("CertificateArn", arn);

    String elsewhere =
        refusal(() -> call(operations, ELSEWHERE, "DescribeCertificate", input.deepCopy()));
    call(operations, CALLER, "DeleteCertificate", input.deepCopy());
    String gone = refusal(() -> describe(arn));

    assertThat(elsewhere).startsWith("ResourceNotFoundException: ");
    assertThat(gone)
        .isEqualTo(
            "ResourceNotFoundException: Requested certificate %s not found in account 111122223333."
                .formatted(arn));
  }

  @Test
  void oneThatHasExpiredIsNotIssued() {
    String arn = request("{DomainName: a.test}");

    assertThat(origin(arn, NOW)).isEqualTo(Origin.ISSUED_BY_ACM);
    assertThat(origin(arn, NOW.plus(Duration.ofDays(396)))).isEqualTo(Origin.NONE);
    assertThat(origin(arn + "0", NOW)).isEqualTo(Origin.NONE);
    assertThat(origin("nothing", NOW)).isEqualTo(Origin.NONE);
  }

  private Origin origin(String arn, Instant now) {
    return records.read(reader -> AcmRecords.origin(reader, arn, now));
  }

  @Test
  void oneThatADomainNameHasIsInUse() {
    String arn = request("{DomainName: a.test}");
    ObjectNode named = Json.object().put("CertificateArn", arn);
    putDomainName(arn, "EDGE", "");
    putDomainName(arn, "PRIVATE", "domainNameId: abc,");

    String refusal = refusal(() -> call(operations, CALLER, "DeleteCertificate", named.deepCopy()));

    assertThat(refusal)
        .isEqualTo(
            "ResourceInUseException: Certificate %s in account 111122223333 is in use."
                .formatted(arn));
    assertThat(describe(arn).get("InUseBy").valueStream().map(JsonNode::asString))
        .containsExactly(
            "arn:aws:apigateway:us-east-1::/domainnames/a.test",
            "arn:aws:apigateway:us-east-1:111122223333:/domainnames/a.test+abc");
    assertThat(call("ListCertificates", "{}").at("/CertificateSummaryList/0/InUse").asBoolean())
        .isTrue();
  }

  private void putDomainName(String certificateArn, String type, String members) {
    DomainNameRecord domain =
        RecordCodec.record(
            parse(
                """
                {domainName: a.test, accountId: '111122223333', region: us-east-1, %s
                 certificateArn: '%s', certificateUploadDate: '2026-01-02T03:04:05Z',
                 endpointConfiguration: {types: [%s]}, domainNameStatus: AVAILABLE,
                 securityPolicy: TLS_1_2, routingMode: BASE_PATH_MAPPING_ONLY}"""
                    .formatted(members, certificateArn, type)),
            DomainNameRecord.class);
    records.write(
        writer -> {
          writer.put(RecordTypes.DOMAIN_NAME, domain.scope(), domain.key(), domain);
          return domain;
        });
  }
}
