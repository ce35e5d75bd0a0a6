package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.JavaSdk;
import io.portico.conformance.process.Needed;
import io.portico.conformance.process.NodePackages;
import io.portico.conformance.process.Program;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SDKs in languages that nothing here compiles keep to the grammars of these: Swift, Objective-C
 * and Ruby, of definitions large and awkward.
 */
@Portico
final class GeneratedSourcesTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String READER = "parse.mjs";
  private static final Map<String, Map<String, String>> TYPES =
      Map.of(
          "swift", Map.of("classPrefix", "PET"),
          "objectivec", Map.of("classPrefix", "PET"),
          "ruby", Map.of("service.name", "PetStore"));

  private final NodePackages grammars =
      Needed.found(NodePackages.installed("grammars", READER), NodePackages.NEEDS);

  @TempDir Path folder;

  @Test
  void everySourceKeepsToTheGrammarOfItsLanguage(Endpoint endpoint) throws IOException {
    List<Path> sdks = new ArrayList<>();
    try (JavaSdk client = JavaSdk.of(endpoint)) {
      for (String definition : GeneratedSdk.DEFINITIONS) {
        String api = GeneratedSdk.deployed(client, definition);
        for (String type : TYPES.keySet()) {
          sdks.add(downloaded(client, api, type));
        }
      }
    }

    List<String> said = read(sdks);

    assertThat(said).hasSize(1);
    assertThat(said.getFirst()).matches("objc \\d{3}, ruby \\d\\d, swift \\d\\d");
  }

  @Test
  void whatIsMissingIsFound(Endpoint endpoint) throws IOException {
    try (JavaSdk client = JavaSdk.of(endpoint)) {
      String api = GeneratedSdk.deployed(client, "/sdk/pets.yaml");
      Path swift = downloaded(client, api, "swift");
      Path objectiveC = downloaded(client, api, "objectivec");
      Path ruby = downloaded(client, api, "ruby");
      GeneratedSdk.withoutFirst(")", swift.resolve("generated-src/PETPetStoreClient.swift"));
      GeneratedSdk.withoutFirst(";", objectiveC.resolve("generated-src/PETPet.m"));
      GeneratedSdk.withoutFirst("\nend", only(ruby, "types.rb"));

      List<String> said = read(List.of(swift, objectiveC, ruby));

      assertThat(said)
          .anyMatch(line -> line.contains("PETPetStoreClient.swift:"))
          .anyMatch(line -> line.contains("PETPet.m:"))
          .anyMatch(line -> line.contains("types.rb:"));
    }
  }

  private Path downloaded(JavaSdk client, String api, String type) {
    return GeneratedSdk.downloaded(
        client, api, type, Objects.requireNonNull(TYPES.get(type)), folder);
  }

  /** What the reader says: a line for each fault, and how many sources there are. */
  private List<String> read(List<Path> folders) {
    List<String> command = new ArrayList<>(List.of(grammars.node().toString(), READER));
    folders.forEach(each -> command.add(each.toString()));
    Program.Outcome outcome = Program.run(grammars.folder(), Map.of(), LIMIT, command);
    assertThat(outcome.succeeded()).as(outcome.toString()).isTrue();
    return outcome.out().lines().toList();
  }

  private static Path only(Path folder, String name) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.endsWith(name)).findAny().orElseThrow();
    }
  }
}
