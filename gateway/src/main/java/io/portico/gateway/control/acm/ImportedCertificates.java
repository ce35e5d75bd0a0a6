package io.portico.gateway.control.acm;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.acm.CertificateRecord;
import io.portico.gateway.x509.Issuers;
import io.portico.gateway.x509.Pem;
import io.portico.gateway.x509.PemException;
import io.portico.gateway.x509.PemKeys;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Certificates that are brought along, with their keys. */
// AWS: what is demanded; source: documented, ImportCertificate. The texts are assumed, but for
// those that say otherwise.
final class ImportedCertificates {
  private final AcmEnvironment environment;

  ImportedCertificates(AcmEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations.add("ImportCertificate", this::importCertificate);
  }

  ObjectNode importCertificate(OperationCall call) {
    Input input = call.input();
    String replaced = input.stringOrNull("CertificateArn");
    Map<String, String> tags = CertificateTags.sent(input);
    if (replaced != null && !tags.isEmpty()) {
      throw AcmErrors.validation("Tagging is not permitted on re-import.");
    }
    X509Certificate certificate = certificate(text(input, "Certificate"));
    PrivateKey key = key(text(input, "PrivateKey"), certificate);
    String chain = input.has("CertificateChain") ? text(input, "CertificateChain") : null;
    if (chain != null) {
      checkChain(certificate, chain);
    }
    checkValidity(certificate);
    return environment
        .records()
        .write(
            records -> {
              Instant now = environment.now();
              CertificateRecord before =
                  replaced == null ? null : AcmRecords.find(records, call.caller(), replaced);
              if (before != null && !before.isImported()) {
                throw AcmErrors.validation(
                    "The certificate %s was not imported and cannot be replaced by an import."
                        .formatted(replaced));
              }
              List<String> names = CertificateView.namesOf(certificate);
              CertificateRecord made =
                  new CertificateRecord(
                      before == null
                          ? AcmRecords.arn(call.caller(), UUID.randomUUID().toString())
                          : before.arn(),
                      names.isEmpty() ? null : names.getFirst(),
                      names,
                      Pem.of(certificate),
                      chain,
                      Pem.of(key),
                      before == null ? now : before.createdAt(),
                      now,
                      null,
                      before == null ? tags : before.tags());
              AcmRecords.put(records, call.caller(), made);
              if (before != null) {
                CertificateUse.hosts(records, made.arn())
                    .forEach(host -> environment.domainNames().changed(records, host));
              }
              return Json.object().put("CertificateArn", made.arn());
            });
  }

  private static String text(Input input, String member) {
    return new String(input.bytes(member), StandardCharsets.ISO_8859_1);
  }

  private static X509Certificate certificate(String text) {
    List<X509Certificate> found;
    try {
      found = Pem.certificates(text);
    } catch (PemException e) {
      throw AcmErrors.validation("The certificate is not valid: it must be PEM-encoded.");
    }
    if (found.size() > 1) {
      // AWS: source: reported by users of AWS's clients,
      // https://github.com/hashicorp/terraform-provider-aws/issues/19400.
      throw AcmErrors.validation(
          "The certificate field contains more than one certificate. You can specify only one"
              + " certificate in this field.");
    }
    if (CertificateView.keyAlgorithm(found.getFirst()) == null) {
      throw AcmErrors.validation("The certificate's key is of an algorithm that is not supported.");
    }
    return found.getFirst();
  }

  private static PrivateKey key(String text, X509Certificate certificate) {
    PrivateKey key;
    try {
      key = PemKeys.read(text);
    } catch (PemException e) {
      throw AcmErrors.validation(
          "The private key is not valid: it must be PEM-encoded and not be encrypted.");
    }
    if (!PemKeys.belongTogether(certificate, key)) {
      throw AcmErrors.validation("The private key does not match the certificate.");
    }
    return key;
  }

  private static void checkChain(X509Certificate certificate, String text) {
    if (!Issuers.haveSigned(certificate, chain(text))) {
      throw AcmErrors.validation("Could not validate the certificate with the certificate chain.");
    }
  }

  private static List<X509Certificate> chain(String text) {
    try {
      return Pem.certificates(text);
    } catch (PemException e) {
      throw AcmErrors.validation("The certificate chain is not valid: it must be PEM-encoded.");
    }
  }

  private void checkValidity(X509Certificate certificate) {
    Instant now = environment.clock().instant();
    @Nullable String problem =
        now.isBefore(certificate.getNotBefore().toInstant())
            ? "is not in effect until " + certificate.getNotBefore().toInstant()
            : now.isAfter(certificate.getNotAfter().toInstant())
                ? "has expired at " + certificate.getNotAfter().toInstant()
                : null;
    if (problem != null) {
      throw AcmErrors.validation("The certificate " + problem + ".");
    }
  }
}
