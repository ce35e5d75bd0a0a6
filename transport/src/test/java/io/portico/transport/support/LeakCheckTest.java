package io.portico.transport.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;

/** Whoever looks for leaks finds them. */
final class LeakCheckTest {

  @Test
  void findsABufferThatIsNotReleased() {
    ByteBuf buffer = ByteBufAllocator.DEFAULT.directBuffer();
    try {
      assertThat(EveryBuffer.SCOPE.hasOpenResources()).isTrue();
    } finally {
      buffer.release();
    }

    assertThat(EveryBuffer.SCOPE.hasOpenResources()).isFalse();
  }
}
