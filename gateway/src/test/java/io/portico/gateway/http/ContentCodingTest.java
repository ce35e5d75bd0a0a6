package io.portico.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.portico.gateway.compute.Carrier;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ContentCodingTest {
  private static final byte[] CONTENT = "pets and more pets, ".repeat(5_000).getBytes(UTF_8);

  @ParameterizedTest
  @EnumSource
  void whatIsCodedIsShorterAndTheSameAgain(ContentCoding coding) throws IOException {
    byte[] coded = coding.encode(CONTENT);

    assertThat(coded).hasSizeLessThan(CONTENT.length / 20);
    assertThat(coding.decode(coded, CONTENT.length, Carrier.UNSHARED)).isEqualTo(CONTENT);
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsCodedToo(ContentCoding coding) throws IOException {
    assertThat(coding.decode(coding.encode(new byte[0]), 0, Carrier.UNSHARED)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void isNotMadeLongerThanItsLimit(ContentCoding coding) {
    byte[] coded = coding.encode(CONTENT);

    assertThatExceptionOfType(BodyTooLargeException.class)
        .isThrownBy(() -> coding.decode(coded, CONTENT.length - 1L, Carrier.UNSHARED));
  }

  /** A thousand times as long: what is beyond the limit is never made. */
  @ParameterizedTest
  @EnumSource
  void aBombEndsAtItsLimit(ContentCoding coding) {
    byte[] bomb = coding.encode(new byte[64 * 1024 * 1024]);
    AtomicInteger chunks = new AtomicInteger();

    assertThatExceptionOfType(BodyTooLargeException.class)
        .isThrownBy(() -> coding.decode(bomb, 100_000, counting(chunks)));
    assertThat(bomb).hasSizeLessThan(100_000);
    assertThat(chunks.get()).isBetween(10, 1_000);
  }

  @ParameterizedTest
  @EnumSource
  void whatBreaksOffOrIsNoneIsRefused(ContentCoding coding) {
    byte[] coded = coding.encode(CONTENT);
    byte[] half = Arrays.copyOf(coded, coded.length / 2);
    byte[] broken = coded.clone();
    broken[coded.length / 2] ^= 0x55;

    for (byte[] wrong : new byte[][] {half, broken, CONTENT, {}}) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> coding.decode(wrong, Long.MAX_VALUE, Carrier.UNSHARED));
    }
  }

  @Test
  void aCodingIsKnownByItsName() {
    assertThat(ContentCoding.of("gzip")).isEqualTo(ContentCoding.GZIP);
    assertThat(ContentCoding.of("Deflate")).isEqualTo(ContentCoding.DEFLATE);
    assertThat(ContentCoding.of("br")).isNull();
    assertThat(ContentCoding.of("")).isNull();
  }

  private static Carrier counting(AtomicInteger chunks) {
    return new Carrier() {
      @Override
      public void computing() {
        chunks.incrementAndGet();
      }

      @Override
      public void computingForLong() {}
    };
  }
}
