package io.portico.gateway.control.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.compile.VpcLinks;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import io.portico.gateway.json.Yaml;
import io.portico.gateway.model.ApiDefinition;
import io.portico.gateway.model.DocumentationPartRecord;
import io.portico.gateway.model.DocumentationVersionRecord;
import io.portico.gateway.model.ResourceRecord;
import io.portico.gateway.openapi.OpenApiDocument;
import io.portico.gateway.store.RecordCodec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs the sections of a case one after the other. */
final class OpenApiCaseRun {
  private final OpenApiImporter importer = TestApis.importer();
  private @Nullable ImportResult last;
  private @Nullable ServiceException refusal;
  private @Nullable ExportedApi exported;

  void run(OpenApiCase steps) {
    steps.sections().forEach(this::run);
    assertThat(refusal).as("a refusal the case does not expect").isNull();
  }

  private void run(OpenApiCase.Section section) {
    List<String> words = Arrays.asList(section.title().split(" +"));
    Map<String, String> options = options(words.subList(1, words.size()));
    switch (words.getFirst()) {
      case "import", "merge", "overwrite" -> take(words.getFirst(), section.body(), options);
      case "api" -> DefinitionView.assertContains(definition(), Yaml.parse(section.body()));
      case "paths" ->
          assertThat(definition().resources().stream().map(ResourceRecord::path).toList())
              .isEqualTo(section.body().lines().toList());
      case "ids" ->
          assertThat(
                  definition().resources().stream()
                      .map(resource -> resource.path() + " " + resource.id())
                      .toList())
              .isEqualTo(section.body().lines().toList());
      case "documentation" -> documentation(section.body());
      case "headers" -> headers(section.body().lines().toList());
      case "warnings" -> assertThat(result().warnings()).isEqualTo(section.body().lines().toList());
      case "refused" -> refused(section.body().strip());
      case "export" -> exported(words.get(1), options, section.body());
      default -> throw new IllegalStateException("unknown section " + section.title());
    }
  }

  private static Map<String, String> options(List<String> words) {
    Map<String, String> options = new LinkedHashMap<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      options.put(
          equals < 0 ? word : word.substring(0, equals),
          word.substring(equals < 0 ? 0 : equals + 1));
    }
    return options;
  }

  private void take(String mode, String document, Map<String, String> options) {
    assertThat(refusal).as("a refusal the case does not expect").isNull();
    byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
    try {
      ImportOptions how = ImportOptions.of(options.containsKey("failonwarnings"), options, 0);
      OpenApiDocument read = TestApis.read(importer, bytes);
      last =
          switch (mode) {
            case "import" -> importer.importNew(read, TestApis.NEW_API, VpcLinks.NONE, how);
            case "merge" ->
                importer.merge(read, definition(), result().documentation(), VpcLinks.NONE, how);
            default ->
                importer.overwrite(
                    read, definition(), result().documentation(), VpcLinks.NONE, how);
          };
    } catch (ServiceException e) {
      refusal = e;
    }
  }

  private void refused(String text) {
    assertThat(refusal).as("the refusal").isNotNull();
    if (refusal != null) {
      assertThat(refusal.text()).isEqualTo(text);
      assertThat(refusal.code()).isEqualTo("BadRequestException");
      assertThat(refusal.status()).isEqualTo(400);
    }
    refusal = null;
  }

  private void exported(String type, Map<String, String> options, String document) {
    try {
      exported =
          OpenApiExporter.export(
              definition(),
              TestApis.stage("dev"),
              published(options.get("version")),
              type,
              options.get("accepts"),
              options);
      assertThat(exported.body().strip()).isEqualTo(document.strip());
    } catch (ServiceException e) {
      refusal = e;
    }
  }

  /** What was imported of documentation, as a version. */
  private @Nullable DocumentationVersionRecord published(@Nullable String version) {
    return version == null
        ? null
        : new DocumentationVersionRecord(version, null, TestApis.NOW, result().documentation());
  }

  /** Each part's location without its nulls, and what the part says. */
  private void documentation(String expected) {
    ArrayNode parts = Json.array();
    for (DocumentationPartRecord part : result().documentation()) {
      ObjectNode written = parts.addObject();
      written.set("location", RecordCodec.tree(part.location()));
      written.set("properties", Json.parse(part.properties()));
    }
    assertThat(Json.pretty(parts)).isEqualTo(Json.pretty(Yaml.parse(expected)));
  }

  private void headers(List<String> lines) {
    assertThat(exported).as("an export").isNotNull();
    if (exported != null) {
      assertThat(List.of(exported.contentType(), exported.contentDisposition())).isEqualTo(lines);
    }
  }

  private ImportResult result() {
    if (last == null || refusal != null) {
      throw new AssertionError("nothing was imported: " + refusal, refusal);
    }
    return last;
  }

  private ApiDefinition definition() {
    return result().definition();
  }
}
