package io.portico.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RawGeneratorTest {

  @Test
  void everyAnswerOfTheBackendIsComplete(@TempDir Path folder) throws Exception {
    try (SmallBackend backend = SmallBackend.start()) {
      Path requests =
          RequestFile.write(
              folder, Target.at(backend.port()), List.of(Call.of("/item"), Call.of("/other")));

      Load.Answers answers =
          RawGenerator.run(backend.port(), RequestFile.read(requests), 8, Duration.ofMillis(300));

      assertThat(answers.failed()).isZero();
      assertThat(answers.complete()).isGreaterThan(8);
    }
  }

  @Test
  void anAnswerIsFoundHoweverTheReadsCutIt() {
    byte[] answer =
        "HTTP/1.1 200 OK\r\ncontent-Length: 3\r\n\r\nabc".getBytes(StandardCharsets.ISO_8859_1);

    for (int cut = 1; cut < answer.length; cut++) {
      ResponseReader reader = new ResponseReader();
      assertThat(reader.accept(ByteBuffer.wrap(answer, 0, cut))).isFalse();
      assertThat(reader.accept(ByteBuffer.wrap(answer, cut, answer.length - cut))).isTrue();
      assertThat(reader.ok()).isTrue();
    }
  }

  @Test
  void anAnswerOfAnotherStatusEndsAsWell() {
    ResponseReader reader = new ResponseReader();

    assertThat(reader.accept(bytes("HTTP/1.1 403 Forbidden\r\nContent-Length:0\r\n\r\n"))).isTrue();
    assertThat(reader.ok()).isFalse();
    assertThat(reader.accept(bytes("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na"))).isTrue();
    assertThat(reader.ok()).isTrue();
  }

  @Test
  void anAnswerWithoutLengthIsRefused() {
    assertThatThrownBy(() -> new ResponseReader().accept(bytes("HTTP/1.1 200 OK\r\n\r\n")))
        .isInstanceOf(ResponseReader.MalformedAnswer.class)
        .hasMessageContaining("no Content-Length");
    assertThatThrownBy(
            () ->
                new ResponseReader().accept(bytes("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n")))
        .isInstanceOf(ResponseReader.MalformedAnswer.class)
        .hasMessageContaining("no number");
  }

  @Test
  void theBackendFindsRequestEndsAcrossReads() {
    RawBackend.RequestEnds ends = new RawBackend.RequestEnds();

    int first = ends.count(bytes("GET / HTTP/1.1\r\nA: b\r\n\r"));
    int second = ends.count(bytes("\nGET / HTTP/1.1\r\r\n\r\nGET"));

    assertThat(first).isZero();
    assertThat(second).isEqualTo(2);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
