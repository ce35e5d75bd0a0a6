package io.portico.bench.peer;

import io.portico.bench.process.BenchFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** Portico's Lambda runtime for Node.js, out of the packaged server. */
final class NodeBootstrap {
  private static final String FOLDER = "io/portico/lambda/node/";
  private static final String FIRST = "bootstrap.mjs";

  private NodeBootstrap() {}

  /** Unpacks its files into {@code folder}; gives the one to start. */
  static Path unpack(Path jar, Path folder) {
    try (JarFile file = new JarFile(jar.toFile())) {
      List<JarEntry> entries =
          file.stream()
              .filter(entry -> entry.getName().startsWith(FOLDER) && !entry.isDirectory())
              .toList();
      for (JarEntry entry : entries) {
        try (InputStream content = file.getInputStream(entry)) {
          Files.copy(content, folder.resolve(entry.getName().substring(FOLDER.length())));
        }
      }
    } catch (IOException e) {
      throw new BenchFailure("cannot unpack " + jar + ": " + e.getMessage(), e);
    }
    Path first = folder.resolve(FIRST);
    if (!Files.exists(first)) {
      throw new BenchFailure(jar + " has no " + FOLDER + FIRST);
    }
    return first;
  }
}
