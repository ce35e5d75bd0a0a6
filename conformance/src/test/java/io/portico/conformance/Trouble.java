package io.portico.conformance;

import io.portico.conformance.wire.RawServer.Connection;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a backend does, and what becomes of it. */
enum Trouble {
  HAS_NO_ADDRESS(
      500, Said.CONFIGURATION + "Invalid endpoint address", "UNKNOWN_HOST: no address for <host>"),
  REFUSES_CONNECTIONS(504, Said.NETWORK, "CONNECT_FAILED: no connection to <backend>: <refused>"),
  RESETS_WITHOUT_AN_ANSWER(
      504, Said.NETWORK, Said.LOST + "the connection broke without an answer: <reset>"),
  CLOSES_WITHOUT_AN_ANSWER(
      504, Said.NETWORK, Said.LOST + "the connection was closed without an answer"),
  CLOSES_WITHIN_THE_HEAD(
      504, Said.NETWORK, Said.LOST + "the connection was closed within the answer's head"),
  RESETS_WITHIN_THE_BODY(
      504,
      Said.NETWORK,
      Said.LOST + "the connection broke 5 bytes before the end of the answer's body: <reset>"),
  CLOSES_BEFORE_THE_LENGTH(
      504,
      Said.NETWORK,
      Said.LOST + "the connection was closed 5 bytes before the end of the answer's body"),
  CLOSES_WITHIN_THE_CHUNKS(
      504,
      Said.NETWORK,
      Said.LOST + "the connection was closed within the chunks of the answer's body"),
  SPEAKS_NO_HTTP(504, Said.NETWORK, Said.NO_HTTP + "no status line"),
  HAS_A_GARBLED_STATUS_LINE(504, Said.NETWORK, Said.NO_HTTP + "a control character"),
  HAS_BROKEN_CHUNKS(504, Said.NETWORK, Said.NO_HTTP + "no chunk size"),
  HAS_TWO_LENGTHS(504, Said.NETWORK, Said.NO_HTTP + "more than one Content-Length"),
  HAS_TOO_MANY_HEADERS(504, Said.NETWORK, Said.NO_HTTP + "more than 200 header fields"),
  HAS_A_HEADER_THAT_IS_TOO_LONG(504, Said.NETWORK, Said.LONG_HEAD),
  NEVER_ENDS_THE_HEAD(504, Said.NETWORK, Said.LONG_HEAD),
  NEVER_ANSWERS(504, Said.LATE, "TIMEOUT: no answer in 1000 ms"),
  NEVER_GOES_ON_WITHIN_THE_HEAD(504, Said.LATE, "TIMEOUT: no end of the answer's head in 1000 ms"),
  NEVER_GOES_ON_WITHIN_THE_BODY(504, Said.LATE, "<any>body is not there in time"),
  NEVER_ENDS_THE_BODY(500, Said.TOO_LONG, Said.LONG_BODY),
  SAYS_A_LENGTH_THAT_IS_TOO_LONG(500, Said.TOO_LONG, Said.LONG_BODY),
  SAYS_MORE_THAN_THE_LENGTH(200),
  SPEAKS_HTTP_OF_OLD(200),
  SPEAKS_NO_TLS(500, Said.NO_TLS, "TLS_FAILED: no TLS with <backend>: <any>"),
  SIGNED_ITS_CERTIFICATE_ITSELF(
      500, Said.NO_TRUST, "TLS_FAILED: no TLS with <backend>: <any>PKIX path building failed<any>"),
  SIGNED_ITS_CERTIFICATE_ITSELF_AND_MAY(200),
  HAS_A_CERTIFICATE_OF_ANOTHER(
      500,
      Said.NO_NAME,
      "TLS_FAILED: no TLS with <backend>: <any>Host name 'localhost' does not<any>"),
  HAS_A_CERTIFICATE_THAT_IS_OVER(
      500,
      Said.NO_DATE,
      "TLS_FAILED: no TLS with <backend>: <any>PKIX path validation failed<any>");

  private static final String OK = "HTTP/1.1 200 OK\r\n";

  private final int status;
  private final @Nullable String sentence;
  private final String why;

  /** One that does no harm. */
  Trouble(int status) {
    this.status = status;
    this.sentence = null;
    this.why = "";
  }

  /**
   * @param sentence how the line of the execution log begins: AWS's words, which are the same for
   *     many
   * @param why how its explanation ends, and its line where AWS's words do not tell
   */
  Trouble(int status, String sentence, String why) {
    this.status = status;
    this.sentence = sentence;
    this.why = why;
  }

  boolean isHarmless() {
    return sentence == null;
  }

  boolean isLate() {
    return Said.LATE.equals(sentence);
  }

  /** What the end of an explanation matches. */
  Pattern explained() {
    return pattern("<any>: " + why);
  }

  /** What the line of the execution log matches. */
  Pattern logged() {
    String said = String.valueOf(sentence);
    return pattern(said.equals(Said.NETWORK) || isLate() ? said + ": " + why : said);
  }

  /** A system's own words are as it likes. */
  private static Pattern pattern(String text) {
    return Pattern.compile(
        "(?s)"
            + Stream.of(text.split("(?=<)|(?<=>)", -1))
                .map(
                    part ->
                        switch (part) {
                          case "<any>" -> ".*";
                          case "<backend>" -> "(?:127\\.0\\.0\\.1|localhost):\\d+";
                          case "<host>" -> "no-such-host\\.invalid";
                          case "<refused>" -> ".*refused.*";
                          case "<reset>" -> ".*(?i:reset).*";
                          default -> Pattern.quote(part);
                        })
                .collect(Collectors.joining()));
  }

  int status() {
    return status;
  }

