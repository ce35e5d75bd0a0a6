package io.portico.lambda.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The programs that run functions of managed runtimes, put where interpreters find them when the
 * first is needed.
 */
public final class Bootstraps {
  /** The first of each is what is started. */
  private static final List<String> NODE =
      List.of(
          "node/bootstrap.mjs",
          "node/answer-reader.mjs",
          "node/context.mjs",
          "node/errors.mjs",
          "node/handler.mjs",
          "node/invocation.mjs",
          "node/log.mjs",
          "node/runtime-api.mjs",
          "node/streaming.mjs");

  private static final List<String> PYTHON =
      List.of(
          "python/bootstrap.py",
          "python/_portico_context.py",
          "python/_portico_errors.py",
          "python/_portico_handler.py",
          "python/_portico_json.py",
          "python/_portico_log.py",
          "python/_portico_runtime_api.py");

  private final Path folder;

  /**
   * @param folder of this process, made when it is needed
   */
  public Bootstraps(Path folder) {
    this.folder = folder;
  }

  Path folder() {
    return folder;
  }

  /** That of Node.js. */
  Path node() throws IOException {
    return unpacked(NODE);
  }

  /** That of Python. */
  Path python() throws IOException {
    return unpacked(PYTHON);
  }

  private synchronized Path unpacked(List<String> files) throws IOException {
    Path first = folder.resolve(files.getFirst());
    if (!Files.exists(first)) {
      // The first one last: once it is there, all are.
      for (String file : files.reversed()) {
        unpack(file, folder.resolve(file));
      }
    }
    return first;
  }

  private static void unpack(String file, Path target) throws IOException {
    try (InputStream content = Bootstraps.class.getResourceAsStream("/io/portico/lambda/" + file)) {
      if (content == null) {
        throw new IOException("Portico's jar has no " + file);
      }
      Path parent = target.resolve("..").normalize();
      Files.createDirectories(parent);
      // What has the file's name is whole.
      Path begun = parent.resolve(target.getFileName() + ".part");
      Files.write(begun, content.readAllBytes());
      Files.move(begun, target, StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
