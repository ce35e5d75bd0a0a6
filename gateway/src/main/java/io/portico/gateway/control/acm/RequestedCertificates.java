package io.portico.gateway.control.acm;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.acm.CertificateRecord;
import io.portico.gateway.model.acm.CertificateRecord.Request;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.x509.CertifiedKey;
import io.portico.gateway.x509.KeyKind;
import io.portico.gateway.x509.Pem;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Certificates that are asked for: issued at once, by an authority of Portico's own. */
final class RequestedCertificates {
  // AWS: 13 months; source: documented, "ACM certificate characteristics".
  private static final Duration VALIDITY = Duration.ofDays(395);

  // AWS: source: documented, RequestCertificate.
  private static final Duration TOKEN_VALIDITY = Duration.ofHours(1);
  private static final int LONGEST_COMMON_NAME = 64;

  private final AcmEnvironment environment;

  RequestedCertificates(AcmEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations.add("RequestCertificate", this::requestCertificate);
  }

  // AWS: a public certificate is PENDING_VALIDATION until its names are validated. Here there is
  // nobody to ask: it is issued, and its names count as validated.
  ObjectNode requestCertificate(OperationCall call) {
    Input input = call.input();
    if (input.has("CertificateAuthorityArn")) {
      throw ServiceException.notImplemented("RequestCertificate with CertificateAuthorityArn");
    }
    List<String> names = names(input);
    Request request = request(input, names);
    KeyKind kind = kind(input.stringOrNull("KeyAlgorithm"));
    Map<String, String> tags = CertificateTags.sent(input);
    Optional<CertificateRecord> before =
        environment.records().read(records -> before(records, call, names, request));
    if (before.isPresent()) {
      return arn(before.get());
    }
    // Before the store is locked: a key takes its time.
    CertifiedKey made =
        environment.authority().issue("CN=" + names.getFirst(), names, VALIDITY, kind);
    String chain = Pem.of(environment.authority().certificate());
    return environment
        .records()
        .write(
            records -> {
              Optional<CertificateRecord> meanwhile = before(records, call, names, request);
              if (meanwhile.isPresent()) {
                return arn(meanwhile.get());
              }
              CertificateRecord certificate =
                  new CertificateRecord(
                      AcmRecords.arn(call.caller(), UUID.randomUUID().toString()),
                      names.getFirst(),
                      names,
                      Pem.of(made.certificate()),
                      chain,
                      Pem.of(made.privateKey()),
                      environment.now(),
                      environment.now(),
                      request,
                      tags);
              AcmRecords.put(records, call.caller(), certificate);
              return arn(certificate);
            });
  }

  private static ObjectNode arn(CertificateRecord certificate) {
    return Json.object().put("CertificateArn", certificate.arn());
  }

  /** All names, the one of the subject first, each once. */
  // AWS: names are the same whatever their letter case; source: RFC 4343, and assumed of AWS.
  private static List<String> names(Input input) {
    Set<String> names = new LinkedHashSet<>();
    String first = input.string("DomainName").toLowerCase(Locale.ROOT);
    if (first.length() > LONGEST_COMMON_NAME) {
      // AWS: source: documented, RequestCertificate; the text is assumed.
      throw AcmErrors.invalidParameter(
          "The first domain name can be no longer than %d characters."
              .formatted(LONGEST_COMMON_NAME));
    }
    names.add(first);
    List<String> others = input.stringsOrNull("SubjectAlternativeNames");
    if (others != null) {
      others.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    }
    return List.copyOf(names);
  }

  // AWS: the defaults; source: documented, RequestCertificate. EMAIL: that of its API, assumed.
  private static Request request(Input input, List<String> names) {
    String method = input.stringOrNull("ValidationMethod");
    Input options = input.structureOrNull("Options");
    String transparency =
        options == null ? null : options.stringOrNull("CertificateTransparencyLoggingPreference");
    String export = options == null ? null : options.stringOrNull("Export");
    return new Request(
        method == null ? "EMAIL" : method,
        validationDomains(input, names),
        input.stringOrNull("IdempotencyToken"),
        transparency == null ? "ENABLED" : transparency,
        export == null ? "DISABLED" : export,
        input.stringOrNull("ManagedBy"));
  }

  // AWS: source: documented, DomainValidationOption; the texts are assumed.
  private static Map<String, String> validationDomains(Input input, List<String> names) {
    Map<String, String> domains = new LinkedHashMap<>();
    JsonNode sent = input.json().path("DomainValidationOptions");
    for (JsonNode option : sent) {
      String name = option.path("DomainName").asString("").toLowerCase(Locale.ROOT);
      String domain = option.path("ValidationDomain").asString("").toLowerCase(Locale.ROOT);
      if (!names.contains(name)) {
        throw AcmErrors.invalidValidationOptions(
            "The domain name %s is not in the request.".formatted(name));
      }
      String host = name.startsWith("*.") ? name.substring(2) : name;
      if (!host.equals(domain) && !host.endsWith("." + domain)) {
        throw AcmErrors.invalidValidationOptions(
            "The validation domain %s is neither %s nor a superdomain of it."
                .formatted(domain, name));
      }
      domains.put(name, domain);
    }
    return domains;
  }

  // AWS: what can be asked for; source: documented, RequestCertificate. The text is assumed.
  private static KeyKind kind(@Nullable String algorithm) {
    return switch (algorithm) {
      case null -> KeyKind.RSA_2048;
      case "RSA_2048" -> KeyKind.RSA_2048;
      case "EC_prime256v1" -> KeyKind.EC_P256;
      case "EC_secp384r1" -> KeyKind.EC_P384;
      default ->
          throw AcmErrors.invalidParameter(
              "The key algorithm %s is not supported for certificates that are requested."
                  .formatted(algorithm));
    };
  }

  /** What the same request has made before. */
  private Optional<CertificateRecord> before(
      RecordReader records, OperationCall call, List<String> names, Request request) {
    if (request.idempotencyToken() == null) {
      return Optional.empty();
    }
    Instant since = environment.now().minus(TOKEN_VALIDITY);
    for (CertificateRecord each : records.list(AcmRecords.CERTIFICATE, call.caller().scope())) {
      Request made = each.request();
      if (made != null
          && Objects.equals(made.idempotencyToken(), request.idempotencyToken())
          && each.names().equals(names)
          && each.createdAt().isAfter(since)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }
}
