package io.portico.gateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DocumentBytesTest {
  private static final String TITLE = "Größe 日本 😀";
  private static final String BEGIN = "{\"swagger\": \"2.0\", \"info\": {\"title\": \"";
  private static final String DOCUMENT = BEGIN + TITLE + "\"}}";

  private final OpenApiReader reader = new OpenApiReader(100_000, Set.of());

  @Test
  void aByteOrderMarkIsPassedOver() {
    for (String text :
        new String[] {
          DOCUMENT, " \r\n\t" + DOCUMENT, "swagger: '2.0'\ninfo: {title: " + TITLE + "}"
        }) {
      byte[] marked = ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8);

      assertThat(read(marked).title()).isEqualTo(TITLE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
  void otherEncodingsAreRefused(String charset) {
    byte[] document = DOCUMENT.getBytes(Charset.forName(charset));

    assertThatThrownBy(() -> read(document)).isInstanceOf(OpenApiException.class);
  }

  /**
   * Half a character, one too long, halves of a surrogate pair, one beyond Unicode, a lone byte.
   */
  @ParameterizedTest
  @ValueSource(strings = {"C3", "C080", "EDA080", "EDB080", "F4908080", "FF", "E282"})
  void whatIsNotUtf8IsRefused(String hex) {
    byte[] wrong = HexFormat.of().parseHex(hex);
    for (String text :
        new String[] {"{\"title\": \"", "title: ", "{\"title\": \"" + "x".repeat(9000)}) {
      byte[] begin = text.getBytes(StandardCharsets.US_ASCII);
      byte[] document = Arrays.copyOf(begin, begin.length + wrong.length + 2);
      System.arraycopy(wrong, 0, document, begin.length, wrong.length);
      document[document.length - 2] = '"';
      document[document.length - 1] = '}';

      assertThatThrownBy(() -> read(document))
          .isInstanceOfSatisfying(
              OpenApiException.class,
              e -> assertThat(e.text()).isEqualTo("The document is not UTF-8"));
    }
  }

  @Test
  void aCharacterMayLieAcrossTwoPieces() {
    for (int before = 8180; before < 8200; before++) {
      String title = "x".repeat(before) + "😀日é";

      assertThat(read((BEGIN + title + "\"}}").getBytes(StandardCharsets.UTF_8)).title())
          .isEqualTo(title);
    }
  }

  private OpenApiDocument read(byte[] document) {
    return reader.read(document, tree -> {});
  }
}
