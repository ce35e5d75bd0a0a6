package io.portico.gateway.execute.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.http.Headers;
import io.portico.gateway.http.UpstreamRequest;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What may be told, to whom it may concern. */
public final class Told {
  /** Texts of Java and of the libraries, and names of theirs. */
  private static final Pattern INSIDE =
      Pattern.compile(
          "Exception|java\\.|javax\\.|portico|jackson|jayway|networknt|nimbus|velocity"
              + "|URLDecoder|Illegal|For input string|out of bounds|cannot be cast"
              + "|Unexpected |Unrecognized |was expecting|Cannot invoke|null object|infinite"
              + "|Missing property|empty array|no Double|not a legal|non-terminating"
              + "|"
              + HostileBackend.SECRET);

  private Told() {}

  /**
   * Checks an answer.
   *
   * @param call what it is the answer to, for the message
   */
  public static void check(String call, Headers headers, byte[] body) {
    checkFields(call, headers);
    for (Headers.Field field : headers) {
      if (!field.name().equalsIgnoreCase("x-amzn-ErrorType")) {
        assertThat(field.value()).as(call).doesNotContainPattern(INSIDE);
      }
    }
    checkText(call, new String(body, StandardCharsets.UTF_8));
  }

  /** Checks a text that somebody outside reads. */
  public static void checkText(String call, String text) {
    assertThat(INSIDE.matcher(text).find()).as("%s%nis told: %s", call, text).isFalse();
  }

  static void checkSent(String call, UpstreamRequest request) {
    checkFields(call, request.headers());
    assertThat(request.target()).as(call).matches("[\\x21-\\x7e&&[^#]]+");
  }

  private static void checkFields(String call, Headers headers) {
    for (Headers.Field field : headers) {
      assertThat(Headers.isName(field.name())).as("%s%n%s", call, field).isTrue();
      assertThat(field.name()).as(call).isNotEqualToIgnoringCase("X-Evil");
      assertThat(field.value().chars().allMatch(Told::isOctet)).as("%s%n%s", call, field).isTrue();
    }
  }

  private static boolean isOctet(int c) {
    return (c >= ' ' || c == '\t') && c != 0x7f && c < 0x100;
  }
}
