package io.portico.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Utf8Test {
  private static final String REPLACED = "\uFFFD";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "seven b",
        "eight by",
        "grün",
        "müüüüüüüßig",
        "\u0080\u07ff\u0800\ud7ff\ue000\ufffd\uffff",
        "\ud800\udc00 and \udbff\udfff",
        "日本語のテキスト",
        "a long text with one letter at its end: é"
      })
  void textIsText(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

    assertThat(Utf8.isText(bytes)).isTrue();
    assertThat(Utf8.replaced(bytes)).isEqualTo(bytes);
  }

  /** As gzip and PNG begin; too long, surrogates, beyond Unicode, cut off, continued by nothing. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1f8b08", "89504e47", "ff", "c080", "c1bf", "e09fbf", "f08fbfbf", "eda080", "edbfbf",
        "f4908080", "f5808080", "61c3", "61e282", "61f09f98", "80", "c341", "e28241", "f09f9841",
        "6162636465666768ff", "616263646566676869e9"
      })
  void whatIsNoneIsReplaced(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);

    assertThat(Utf8.isText(bytes)).isFalse();
    assertThat(new String(Utf8.replaced(bytes), StandardCharsets.UTF_8)).contains(REPLACED);
  }

  @Test
  void threeBytesAreJudgedAsJavaDoes() {
    for (int value = 0; value < 0x1_000_000; value += value < 0x1_0000 ? 1 : 7) {
      byte[] bytes = {(byte) value, (byte) (value >> 8), (byte) (value >> 16)};

      if (Utf8.isText(bytes) != Arrays.equals(bytes, Utf8.replaced(bytes))) {
        fail("judged otherwise: " + HexFormat.of().formatHex(bytes));
      }
    }
  }

  @Test
  void anyBytesAreJudgedAsJavaDoes() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = mostlyText(random);

      assertThat(Utf8.isText(bytes))
          .as("seed %d, round %d: %s", seed, round, HexFormat.of().formatHex(bytes))
          .isEqualTo(Arrays.equals(bytes, Utf8.replaced(bytes)));
    }
  }

  @Test
  void piecesAreJudgedAsTheWholeIs() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = mostlyText(random);
      Utf8 pieces = new Utf8();
      boolean text = true;
      for (int begin = 0; begin < bytes.length; ) {
        int count = 1 + random.nextInt(bytes.length - begin);
        text = pieces.goesOn(piece(ByteBuffer.wrap(bytes, begin, count), random.nextInt(3)));
        begin += count;
      }

      assertThat(text && pieces.isWhole())
          .as("seed %d, round %d: %s", seed, round, HexFormat.of().formatHex(bytes))
          .isEqualTo(Utf8.isText(bytes));
    }
  }

  /** The same bytes as they are, behind others of an array, or outside the heap. */
  private static ByteBuffer piece(ByteBuffer bytes, int kind) {
    return switch (kind) {
      case 0 -> bytes;
      case 1 -> bytes.slice();
      default -> ByteBuffer.allocateDirect(bytes.remaining()).put(bytes).flip();
    };
  }

  @Test
  void looksOnlyAtThePiece() {
    ByteBuffer piece = ByteBuffer.wrap(new byte[] {-1, 'a', 'b', -1}, 1, 2);
    Utf8 text = new Utf8();

    assertThat(text.goesOn(piece)).isTrue();
    assertThat(text.isWhole()).isTrue();
    assertThat(piece.remaining()).isEqualTo(2);
  }

  /** Characters of all lengths, and now and then a byte of any value. */
  private static byte[] mostlyText(Random random) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(120);
    for (int i = 0; i < length; i++) {
      int bound = new int[] {0x80, 0x80, 0x800, 0x1_0000, 0x11_0000}[random.nextInt(5)];
      int character = random.nextInt(bound);
      text.appendCodePoint(Character.isSurrogate((char) character) ? 'x' : character);
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0 && random.nextBoolean()) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return bytes;
  }
}
