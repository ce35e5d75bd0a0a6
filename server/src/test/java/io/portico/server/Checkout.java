package io.portico.server;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The working copy the tests run in. */
public final class Checkout {
  private Checkout() {}

  public static Path root() {
    for (@Nullable Path folder = Path.of("").toAbsolutePath();
        folder != null;
        folder = folder.getParent()) {
      if (Files.isExecutable(folder.resolve("portico"))) {
        return folder;
      }
    }
    throw new IllegalStateException("no launcher above this folder");
  }
}
