package io.portico.gateway.execute.integration;

import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What AWS's execution logs say of a backend that there is no TLS with.
 *
 * <p>AWS: of authorities and dates documented,
 * https://repost.aws/knowledge-center/api-gateway-ssl-certificate-backend; of names,
 * https://repost.aws/knowledge-center/api-gateway-500-error-vpc, where the certificate's subject
 * stands behind it in brackets. Of anything else source: reported by users, such as
 * https://cloudnamaste.com/api-gateway-general-sslengine-error/.
 */
final class TlsFailure {
  private static final String PATH = "PKIX path ";
  private static final String DATES =
      "PKIX path validation failed: java.security.cert.CertPathValidatorException: validity check"
          + " failed";
  private static final String OTHER = "General SSLEngine problem";

  /**
   * How the JDK says that a certificate is for somebody else; whoever stands around it may add for
   * whom it is.
   */
  private static final Pattern NAME =
      Pattern.compile(
          "No (?:subject alternative (?:DNS )?)?names? matching (?:IP address )?(\\S+) found");

  private TlsFailure() {}

  /**
   * The text behind {@code Execution failed due to configuration error:}.
   *
   * @param failure of the handshake
   */
  static String told(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException refused) {
        return told(refused);
      }
    }
    return OTHER;
  }

  /** The words of the TLS library, which may name no more than a step, and what has gone wrong. */
  static String explained(Throwable failure) {
    String said = String.valueOf(failure.getMessage());
    String told = told(failure);
    return told.equals(OTHER) || said.contains(told) ? said : said + " (" + told + ")";
  }

  private static String told(CertificateException refused) {
    if (refused instanceof CertificateExpiredException
        || refused instanceof CertificateNotYetValidException) {
      return DATES;
    }
    String message = String.valueOf(refused.getMessage());
    if (message.startsWith(PATH)) {
      return message;
    }
    String name = nameIn(message);
    return name == null
        ? OTHER
        : "Host name '" + name + "' does not match the certificate subject provided by the peer";
  }

  private static @Nullable String nameIn(String message) {
    Matcher name = NAME.matcher(message);
    return name.lookingAt() ? name.group(1) : null;
  }
}
