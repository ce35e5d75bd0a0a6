package io.portico.gateway.control.acm;

import io.portico.gateway.json.Json;
import io.portico.gateway.model.acm.CertificateRecord;
import io.portico.gateway.model.acm.CertificateRecord.Request;
import io.portico.gateway.store.StoreException;
import io.portico.gateway.x509.Pem;
import io.portico.gateway.x509.PemException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A certificate as Certificate Manager describes and lists it. */
final class CertificateReply {
  private static final int MOST_NAMES_LISTED = 100;

  // AWS: source: documented, DomainValidationOption.
  private static final List<String> MAILBOXES =
      List.of("admin", "administrator", "hostmaster", "postmaster", "webmaster");

  private final CertificateRecord record;
  private final X509Certificate certificate;
  private final Instant now;

  CertificateReply(CertificateRecord record, Instant now) {
    this.record = record;
    this.certificate = read(record);
    this.now = now;
  }

  static X509Certificate read(CertificateRecord record) {
    try {
      return Pem.certificates(record.certificate()).getFirst();
    } catch (PemException e) {
      throw new StoreException("the stored certificate " + record.arn() + " cannot be read", e);
    }
  }

  String status() {
    return isIssued() ? "ISSUED" : "EXPIRED";
  }

  /** Whether it has not expired. */
  boolean isIssued() {
    return !now.isAfter(certificate.getNotAfter().toInstant());
  }

  /** Such as {@code RSA_2048}. */
  String keyAlgorithm() {
    return Objects.requireNonNullElse(CertificateView.keyAlgorithm(certificate), "");
  }

  X509Certificate certificate() {
    return certificate;
  }

  /**
   * All that DescribeCertificate says.
   *
   * @param users ARNs of what uses it
   */
  ObjectNode detail(List<String> users) {
    ObjectNode reply = common();
    addAll(reply.putArray("SubjectAlternativeNames"), record.names());
    Request request = record.request();
    if (request != null) {
      validations(reply.putArray("DomainValidationOptions"), request);
    }
    reply.put("Serial", CertificateView.serial(certificate));
    reply.put("Subject", certificate.getSubjectX500Principal().getName());
    reply.put("Issuer", issuer());
    reply.put("SignatureAlgorithm", certificate.getSigAlgName().toUpperCase(Locale.ROOT));
    addAll(reply.putArray("InUseBy"), users);
    ArrayNode usages = reply.putArray("KeyUsages");
    CertificateView.keyUsages(certificate).forEach(usage -> usages.addObject().put("Name", usage));
    ArrayNode extended = reply.putArray("ExtendedKeyUsages");
    CertificateView.extendedKeyUsages(certificate)
        .forEach((oid, name) -> extended.addObject().put("Name", name).put("OID", oid));
    ObjectNode options = reply.putObject("Options");
    options.put(
        "CertificateTransparencyLoggingPreference",
        request == null ? "DISABLED" : request.transparencyLogging());
    if (request != null) {
      options.put("Export", request.export());
    }
    return reply;
  }

  /** What ListCertificates says. */
  ObjectNode summary(boolean inUse) {
    ObjectNode reply = common();
    addAll(
        reply.putArray("SubjectAlternativeNameSummaries"),
        record.names().stream().limit(MOST_NAMES_LISTED).toList());
    reply.put("HasAdditionalSubjectAlternativeNames", record.names().size() > MOST_NAMES_LISTED);
    addAll(reply.putArray("KeyUsages"), CertificateView.keyUsages(certificate));
    addAll(
        reply.putArray("ExtendedKeyUsages"),
        CertificateView.extendedKeyUsages(certificate).values());
    reply.put("InUse", inUse);
    reply.put("ExportOption", record.request() == null ? "DISABLED" : record.request().export());
    reply.put("Exported", false);
    return reply;
  }

  private ObjectNode common() {
    ObjectNode reply = Json.object();
    reply.put("CertificateArn", record.arn());
    put(reply, "DomainName", record.domainName());
    reply.put("Status", status());
    reply.put("Type", record.isImported() ? "IMPORTED" : "AMAZON_ISSUED");
    // AWS: with a hyphen, unlike its model; source: reported by users of AWS's clients,
    // https://github.com/aws/aws-sdk-js/issues/2133.
    reply.put("KeyAlgorithm", keyAlgorithm().replaceFirst("_", "-"));
    reply.put("RenewalEligibility", "INELIGIBLE");
    date(reply, "NotBefore", certificate.getNotBefore().toInstant());
    date(reply, "NotAfter", certificate.getNotAfter().toInstant());
    date(reply, "CreatedAt", record.createdAt());
    date(reply, record.isImported() ? "ImportedAt" : "IssuedAt", record.lastMadeAt());
    reply.put(
        "CertificateKeyPairOrigin", record.isImported() ? "CUSTOMER_PROVIDED" : "AWS_MANAGED");
    Request request = record.request();
    put(reply, "ManagedBy", request == null ? null : request.managedBy());
    return reply;
  }

  private void validations(ArrayNode validations, Request request) {
    for (String name : record.names()) {
      ObjectNode validation = validations.addObject();
      String domain = request.validationDomains().getOrDefault(name, name);
      validation.put("DomainName", name);
      validation.put("ValidationDomain", domain);
      validation.put("ValidationStatus", "SUCCESS");
      validation.put("ValidationMethod", request.validationMethod());
      if (request.validationMethod().equals("DNS")) {
        resourceRecord(validation.putObject("ResourceRecord"), name);
      } else if (request.validationMethod().equals("EMAIL")) {
        ArrayNode emails = validation.putArray("ValidationEmails");
        String host = withoutWildcard(domain);
        MAILBOXES.forEach(mailbox -> emails.add(mailbox + "@" + host));
      }
    }
  }

  /** The record by which a name would be validated: the same for a name with a wildcard. */
  private void resourceRecord(ObjectNode target, String name) {
    String host = withoutWildcard(name);
    target.put("Name", "_" + digest("name " + host) + "." + host + ".");
    target.put("Type", "CNAME");
    target.put("Value", "_" + digest("value " + host) + ".acm-validations.aws.");
  }

  private static String withoutWildcard(String name) {
    return name.startsWith("*.") ? name.substring(2) : name;
  }

  // AWS: the same of all certificates of an account for a name; source: documented, "DNS
  // validation".
  private String digest(String text) {
    String account = record.arn().split(":", 6)[4];
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((account + " " + text).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no SHA-256", e);
    }
  }

  // AWS: "Amazon", a name and no distinguished one; source: documented, the sample of
  // DescribeCertificate.
  private String issuer() {
    return Objects.requireNonNullElse(
        CertificateView.commonName(certificate.getIssuerX500Principal()),
        certificate.getIssuerX500Principal().getName());
  }

  private static void addAll(ArrayNode target, Iterable<String> texts) {
    texts.forEach(target::add);
  }

  private static void put(ObjectNode reply, String member, @Nullable String text) {
    if (text != null) {
      reply.put(member, text);
    }
  }

  private static void date(ObjectNode reply, String member, Instant date) {
    reply.put(member, date.getEpochSecond());
  }
}
