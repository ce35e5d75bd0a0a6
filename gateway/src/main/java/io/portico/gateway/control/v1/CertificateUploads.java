package io.portico.gateway.control.v1;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.model.DomainNameRecord.UploadedCertificate;
import io.portico.gateway.model.RestApiRecord.EndpointConfiguration;
import io.portico.gateway.x509.Issuers;
import io.portico.gateway.x509.Pem;
import io.portico.gateway.x509.PemException;
import io.portico.gateway.x509.PemKeys;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Certificates that are uploaded with a domain name, for its EDGE or PRIVATE endpoint.
 *
 * <p>AWS: hands them to IAM, whose texts it answers; source: documented, CreateDomainName, and
 * reported by users of AWS's clients,
 * https://github.com/carlnordenfelt/aws-api-gateway-for-cloudformation/issues/49. Which texts IAM
 * has for what else is wrong is assumed, after the errors of UploadServerCertificate.
 */
final class CertificateUploads {
  private static final String BODY = "certificateBody";
  private static final String KEY = "certificatePrivateKey";
  private static final String CHAIN = "certificateChain";

  private CertificateUploads() {}

  /**
   * What a call uploads, or null where it uploads nothing.
   *
   * @param endpoint what it is uploaded for
   * @param now when it must be valid
   */
  static @Nullable UploadedCertificate of(
      Input input, EndpointConfiguration endpoint, Instant now) {
    String body = text(input, BODY);
    String key = text(input, KEY);
    String chain = text(input, CHAIN);
    if (body == null && key == null && chain == null) {
      return null;
    }
    if (endpoint.types().contains("REGIONAL")) {
      // AWS: source: reported by users of Terraform's AWS provider,
      // https://github.com/hashicorp/terraform-provider-aws/issues/6936.
      throw ServiceException.badRequest("Uploading certificates is not supported for REGIONAL.");
    }
    if (text(input, "certificateName") == null) {
      // AWS: source: reported by users of Terraform,
      // https://github.com/hashicorp/terraform/issues/14800.
      throw ServiceException.badRequest("Certificate name must be specified");
    }
    if (body == null || key == null) {
      throw ServiceException.badRequest(
          "Both %s and %s must be specified to upload a certificate".formatted(BODY, KEY));
    }
    if (text(input, "certificateArn") != null) {
      throw ServiceException.badRequest(
          "Either a certificate or its ARN may be specified, not both");
    }
    X509Certificate certificate = certificate(body);
    checkValidity(certificate, now);
    PrivateKey privateKey = key(key);
    if (!PemKeys.belongTogether(certificate, privateKey)) {
      throw ServiceException.badRequest(
          "The public key certificate and the private key do not match.");
    }
    List<X509Certificate> issuers = chain == null ? List.of() : chain(chain);
    if (!Issuers.haveSigned(certificate, issuers)) {
      throw invalidChain();
    }
    return new UploadedCertificate(Pem.of(certificate), chain, Pem.of(privateKey));
  }

  private static @Nullable String text(Input input, String member) {
    String text = input.stringOrNull(member);
    return text == null || text.isEmpty() ? null : text;
  }

  private static X509Certificate certificate(String body) {
    try {
      List<X509Certificate> found = Pem.certificates(body);
      if (found.size() == 1) {
        return found.getFirst();
      }
    } catch (PemException e) {
      throw malformed();
    }
    throw malformed();
  }

  private static ServiceException malformed() {
    return ServiceException.badRequest(
        "Unable to parse certificate. Please ensure the certificate is in PEM format.");
  }

  private static PrivateKey key(String text) {
    try {
      return PemKeys.read(text);
    } catch (PemException e) {
      throw ServiceException.badRequest(
          "Unable to parse private key. Please ensure the key is in PEM format and not encrypted.");
    }
  }

  private static List<X509Certificate> chain(String text) {
    try {
      return Pem.certificates(text);
    } catch (PemException e) {
      throw invalidChain();
    }
  }

  // AWS: goes on with what IAM calls the error and its request; source: reported, see above.
  private static ServiceException invalidChain() {
    return ServiceException.badRequest(
        "Unable to validate certificate chain. The certificate chain must start with the immediate"
            + " signing certificate, followed by any intermediaries in order.");
  }

  private static void checkValidity(X509Certificate certificate, Instant now) {
    if (now.isAfter(certificate.getNotAfter().toInstant())) {
      throw ServiceException.badRequest(
          "Certificate is no longer valid. The 'Not After' date restriction on the certificate has"
              + " passed.");
    }
    if (now.isBefore(certificate.getNotBefore().toInstant())) {
      throw ServiceException.badRequest(
          "Certificate is not yet valid. The 'Not Before' date restriction on the certificate has"
              + " not passed.");
    }
  }
}
