package io.portico.gateway.execute.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ExcerptTest {
  private static final String SECRET = "s3cr3t-0123456789";

  private final Secrets secrets = new Secrets(Set.of());

  private String shown(String content) {
    return Excerpt.of(content.getBytes(StandardCharsets.UTF_8)).shown(secrets);
  }

  @Test
  void aSecretThatIsCutIsHidden() {
    secrets.add(SECRET);

    String cut = "x".repeat(Excerpt.MOST_BYTES - 10);

    assertThat(shown(cut + SECRET)).isEqualTo(cut + "*****… (4103 in all)");
    assertThat(shown(cut + "12345" + SECRET)).isEqualTo(cut + "12345s3cr3… (4108 in all)");
    assertThat(Excerpt.of(cut + SECRET).shown(secrets)).isEqualTo(cut + "*****… (4103 in all)");
  }

  @Test
  void aSecretThatIsCutWithinACharacterIsHidden() {
    secrets.add("s3cr3t-é-0123456789");

    String cut = "x".repeat(Excerpt.MOST_BYTES - 8);

    assertThat(shown(cut + "s3cr3t-é-0123456789")).startsWith(cut + "*****…");
  }

  @Test
  void aTextIsCutByItsCharacters() {
    assertThat(Excerpt.of("é".repeat(5000)).shown(secrets))
        .isEqualTo("é".repeat(4096) + "… (5000 in all)");
  }

  @Test
  void theLongestBeginningOfAValueIsFound() {
    Random random = new Random(7);
    for (int i = 0; i < 5_000; i++) {
      String text = letters(random);
      String value = letters(random);
      int longest = Math.min(text.length(), value.length());
      while (!text.endsWith(value.substring(0, longest))) {
        longest--;
      }

      assertThat(CutValue.length(text, text.length(), value)).isEqualTo(longest);
    }
  }

  @Test
  void aHostileValueTakesNoLongerThanAnother() {
    String text = "a".repeat(1 << 21);
    String value = text + "b";

    assertThat(
            assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> CutValue.length(text + "c", text.length() + 1, value)))
        .isZero();
  }

  private static String letters(Random random) {
    StringBuilder letters = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      letters.append(random.nextBoolean() ? 'a' : 'b');
    }
    return letters.toString();
  }
}