  String path() {
    return name().toLowerCase(Locale.ROOT);
  }

  String body() {
    if (isHarmless()) {
      return "hello";
    }
    String message =
        switch (status) {
          case 500 -> "Internal server error";
          default ->
              isLate() ? "Endpoint request timed out" : "Network error communicating with endpoint";
        };
    return "{\"message\": \"" + message + "\"}";
  }

  /** AWS: names and dates are looked at all the same. */
  boolean skipsVerification() {
    return switch (this) {
      case SIGNED_ITS_CERTIFICATE_ITSELF_AND_MAY,
          HAS_A_CERTIFICATE_OF_ANOTHER,
          HAS_A_CERTIFICATE_THAT_IS_OVER ->
          true;
      default -> false;
    };
  }

  void happen(Connection connection) throws IOException {
    switch (this) {
      case RESETS_WITHOUT_AN_ANSWER -> connection.reset();
      case CLOSES_WITHOUT_AN_ANSWER -> {
        // The end of the script closes the connection.
      }
      case CLOSES_WITHIN_THE_HEAD -> connection.say(OK + "Content-Le");
      case RESETS_WITHIN_THE_BODY -> {
        connection.say(OK + "Content-Length: 10\r\n\r\nhello");
        connection.reset();
      }
      case CLOSES_BEFORE_THE_LENGTH -> connection.say(OK + "Content-Length: 10\r\n\r\nhello");
      case CLOSES_WITHIN_THE_CHUNKS ->
          connection.say(OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
      case SPEAKS_NO_HTTP -> connection.say("SSH-2.0-OpenSSH_9.2p1\r\n\r\n");
      case HAS_A_GARBLED_STATUS_LINE ->
          connection.say("HTTP/1.1 \u0000\u0007OK\r\nContent-Length: 5\r\n\r\nhello");
      case HAS_BROKEN_CHUNKS ->
          connection.say(OK + "Transfer-Encoding: chunked\r\n\r\nfive\r\nhello\r\n0\r\n\r\n");
      case HAS_TWO_LENGTHS ->
          connection.say(OK + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!");
      case HAS_TOO_MANY_HEADERS ->
          connection.say(OK + "X-A: b\r\n".repeat(1000) + "Content-Length: 5\r\n\r\nhello");
      case HAS_A_HEADER_THAT_IS_TOO_LONG ->
          connection.say(OK + "X-A: " + "b".repeat(100_000) + "\r\nContent-Length: 5\r\n\r\nhello");
      case NEVER_ENDS_THE_HEAD -> {
        connection.say(OK);
        endless(connection, "X-A: " + "b".repeat(1000) + "\r\n");
      }
      case NEVER_ANSWERS -> connection.hold();
      case NEVER_GOES_ON_WITHIN_THE_HEAD -> {
        connection.say(OK + "X-A: b\r\n");
        connection.hold();
      }
      case NEVER_GOES_ON_WITHIN_THE_BODY -> {
        connection.say(OK + "Content-Length: 10\r\n\r\nhello");
        connection.hold();
      }
      case NEVER_ENDS_THE_BODY -> {
        connection.say(OK + "Transfer-Encoding: chunked\r\n\r\n");
        endless(connection, "10000\r\n" + "b".repeat(0x10000) + "\r\n");
      }
      case SAYS_A_LENGTH_THAT_IS_TOO_LONG -> {
        connection.say(OK + "Content-Length: 1000000000000\r\n\r\nhello");
        connection.hold();
      }
      case SAYS_MORE_THAN_THE_LENGTH ->
          connection.say(OK + "Content-Length: 5\r\n\r\nhello" + OK + "X-A: b\r\n\r\n");
      case SPEAKS_HTTP_OF_OLD -> connection.say("HTTP/1.0 200 OK\r\n\r\nhello");
      case HAS_NO_ADDRESS,
          REFUSES_CONNECTIONS,
          SPEAKS_NO_TLS,
          SIGNED_ITS_CERTIFICATE_ITSELF,
          SIGNED_ITS_CERTIFICATE_ITSELF_AND_MAY,
          HAS_A_CERTIFICATE_OF_ANOTHER,
          HAS_A_CERTIFICATE_THAT_IS_OVER ->
          throw new AssertionError("nobody gets as far as asking: " + this);
    }
  }

  /** More than anybody takes; whoever has enough closes. */
  private static void endless(Connection connection, String piece) throws IOException {
    for (int i = 0; i < 100_000; i++) {
      connection.say(piece);
    }
  }

  /** What is said of them. */
  private static final class Said {
    static final String CONFIGURATION = "Execution failed due to configuration error: ";
    static final String NETWORK =
        "Execution failed due to a network error communicating with endpoint";
    static final String LATE = "Execution failed due to a timeout error";
    static final String NO_TRUST =
        CONFIGURATION
            + "PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException:"
            + " unable to find valid certification path to requested target";
    static final String NO_DATE =
        CONFIGURATION
            + "PKIX path validation failed: java.security.cert.CertPathValidatorException: validity"
            + " check failed";
    static final String NO_NAME =
        CONFIGURATION
            + "Host name 'localhost' does not match the certificate subject provided by the peer";
    static final String NO_TLS = CONFIGURATION + "General SSLEngine problem";

    static final String LOST = "CONNECTION_LOST: <backend>: ";
    static final String NO_HTTP = "INVALID_RESPONSE: the answer has ";
    static final String LONG_HEAD = NO_HTTP + "header fields of more than 32768 bytes";
    static final String LONG_BODY = "the backend's answer is longer than 10485760 bytes";
    static final String TOO_LONG = CONFIGURATION + LONG_BODY;

    private Said() {}
  }
}
