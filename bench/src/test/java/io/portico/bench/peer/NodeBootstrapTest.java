package io.portico.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.bench.process.BenchFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodeBootstrapTest {
  @TempDir private Path folder;

  @Test
  void theFilesOfTheRuntimeAreUnpackedAndNothingElse() throws IOException {
    Path jar =
        jar(
            List.of(
                "io/portico/lambda/node/bootstrap.mjs",
                "io/portico/lambda/node/log.mjs",
                "io/portico/lambda/python/bootstrap.py"));
    Path target = Files.createDirectory(folder.resolve("node"));

    Path first = NodeBootstrap.unpack(jar, target);

    assertThat(first).hasContent("// io/portico/lambda/node/bootstrap.mjs");
    assertThat(target.toFile().list()).containsExactlyInAnyOrder("bootstrap.mjs", "log.mjs");
  }

  @Test
  void aJarWithoutItIsAFailure() throws IOException {
    Path jar = jar(List.of("io/portico/lambda/python/bootstrap.py"));

    assertThatThrownBy(() -> NodeBootstrap.unpack(jar, folder))
        .isInstanceOf(BenchFailure.class)
        .hasMessageContaining("has no io/portico/lambda/node/bootstrap.mjs");
  }

  private Path jar(List<String> names) throws IOException {
    Path jar = folder.resolve("host.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(file)) {
      for (String name : names) {
        entries.putNextEntry(new JarEntry(name));
        entries.write(("// " + name).getBytes(StandardCharsets.UTF_8));
      }
    }
    return jar;
  }
}
