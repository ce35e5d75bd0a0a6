package io.portico.lambda.isolation;

import java.io.IOException;
import java.nio.file.Path;

/** What a function's process sees of the machine's files and processes. */
public interface Isolation {

  /** All that the user who runs this process sees. */
  Isolation NONE =
      new Isolation() {
        @Override
        public Path seen(Folders folders, Path path) {
          return path;
        }

        @Override
        public Start start(Folders folders, Start start) {
          return start;
        }
      };

  /** Where the process finds a file that is in one of its folders. */
  Path seen(Folders folders, Path path);

  /**
   * How a process is started in isolation.
   *
   * @param start how it would be without, but with paths as it sees them
   * @throws IOException if it cannot be; the message says why
   */
  Start start(Folders folders, Start start) throws IOException;
}
