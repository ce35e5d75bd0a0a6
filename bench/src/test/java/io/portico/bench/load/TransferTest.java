package io.portico.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.bench.process.BenchFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TransferTest {
  private static final int MEGABYTE = 1024 * 1024;

  private ServerSocketChannel listener;
  private Thread backend;

  @BeforeEach
  void start() throws IOException {
    listener = RawBackend.listen();
    backend = Thread.ofPlatform().start(this::serve);
  }

  @AfterEach
  void stop() throws Exception {
    listener.close();
    backend.join();
  }

  @Test
  void bodiesComeWholeInBothDirections() throws Exception {
    for (Transfers transfers :
        new Transfers[] {Transfers.down(MEGABYTE, 4), Transfers.up(MEGABYTE, 4)}) {
      transfers.check(at(""));

      Load.Answers answers = TransferGenerator.run(at(""), transfers, Duration.ofMillis(200));

      assertThat(answers.failed()).isZero();
      assertThat(answers.complete()).isGreaterThanOrEqualTo(4);
    }
  }

  @Test
  void anAnswerOfAnotherLengthIsRefused() throws Exception {
    try (SmallBackend other = SmallBackend.start()) {
      assertThatThrownBy(() -> Transfers.down(10, 1).check(Target.at(other.port())))
          .isInstanceOf(BenchFailure.class)
          .hasMessageContaining("the answer has 1024 bytes, not 10");
    }
  }

  @Test
  void aConnectionThatBreaksIsAFailure() throws Exception {
    Load.Answers answers =
        TransferGenerator.run(at("/other"), Transfers.down(10, 2), Duration.ofMillis(200));

    assertThat(answers.complete()).isZero();
    assertThat(answers.failed()).isEqualTo(2);
  }

  @Test
  void aHeadEndsWhereverTheReadsCutIt() throws Exception {
    byte[] message =
        "GET /bytes/7 HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc"
            .getBytes(StandardCharsets.ISO_8859_1);
    int end = message.length - 3;

    for (int cut = 1; cut < end; cut++) {
      HeadEnd head = new HeadEnd();
      ByteBuffer rest = ByteBuffer.wrap(message, cut, message.length - cut);
      assertThat(head.found(ByteBuffer.wrap(message, 0, cut))).isFalse();
      assertThat(head.found(rest)).isTrue();
      assertThat(rest.remaining()).isEqualTo(3);
      assertThat(head.path()).isEqualTo("/bytes/7");
      assertThat(head.contentLength()).isEqualTo(3);
    }
  }

  private Target at(String base) {
    return Target.at(Scheme.HTTP, listener.socket().getLocalPort(), base);
  }

  private void serve() {
    try {
      TransferBackend.serve(listener);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
