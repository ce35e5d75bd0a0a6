package io.portico.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MaskTest {
  private static final int KEY = 0x37fa213d;

  @Test
  void comesOffInWhateverPiecesItComes() {
    for (int length = 0; length <= 40; length++) {
      for (int cut = 0; cut <= length; cut++) {
        byte[] bytes = masked(length);

        int key = Mask.remove(bytes, 0, cut, KEY);
        Mask.remove(bytes, cut, length - cut, key);

        assertThat(bytes).as("%d of %d", cut, length).isEqualTo(plain(length));
      }
    }
  }

  private static byte[] plain(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 7);
    }
    return bytes;
  }

  private static byte[] masked(int length) {
    byte[] bytes = plain(length);
    for (int i = 0; i < length; i++) {
      bytes[i] ^= (byte) (KEY >>> (24 - i % 4 * 8));
    }
    return bytes;
  }
}
