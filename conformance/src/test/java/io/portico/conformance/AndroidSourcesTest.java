package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import io.portico.conformance.client.JavaSdk;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Android SDK keeps to the grammar of the Java that AWS's Mobile SDK is for, and each type is
 * where its package and its name say. It is not compiled: that SDK and Android's own library are
 * not here.
 */
@Portico
final class AndroidSourcesTest {
  private static final Map<String, String> PARAMETERS =
      Map.of(
          "groupId", "example",
          "artifactId", "pets",
          "artifactVersion", "1.0",
          "invokerPackage", "example.pets");
  private static final Path SOURCES = Path.of("src/main/java");

  @TempDir Path folder;

  @Test
  void everySourceIsJavaAndInItsPlace(Endpoint endpoint) throws IOException {
    List<Path> sdks = new ArrayList<>();
    try (JavaSdk client = JavaSdk.of(endpoint)) {
      for (String definition : GeneratedSdk.DEFINITIONS) {
        sdks.add(downloaded(client, definition));
      }
    }

    for (Path sdk : sdks) {
      Parsed parsed = Parsed.of(sdk.resolve(SOURCES));

      assertThat(parsed.faults()).as("%s", sdk).isEmpty();
      assertThat(parsed.declared()).hasSizeGreaterThan(1).isEqualTo(parsed.files());
    }
  }

  @Test
  void whatIsMissingIsFound(Endpoint endpoint) throws IOException {
    try (JavaSdk client = JavaSdk.of(endpoint)) {
      Path sources = downloaded(client, "/sdk/pets.yaml").resolve(SOURCES);
      GeneratedSdk.withoutFirst(")", sources.resolve("example/pets/PetStoreClient.java"));
      GeneratedSdk.withoutFirst(";", sources.resolve("example/pets/model/Pet.java"));

      Parsed parsed = Parsed.of(sources);

      assertThat(parsed.faults())
          .anyMatch(fault -> fault.contains("PetStoreClient.java:"))
          .anyMatch(fault -> fault.contains("Pet.java:"));
    }
  }

  private Path downloaded(JavaSdk client, String definition) throws IOException {
    String api = GeneratedSdk.deployed(client, definition);
    return GeneratedSdk.downloaded(client, api, "android", PARAMETERS, folder);
  }

  /**
   * What javac's parser makes of a folder of sources.
   *
   * @param files what they are beneath the folder, in order
   * @param declared where the types that they declare belong, in the order of the files
   */
  private record Parsed(List<String> files, List<String> declared, List<String> faults) {
    static Parsed of(Path sources) throws IOException {
      JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
      DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
      List<String> declared = new ArrayList<>();
      try (Stream<Path> found = Files.walk(sources);
          StandardJavaFileManager manager =
              compiler.getStandardFileManager(diagnostics, null, StandardCharsets.UTF_8)) {
        List<Path> files = found.filter(Files::isRegularFile).sorted().toList();
        JavacTask task =
            (JavacTask)
                compiler.getTask(
                    null,
                    manager,
                    diagnostics,
                    List.of("--release", "8", "-Xlint:-options"),
                    null,
                    manager.getJavaFileObjectsFromPaths(files));
        for (CompilationUnitTree unit : task.parse()) {
          String place = String.valueOf(unit.getPackageName()).replace('.', '/');
          unit.getTypeDecls().stream()
              .map(type -> place + "/" + ((ClassTree) type).getSimpleName() + ".java")
              .forEach(declared::add);
        }
        return new Parsed(
            files.stream().map(file -> sources.relativize(file).toString()).toList(),
            declared,
            diagnostics.getDiagnostics().stream().map(Object::toString).toList());
      }
    }
  }
}
