package io.portico.gateway.execute.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.http.QueryString;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LoggedValuesTest {

  @Test
  void theSecretsOfASignedQueryAreHidden() {
    String query =
        "X-Amz-Credential=AKID&x-amz-signature=0123456789abcdef&X-Amz-Security-Token=short&a=b";

    assertThat(LoggedValues.query(new QueryString(query)))
        .isEqualTo(
            "{X-Amz-Credential=AKID, x-amz-signature=**********abcdef,"
                + " X-Amz-Security-Token=*****, a=b}");
    assertThat(LoggedValues.uri("https://pets.example/$1?" + query))
        .isEqualTo(
            "https://pets.example/$1?X-Amz-Credential=AKID&x-amz-signature=**********abcdef"
                + "&X-Amz-Security-Token=*****&a=b");
  }

  @Test
  void ofLongContentNoMoreIsDecodedThanAnEventShows() {
    for (String unit : List.of("x", "\u00e4", "\u20ac", "\ud83d\ude00", "x\u20ac")) {
      String text = unit.repeat(2_000);

      String decoded = LoggedValues.content(text.getBytes(UTF_8));

      assertThat(decoded.length()).isLessThanOrEqualTo(1_024);
      assertThat(LoggedValues.shortened("body: " + decoded))
          .isEqualTo(LoggedValues.shortened("body: " + text));
    }
  }

  @Test
  void contentThatIsNoTextIsShortenedAsIfAllOfItWereDecoded() {
    byte[] content = new byte[2_000];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i * 31);
    }

    assertThat(LoggedValues.shortened("body: " + LoggedValues.content(content)))
        .isEqualTo(LoggedValues.shortened("body: " + new String(content, UTF_8)));
  }
}
