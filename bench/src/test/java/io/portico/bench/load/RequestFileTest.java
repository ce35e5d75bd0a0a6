package io.portico.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RequestFileTest {
  @TempDir private Path folder;

  @Test
  void requestsComeBackInTheirOrder() throws IOException {
    Target target = new Target(Scheme.HTTP, 80, "api.localhost", "/prod");
    List<Call> calls =
        List.of(Call.of("/pets"), new Call("/pets/1", List.of("x-api-key: abc", "Accept: */*")));

    List<byte[]> read = RequestFile.read(RequestFile.write(folder, target, calls));

    assertThat(read)
        .extracting(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
        .containsExactly(
            "GET /prod/pets HTTP/1.1\r\nHost: api.localhost\r\n\r\n",
            "GET /prod/pets/1 HTTP/1.1\r\nHost: api.localhost\r\nx-api-key: abc\r\nAccept: */*\r\n\r\n");
  }

  @Test
  void aRequestThatBreaksOffIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("requests"), "GET / HTTP/1.1\r\n\r\nGET /");

    assertThatThrownBy(() -> RequestFile.read(file)).hasMessageContaining("whole requests");
  }
}
