package io.portico.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RawGeneratorTest {

  @Test
  void everyAnswerOfTheBackendIsComplete() throws Exception {
    ServerSocketChannel listener = RawBackend.listen();
    Thread backend = Thread.ofPlatform().start(() -> serve(listener));
    Target target = Target.at(listener.socket().getLocalPort(), "/item");

    Load.Answers answers = RawGenerator.run(target, 8, Duration.ofMillis(300));
    listener.close();
    backend.join();

    assertThat(answers.failed()).isZero();
    assertThat(answers.complete()).isGreaterThan(8);
  }

  @Test
  void anAnswerIsFoundHoweverTheReadsCutIt() {
    byte[] answer =
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc".getBytes(StandardCharsets.ISO_8859_1);

    for (int cut = 1; cut < answer.length; cut++) {
      ResponseReader reader = new ResponseReader();
      assertThat(reader.accept(ByteBuffer.wrap(answer, 0, cut))).isFalse();
      assertThat(reader.accept(ByteBuffer.wrap(answer, cut, answer.length - cut))).isTrue();
      assertThat(reader.ok()).isTrue();
    }
  }

  @Test
  void anAnswerWithoutLengthIsRefused() {
    ByteBuffer answer = ByteBuffer.wrap("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> new ResponseReader().accept(answer))
        .isInstanceOf(ResponseReader.MalformedAnswer.class)
        .hasMessageContaining("no Content-Length");
  }

  @Test
  void theBackendFindsRequestEndsAcrossReads() {
    RawBackend.RequestEnds ends = new RawBackend.RequestEnds();

    int first =
        ends.count(
            ByteBuffer.wrap("GET / HTTP/1.1\r\nA: b\r\n\r".getBytes(StandardCharsets.UTF_8)));
    int second =
        ends.count(
            ByteBuffer.wrap("\nGET / HTTP/1.1\r\r\n\r\nGET".getBytes(StandardCharsets.UTF_8)));

    assertThat(first).isZero();
    assertThat(second).isEqualTo(2);
  }

  private static void serve(ServerSocketChannel listener) {
    try {
      new RawBackend().serve(listener);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
