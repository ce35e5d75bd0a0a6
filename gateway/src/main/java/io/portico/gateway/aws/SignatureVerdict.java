package io.portico.gateway.aws;

/** What came of verifying a request's signature. */
public sealed interface SignatureVerdict {

  /** Whoever holds this key has sent the request, as it is. */
  record Verified(AccessKey key) implements SignatureVerdict {}

  /**
   * The request is nobody's.
   *
   * @param text for the caller, in AWS's words
   * @param calculated what some services say behind that of a signature that does not match: what
   *     should have been signed; else empty
   */
  record Refused(Reason reason, String text, String calculated) implements SignatureVerdict {
    Refused(Reason reason, String text) {
      this(reason, text, "");
    }
  }

  /**
   * Why a request is refused.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html">
   *     Troubleshoot Signature Version 4 requests</a>
   */
  enum Reason {
    /** There is no signature. */
    MISSING_AUTHENTICATION_TOKEN("MissingAuthenticationTokenException"),
    /** There is one that cannot be read, or that lacks something. */
    INCOMPLETE_SIGNATURE("IncompleteSignatureException"),
    /** It is of another request, another time, another place or another secret. */
    INVALID_SIGNATURE("InvalidSignatureException"),
    /** Its access key or its session token was not given out. */
    UNRECOGNIZED_CLIENT("UnrecognizedClientException"),
    /** Its credentials were temporary. */
    EXPIRED_TOKEN("ExpiredTokenException");

    private final String errorType;

    Reason(String errorType) {
      this.errorType = errorType;
    }

    /** The name of AWS's error. */
    public String errorType() {
      return errorType;
    }
  }
}
