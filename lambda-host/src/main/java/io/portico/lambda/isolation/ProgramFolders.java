package io.portico.lambda.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a program needs of the place where it is installed. */
final class ProgramFolders {
  /** Beside {@code bin}, of Node.js, Python and the JDK; not all of what may be a home folder. */
  private static final List<String> PARTS =
      List.of("bin", "conf", "jre", "lib", "lib64", "libexec", "pyvenv.cfg", "release");

  private ProgramFolders() {}

  /**
   * Files and folders, none within another.
   *
   * @throws IOException if there is no such program
   */
  static List<Path> of(Path program) throws IOException {
    Set<Path> needed = new TreeSet<>();
    for (Path file : List.of(program, program.toRealPath())) {
      Path folder = file.resolveSibling("");
      if (folder.endsWith("bin")) {
        Path home = folder.resolveSibling("");
        PARTS.stream().map(home::resolve).filter(Files::exists).forEach(needed::add);
      } else {
        needed.add(file);
      }
    }
    return outermost(needed.stream());
  }

  /** A folder comes before what is in it. */
  private static List<Path> outermost(Stream<Path> sorted) {
    List<Path> outermost = new ArrayList<>();
    sorted.forEach(
        path -> {
          if (outermost.stream().noneMatch(path::startsWith)) {
            outermost.add(path);
          }
        });
    return outermost;
  }
}
