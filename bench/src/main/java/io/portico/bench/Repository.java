package io.portico.bench;

import io.portico.bench.process.BenchFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The checkout this harness was built in: where its peers' configuration and its page are. */
final class Repository {

  private Repository() {}

  static Path root() {
    for (@Nullable Path folder = Path.of("").toAbsolutePath();
        folder != null;
        folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve("bench/peers"))) {
        return folder;
      }
    }
    throw new BenchFailure("run this in a checkout of Portico: no bench/peers above this folder");
  }
}
