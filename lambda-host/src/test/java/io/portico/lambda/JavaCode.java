package io.portico.lambda;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.portico.lambda.code.Trees;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Code of functions in Java, compiled for Java 17 and against AWS's interfaces. */
public final class JavaCode {
  private JavaCode() {}

  /**
   * The class files of a public class, by the names that they have in a zip.
   *
   * @param name of the class, with its package
   * @param path what it is compiled against, beside AWS's interfaces
   */
  public static Map<String, byte[]> compiled(String name, String source, Path... path) {
    try {
      Path folder = Files.createTempDirectory("java-code-");
      try {
        return compiled(folder, name, source, path);
      } finally {
        Trees.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, byte[]> compiled(Path folder, String name, String source, Path... path)
      throws IOException {
    Path file =
        folder.resolve("source").resolve(name.substring(name.lastIndexOf('.') + 1) + ".java");
    Files.createDirectories(folder.resolve("source"));
    Files.writeString(file, source);
    Path classes = folder.resolve("classes");
    List<String> places = new ArrayList<>(List.of(interfaces().toString()));
    for (Path place : path) {
      places.add(place.toString());
    }
    JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int status =
        compiler.run(
            null,
            errors,
            errors,
            "--release",
            "17",
            "-cp",
            String.join(":", places),
            "-d",
            classes.toString(),
            file.toString());
    if (status != 0) {
      throw new AssertionError(errors.toString(StandardCharsets.UTF_8));
    }
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (Stream<Path> tree = Files.walk(classes)) {
      for (Path each : tree.filter(Files::isRegularFile).toList()) {
        files.put(classes.relativize(each).toString(), Files.readAllBytes(each));
      }
    }
    return files;
  }

  /** The jar that functions are compiled against. */
  private static Path interfaces() {
    CodeSource source =
        Objects.requireNonNull(RequestHandler.class.getProtectionDomain().getCodeSource());
    try {
      return Path.of(source.getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
