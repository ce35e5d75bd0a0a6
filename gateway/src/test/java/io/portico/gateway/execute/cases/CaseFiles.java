package io.portico.gateway.execute.cases;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Every {@code .case} file of {@code cases/rest}. */
public final class CaseFiles {
  private static final String FOLDER = "/cases/rest";

  private CaseFiles() {}

  /** What each file holds, by its path below the folder; other modules find them in a jar. */
  public static Map<String, Content> all() {
    try {
      URI folder = Objects.requireNonNull(CaseFiles.class.getResource(FOLDER)).toURI();
      if (!folder.getScheme().equals("jar")) {
        return contents(Path.of(folder));
      }
      try (FileSystem jar = FileSystems.newFileSystem(folder, Map.of())) {
        return contents(jar.getPath(FOLDER));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * A file's text, not understood yet: one that is no case fails its own test only.
   *
   * @param file where it stands
   */
  public record Content(URI file, String text) {
    public CaseFile parsed() {
      return CaseFile.parse(text);
    }
  }

  private static Map<String, Content> contents(Path folder) throws IOException {
    Map<String, Content> contents = new TreeMap<>();
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) found::iterator) {
        if (file.toString().endsWith(".case")) {
          contents.put(
              folder.relativize(file).toString(),
              new Content(file.toUri(), Files.readString(file)));
        }
      }
    }
    return contents;
  }
}
