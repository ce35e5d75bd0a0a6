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

/**
 * Every {@code .case} file of the data plane: {@code cases/rest}, {@code cases/httpapi}, {@code
 * cases/websocket}.
 */
public final class CaseFiles {
  private static final String REST = "/cases/rest";
  private static final String HTTP_API = "/cases/httpapi";
  private static final String WEBSOCKET = "/cases/websocket";

  private CaseFiles() {}

  /** Those of REST APIs: what each file holds, by its path below the folder. */
  public static Map<String, Content> ofRest() {
    return in(REST);
  }

  /** Those of HTTP APIs. */
  public static Map<String, Content> ofHttpApis() {
    return in(HTTP_API);
  }

  /** Those of WebSocket APIs, which are none of requests and answers. */
  static Map<String, Content> ofWebSocketApis() {
    return in(WEBSOCKET);
  }

  /** All of REST and HTTP APIs. Other modules find them in a jar. */
  public static Map<String, Content> all() {
    Map<String, Content> all = new TreeMap<>();
    ofRest().forEach((path, content) -> all.put("rest/" + path, content));
    ofHttpApis().forEach((path, content) -> all.put("httpapi/" + path, content));
    return all;
  }

  private static Map<String, Content> in(String name) {
    try {
      URI folder = Objects.requireNonNull(CaseFiles.class.getResource(name)).toURI();
      if (!folder.getScheme().equals("jar")) {
        return contents(Path.of(folder));
      }
      try (FileSystem jar = FileSystems.newFileSystem(folder, Map.of())) {
        return contents(jar.getPath(name));
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
